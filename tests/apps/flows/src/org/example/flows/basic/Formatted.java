package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class Formatted extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String told = String.format("%s/%d", Device.phone(this).getDeviceId(), 5);
        String[] cut = told.replace('/', ':').toUpperCase().split(":");
        Log.v("formatted", cut[0].substring(2));
    }
}
