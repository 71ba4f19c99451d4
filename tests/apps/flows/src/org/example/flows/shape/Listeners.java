package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.util.ArrayList;
import java.util.List;
import org.example.flows.Device;

/** Listeners of the app's own making, kept in a list. */
public class Listeners extends Activity {
    interface Listener {
        void onCard(String card);
    }

    static final class Source {
        private static final Source ONLY = new Source();
        private final List<Listener> listeners = new ArrayList<Listener>();

        static Source only() {
            return ONLY;
        }

        synchronized void add(Listener listener) {
            listeners.add(listener);
        }

        void tell(String card) {
            for (Listener listener : listeners) {
                listener.onCard(card);
            }
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Source.only().add(new Listener() {
            @Override
            public void onCard(String card) {
                Log.d("listener", card);
            }
        });
    }

    @Override
    protected void onStart() {
        super.onStart();
        Source.only().tell(Device.phone(this).getSubscriberId());
    }
}
