package org.example.flows.traps;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

/** Two objects of one class, and one method called with two values. */
public class TwoObjects extends Activity {
    static class Box {
        private String content;

        void put(String what) {
            content = what;
        }

        String take() {
            return content;
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Box full = new Box();
        Box plain = new Box();
        full.put(Device.phone(this).getDeviceId());
        plain.put("plain");
        Log.d("box", plain.take());
    }

    @Override
    protected void onStart() {
        super.onStart();
        String held = same(Device.phone(this).getDeviceId());
        Log.d("same", same("plain"));
        if (held.isEmpty()) {
            finish();
        }
    }

    @Override
    protected void onStop() {
        super.onStop();
        Net.post("plain");
    }

    private static String same(String what) {
        return what;
    }
}
