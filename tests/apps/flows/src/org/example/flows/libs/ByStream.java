package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.example.flows.Device;
import org.example.flows.Net;

public class ByStream extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String joined = Arrays.asList("a", Device.phone(this).getSimSerialNumber()).stream()
                .map(one -> one + "#")
                .collect(Collectors.joining(","));
        Net.post(joined);
    }
}
