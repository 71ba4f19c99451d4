package org.example.direct;

import android.app.Activity;
import android.os.Bundle;
import org.apache.commons.net.ftp.FTPClient;

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
            Files files = new Files(getIntent().getStringExtra("server"));
            files.open("ward", "not-a-secret");
            files.put(null);
            files.close();
            FTPClient kept = (FTPClient) getLastNonConfigurationInstance();
            kept.storeFile("late.csv", null);
        } catch (Exception error) {
            finish();
        }
    }
}
