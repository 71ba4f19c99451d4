package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.example.flows.Device;
import org.example.flows.Net;

public class ListLoop extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        List<String> parts = new ArrayList<String>();
        parts.add("a");
        parts.add(Device.phone(this).getVoiceMailNumber());
        StringBuilder joined = new StringBuilder();
        Iterator<String> each = parts.iterator();
        while (each.hasNext()) {
            joined.append(each.next()).append(';');
        }
        Net.post(joined.toString());
    }
}
