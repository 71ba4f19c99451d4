package org.example.flows.parts;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** The application object keeps a number for all screens. */
public class App extends Application {
    private String kept;

    @Override
    public void onCreate() {
        super.onCreate();
        kept = Device.phone(this).getSimSerialNumber();
    }

    public String kept() {
        return kept;
    }

    public static class Screen extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            Log.d("app", ((App) getApplication()).kept());
        }
    }
}
