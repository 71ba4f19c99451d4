package org.example.field;

import android.app.Activity;
import android.os.Bundle;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks a program of the app and starts it. */
public final class Main extends Activity {
  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    Bridge.address(8080);
    Bridge.listing();
    try {
      File tool = unpacked("collector");
      Runtime.getRuntime().exec("chmod 700 " + tool.getPath()).waitFor();
      Runtime.getRuntime().exec(tool.getPath() + " -l /sdcard/list.txt -o /sdcard/report.txt");
    } catch (IOException | InterruptedException error) {
      finish();
    }
  }

  private File unpacked(String name) throws IOException {
    File target = new File(getFilesDir(), name);
    try (InputStream from = getAssets().open(name);
        FileOutputStream to = new FileOutputStream(target)) {
      byte[] buffer = new byte[4096];
      for (int count = from.read(buffer); count > 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
      }
    }
    return target;
  }
}
