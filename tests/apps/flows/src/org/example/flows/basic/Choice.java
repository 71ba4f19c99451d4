package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class Choice extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String told = "none";
        switch (getChangingConfigurations()) {
            case 0:
                told = Device.phone(this).getLine1Number();
                break;
            case 1:
                told = "one";
                break;
            default:
                break;
        }
        Log.w("choice", told);
    }
}
