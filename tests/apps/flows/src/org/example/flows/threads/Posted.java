package org.example.flows.threads;

import android.app.Activity;
import android.os.Bundle;
import android.os.Handler;
import android.os.HandlerThread;
import android.util.Log;
import android.view.View;
import org.example.flows.Device;

public class Posted extends Activity {
    private String card;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        HandlerThread thread = new HandlerThread("back");
        thread.start();
        card = Device.phone(this).getSimSerialNumber();
        new Handler(thread.getLooper()).postDelayed(new Runnable() {
            @Override
            public void run() {
                tell();
            }
        }, 10);
    }

    private void tell() {
        runOnUiThread(() -> Log.d("posted", card));
    }
}
