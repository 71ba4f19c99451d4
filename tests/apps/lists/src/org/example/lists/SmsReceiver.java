package org.example.lists;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.telephony.SmsMessage;

import java.util.Set;

/** Looks for words in messages. */
public class SmsReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        try {
            Set<String> words = Scanner.lines(context.getAssets().open("words.txt"));
            words.addAll(Scanner.lines(context.getAssets().open("blacklist.txt")));
            for (Object pdu : (Object[]) intent.getExtras().get("pdus")) {
                SmsMessage message = SmsMessage.createFromPdu((byte[]) pdu);
                for (String word : words) {
                    if (message.getMessageBody().contains(word)) {
                        abortBroadcast();
                    }
                }
                if (Locked.knows(context, message.getOriginatingAddress())) {
                    abortBroadcast();
                }
            }
        } catch (Exception e) {
            setResultCode(1);
        }
    }
}
