package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class ArrayTaken extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String[] row = new String[2];
        row[0] = "fixed";
        row[1] = Device.phone(this).getSimSerialNumber();
        Log.d("row", row[1]);
    }
}
