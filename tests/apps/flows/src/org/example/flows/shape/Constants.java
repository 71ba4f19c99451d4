package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** Enums and interfaces with code, chosen by a constant. */
public class Constants extends Activity {
    enum Way {
        LOG {
            @Override
            void take(String what) {
                Log.d("way", what);
            }
        },
        NONE {
            @Override
            void take(String what) {
                Log.d("none", "nothing");
            }
        };

        abstract void take(String what);
    }

    interface Reads {
        default String read(Activity screen) {
            return Device.phone(screen).getDeviceId();
        }
    }

    static class Reader implements Reads {
    }

    private static Activity first;
    private static final String[] KEPT = new String[1];

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        first = this;
        Way.LOG.take(Device.phone(this).getLine1Number());
        Way.NONE.take(Device.phone(this).getLine1Number());
    }

    @Override
    protected void onStart() {
        super.onStart();
        Log.d("default", new Reader().read(first));
    }

    @Override
    protected void onPause() {
        super.onPause();
        KEPT[0] = Device.phone(this).getSubscriberId();
    }

    @Override
    protected void onStop() {
        super.onStop();
        Log.d("kept", KEPT[0]);
    }
}
