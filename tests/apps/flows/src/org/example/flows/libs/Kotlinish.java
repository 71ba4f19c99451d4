package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import kotlin.Pair;
import kotlin.Unit;
import kotlin.collections.CollectionsKt;
import kotlin.jvm.functions.Function1;
import kotlin.jvm.internal.Intrinsics;
import org.example.flows.Device;

/** The shapes that Kotlin compiles to: function objects, pairs, joined texts. */
public class Kotlinish extends Activity {
    static final class Then implements Function1<String, Unit> {
        private final Kotlinish screen;

        Then(Kotlinish screen) {
            this.screen = screen;
        }

        @Override
        public Unit invoke(String text) {
            screen.told(text);
            return Unit.INSTANCE;
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Pair<String, String> pair = new Pair<String, String>("n", Device.phone(this).getLine1Number());
        String text = Intrinsics.stringPlus("n=", pair.getSecond());
        with(text, new Then(this));
    }

    private static void with(String text, Function1<String, Unit> then) {
        then.invoke(CollectionsKt.joinToString$default(
                CollectionsKt.listOf(text), ",", null, null, 0, null, null, 62, null));
    }

    void told(String text) {
        Log.d("kotlinish", text);
    }
}
