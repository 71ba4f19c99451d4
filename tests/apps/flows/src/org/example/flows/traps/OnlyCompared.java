package org.example.flows.traps;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import android.widget.EditText;
import org.example.flows.Device;

/** Compared, shown and thrown away. */
public class OnlyCompared extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        EditText pin = new EditText(this);
        if (pin.getText().toString().equals("1234")) {
            Log.d("pin", "right");
        }
        setTitle(Device.phone(this).getDeviceId());
    }
}
