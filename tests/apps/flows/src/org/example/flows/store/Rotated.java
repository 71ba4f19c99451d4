package org.example.flows.store;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** The screen's own state, saved and given back. */
public class Rotated extends Activity {
    private String card = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (state != null) {
            Log.d("rotated", state.getString("card"));
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        card = Device.phone(this).getSubscriberId();
    }

    @Override
    protected void onSaveInstanceState(Bundle state) {
        super.onSaveInstanceState(state);
        state.putString("card", card);
    }
}
