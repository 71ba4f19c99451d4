package org.example.flows;

import android.content.Context;
import android.telephony.TelephonyManager;

/** Reads numbers of the device for some of the cases. */
public final class Device {
    private Device() {
    }

    public static String imei(Context context) {
        TelephonyManager phone = (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        return phone.getDeviceId();
    }

    public static TelephonyManager phone(Context context) {
        return (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
    }
}
