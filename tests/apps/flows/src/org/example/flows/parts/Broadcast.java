package org.example.flows.parts;

import android.app.Activity;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** Sent to all apps; of the two receivers made in code one listens for it. */
public class Broadcast extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        registerReceiver(new Hears(), new IntentFilter("org.example.flows.TOLD"));
        registerReceiver(new Deaf(), new IntentFilter("org.example.flows.OTHER"));
        Intent told = new Intent("org.example.flows.TOLD");
        told.putExtra("serial", Device.phone(this).getSimSerialNumber());
        sendBroadcast(told);
    }

    static class Hears extends BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            Log.d("hears", intent.getStringExtra("serial"));
        }
    }

    static class Deaf extends BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            Log.d("deaf", intent.getStringExtra("serial"));
        }
    }
}
