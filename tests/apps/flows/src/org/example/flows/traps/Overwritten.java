package org.example.flows.traps;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.example.flows.Device;

/** What was read is gone before anything is written out. */
public class Overwritten extends Activity {
    private String kept;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        kept = Device.phone(this).getDeviceId();
        kept = "plain";
        Log.d("field", kept);
    }

    @Override
    protected void onStart() {
        super.onStart();
        String[] row = {Device.phone(this).getDeviceId(), "plain"};
        Log.d("element", row[1]);
    }

    @Override
    protected void onResume() {
        super.onResume();
        Map<String, String> told = new HashMap<String, String>();
        told.put("id", Device.phone(this).getDeviceId());
        told.put("word", "plain");
        Log.d("map", told.get("word"));
    }

    @Override
    protected void onPause() {
        super.onPause();
        List<String> list = new ArrayList<String>();
        list.add(Device.phone(this).getDeviceId());
        list.clear();
        list.add("plain");
        Log.d("list", list.get(0));
    }

    @Override
    protected void onStop() {
        super.onStop();
        String text = Device.phone(this).getDeviceId();
        text = text == null ? "none" : "some";
        Log.d("text", text);
    }
}
