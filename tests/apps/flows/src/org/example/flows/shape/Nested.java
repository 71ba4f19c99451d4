package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.TreeMap;
import org.example.flows.Device;
import org.example.flows.Net;

/** Collections in collections, and what goes through them. */
public class Nested extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Map<String, List<String>> all = new HashMap<String, List<String>>();
        all.put("cards", new ArrayList<String>());
        all.get("cards").add(Device.phone(this).getSimSerialNumber());
        for (Map.Entry<String, List<String>> entry : all.entrySet()) {
            for (String one : entry.getValue()) {
                Log.d("entry", one);
            }
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        Stack<String> stack = new Stack<String>();
        stack.push(Device.phone(this).getLine1Number());
        LinkedList<String> line = new LinkedList<String>();
        line.addFirst(stack.pop());
        List<String> copy = Collections.unmodifiableList(new ArrayList<String>(line));
        String[] array = copy.toArray(new String[0]);
        Net.post(Arrays.toString(array));
    }

    @Override
    protected void onStop() {
        super.onStop();
        TreeMap<String, String> byNumber = new TreeMap<String, String>();
        byNumber.put(Device.phone(this).getVoiceMailNumber(), "voice mail");
        for (String number : byNumber.keySet()) {
            Log.d("key", number);
        }
    }
}
