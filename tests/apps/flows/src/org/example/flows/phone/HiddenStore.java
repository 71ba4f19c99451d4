package org.example.flows.phone;

import android.app.Activity;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.util.Log;

/** The address of the store is hidden by a simple decoder. */
public class HiddenStore extends Activity {
    private static final String STORE = open("fjkq`kq?**vhv*v`kq");

    private static String open(String hidden) {
        char[] plain = hidden.toCharArray();
        for (int at = 0; at < plain.length; at++) {
            plain[at] = (char) (plain[at] ^ 5);
        }
        return new String(plain);
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Cursor rows = getContentResolver().query(Uri.parse(STORE), null, null, null, null);
        while (rows != null && rows.moveToNext()) {
            Log.d("hidden", rows.getString(2));
        }
    }
}
