package org.example.flows.store;

import android.app.Activity;
import android.app.Service;
import android.content.Intent;
import android.os.Bundle;
import android.os.IBinder;
import android.preference.PreferenceManager;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

/** A number is kept in the settings and sent by a service; another entry must not count. */
public class Settings extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        PreferenceManager.getDefaultSharedPreferences(this).edit()
                .putString("kept.number", Device.phone(this).getLine1Number())
                .putString("kept.word", "plain")
                .apply();
    }

    public static class Sync extends Service {
        @Override
        public void onStart(Intent intent, int startId) {
            Net.post(PreferenceManager.getDefaultSharedPreferences(this).getString("kept.number", ""));
        }

        @Override
        public IBinder onBind(Intent intent) {
            return null;
        }
    }

    public static class Other extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            Log.d("word", PreferenceManager.getDefaultSharedPreferences(this).getString("kept.word", ""));
        }
    }
}
