package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

public class Dispatch extends Activity {
    interface Way {
        void take(String what);
    }

    static class ByNet implements Way {
        @Override
        public void take(String what) {
            Net.post(what);
        }
    }

    static class ByLog implements Way {
        @Override
        public void take(String what) {
            Log.d("never", what);
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Way way = new ByNet();
        deep(way, Device.phone(this).getSubscriberId(), 4);
    }

    private static void deep(Way way, String what, int left) {
        if (left > 0) {
            deep(way, what, left - 1);
        } else {
            way.take(what);
        }
    }
}
