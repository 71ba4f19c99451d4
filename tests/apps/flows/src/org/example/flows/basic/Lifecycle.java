package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

public class Lifecycle extends Activity {
    private String subscriber = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        subscriber = Device.phone(this).getSubscriberId();
    }

    @Override
    protected void onPause() {
        super.onPause();
        Log.i("life", subscriber);
    }
}
