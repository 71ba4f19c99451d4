package org.example.flows.traps;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** The number is read when the screen ends; what is written at its start is another object's. */
public class TooLate extends Activity {
    private String number = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.d("early", number);
    }

    @Override
    protected void onDestroy() {
        super.onDestroy();
        number = Device.phone(this).getDeviceId();
    }
}
