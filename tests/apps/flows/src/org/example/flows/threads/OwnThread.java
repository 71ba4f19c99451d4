package org.example.flows.threads;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class OwnThread extends Activity {
    static class Work extends Thread {
        private final String what;

        Work(String what) {
            super("work");
            this.what = what;
        }

        @Override
        public void run() {
            Log.d("work", what);
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Work(Device.phone(this).getDeviceId()).start();
    }
}
