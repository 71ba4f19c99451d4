package org.example.flows.traps;

import android.app.Activity;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import android.view.View;
import org.example.flows.Device;

/** Code that nothing calls: a private method, a thread not started, a listener not given away. */
public class NeverRun extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Thread idle = new Thread() {
            @Override
            public void run() {
                Log.d("idle", Device.phone(NeverRun.this).getDeviceId());
            }
        };
        idle.setName("idle");
        View.OnClickListener listener = new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                Log.d("listener", Device.phone(NeverRun.this).getDeviceId());
            }
        };
        Log.d("kept", listener == null ? "no" : "yes");
    }

    private void forgotten() {
        Log.d("forgotten", Device.phone(this).getDeviceId());
    }

    /** Not in the manifest and never registered. */
    public static class Undeclared extends BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            Log.d("undeclared", Device.phone(context).getDeviceId());
        }
    }
}
