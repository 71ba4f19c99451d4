package org.example.flows.store;

import android.app.Activity;
import android.content.Context;
import android.os.Bundle;
import android.util.Log;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import org.example.flows.Device;
import org.example.flows.Net;

/** A number is written to a file that is read and sent later; another file is clean. */
public class OwnFile extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            FileOutputStream out = openFileOutput("dump.txt", Context.MODE_PRIVATE);
            out.write(Device.phone(this).getDeviceId().getBytes());
            out.close();
            FileOutputStream other = openFileOutput("plain.txt", Context.MODE_PRIVATE);
            other.write("plain".getBytes());
            other.close();
        } catch (IOException ignored) {
            finish();
        }
    }

    public static class Sync extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            try {
                FileInputStream in = openFileInput("dump.txt");
                byte[] content = new byte[100];
                in.read(content);
                Net.send(content);
            } catch (IOException ignored) {
                finish();
            }
        }
    }

    public static class Plain extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            try {
                FileInputStream in = openFileInput("plain.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in));
                Log.d("plain", lines.readLine());
            } catch (IOException ignored) {
                finish();
            }
        }
    }
}
