package org.example.direct;

import android.app.Activity;
import android.os.Bundle;

/** Starts each way to a database, and the look-alikes. */
public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            Server.register("1", "A 12");
            Server.lastSeen("1");
            Server.old();
            Server.wards();
            Near.count();
        } catch (Exception error) {
            finish();
        }
    }
}
