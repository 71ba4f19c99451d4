package org.example.flows.traps;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.example.flows.Device;

/** Look-alikes of the shapes: another method, another list, another object, an entry taken out. */
public class Kinds extends Activity {
    interface Says {
        String says(String given);
    }

    static class Gives implements Says {
        @Override
        public String says(String given) {
            return given;
        }
    }

    static class Ignores implements Says {
        @Override
        public String says(String given) {
            return "plain";
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Says says = new Ignores();
        Log.d("ignores", says.says(Device.phone(this).getDeviceId()));
        Log.d("gives", new Gives().says("plain"));
    }

    @Override
    protected void onStart() {
        super.onStart();
        Map<String, String> told = new HashMap<String, String>();
        told.put("id", Device.phone(this).getDeviceId());
        told.remove("id");
        told.put("word", "plain");
        StringBuilder all = new StringBuilder();
        for (String one : told.values()) {
            all.append(one);
        }
        Log.d("values", all.toString());
    }

    @Override
    protected void onResume() {
        super.onResume();
        List<String> full = new ArrayList<String>();
        List<String> plain = new ArrayList<String>();
        full.add(Device.phone(this).getDeviceId());
        plain.add("plain");
        Iterator<String> each = plain.iterator();
        while (each.hasNext()) {
            Log.d("list", each.next());
        }
        Log.d("size", "rows " + full.size());
    }

    @Override
    protected void onPause() {
        super.onPause();
        try {
            keep(Device.phone(this).getDeviceId());
            throw new IllegalStateException("plain");
        } catch (IllegalStateException problem) {
            Log.d("message", problem.getMessage());
        }
    }

    private String kept;

    private void keep(String what) {
        kept = what;
    }

    @Override
    protected void onStop() {
        super.onStop();
        boolean known = "1".equals(kept);
        Log.d("known", String.valueOf(known));
    }
}
