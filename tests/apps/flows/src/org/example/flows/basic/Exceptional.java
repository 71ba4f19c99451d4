package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class Exceptional extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            check(Device.phone(this).getSubscriberId());
        } catch (IllegalStateException problem) {
            Log.e("bad", problem.getMessage());
        }
    }

    private static void check(String id) {
        throw new IllegalStateException("card " + id);
    }
}
