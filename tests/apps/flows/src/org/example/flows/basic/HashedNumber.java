package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import java.util.UUID;
import org.example.flows.Device;
import org.example.flows.Net;

public class HashedNumber extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String serial = Device.phone(this).getSimSerialNumber();
        UUID made = new UUID(serial.hashCode(), ((long) serial.hashCode()) << 32);
        Net.post(made.toString());
    }
}
