package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.example.flows.Device;

/** Holders with type parameters. */
public class Generic extends Activity {
    static class Holder<T> {
        private T held;

        void set(T what) {
            held = what;
        }

        T get() {
            return held;
        }
    }

    interface Turn<A, B> {
        B turn(A what);
    }

    static <A, B> B apply(Turn<A, B> turn, A what) {
        return turn.turn(what);
    }

    private final ThreadLocal<String> local = new ThreadLocal<String>();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Holder<AtomicReference<String>> outer = new Holder<AtomicReference<String>>();
        outer.set(new AtomicReference<String>(Device.phone(this).getDeviceId()));
        Log.d("holder", outer.get().get());
    }

    @Override
    protected void onStart() {
        super.onStart();
        WeakReference<String> weak = new WeakReference<String>(Device.phone(this).getLine1Number());
        Integer length = apply(text -> text.length(), "plain");
        String turned = apply(text -> "<" + text + ">", weak.get());
        Log.d("turned", turned + length);
    }

    @Override
    protected void onStop() {
        super.onStop();
        local.set(Device.phone(this).getSubscriberId());
        Log.d("local", local.get());
    }
}
