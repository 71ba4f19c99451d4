package org.example.flows.parts;

import android.app.Activity;
import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class Alarm extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Intent later = new Intent(this, Rings.class);
        later.putExtra("card", Device.phone(this).getSubscriberId());
        PendingIntent pending = PendingIntent.getBroadcast(this, 0, later, 0);
        AlarmManager alarms = (AlarmManager) getSystemService(ALARM_SERVICE);
        alarms.set(AlarmManager.RTC, 1000, pending);
    }

    public static class Rings extends BroadcastReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            Log.i("rings", intent.getStringExtra("card"));
        }
    }
}
