package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.util.HashMap;
import java.util.Map;
import org.example.flows.Device;

public class MapKey extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Map<String, String> told = new HashMap<String, String>();
        told.put("model", "none");
        told.put("card", Device.phone(this).getSimSerialNumber());
        Log.d("map", told.get("card"));
    }
}
