package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.example.flows.Device;

/** Bytes copied, turned around, written and read again. */
public class Bits extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        byte[] id = Device.phone(this).getDeviceId().getBytes();
        byte[] turned = new byte[id.length];
        for (int at = 0; at < id.length; at++) {
            turned[id.length - 1 - at] = (byte) ((id[at] << 4) | (id[at] >> 4));
        }
        byte[] copy = new byte[turned.length];
        System.arraycopy(turned, 0, copy, 0, turned.length);
        Log.d("bits", hex(copy));
    }

    private static String hex(byte[] bytes) {
        char[] digits = "0123456789abcdef".toCharArray();
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append(digits[(one >> 4) & 15]).append(digits[one & 15]);
        }
        return text.toString();
    }

    @Override
    protected void onStop() {
        super.onStop();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(out);
            data.writeUTF(Device.phone(this).getLine1Number());
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(out.toByteArray()));
            Log.d("data", in.readUTF());
        } catch (IOException problem) {
            finish();
        }
    }

    @Override
    protected void onDestroy() {
        super.onDestroy();
        long number = Long.parseLong(Device.phone(this).getSubscriberId());
        int half = (int) (number >>> 16) ^ (int) number;
        Log.d("number", Integer.toHexString(half));
    }
}
