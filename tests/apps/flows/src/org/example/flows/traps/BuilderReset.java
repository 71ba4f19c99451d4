package org.example.flows.traps;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class BuilderReset extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        StringBuilder text = new StringBuilder();
        text.append(Device.phone(this).getDeviceId());
        text.setLength(0);
        text.append("plain");
        Log.d("reset", text.toString());
    }
}
