package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** Keeps a number in a static field that another screen reads. */
public class Registry extends Activity {
    static String number;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        number = Device.phone(this).getLine1Number();
    }

    public static class Reader extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            Log.d("registry", Registry.number);
        }
    }
}
