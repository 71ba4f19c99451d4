package org.example.flows.traps;

import android.app.Activity;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import org.example.flows.Net;

/** Texts of the app itself and rows of a store about which nothing is known. */
public class OwnWords extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Net.post(getString(android.R.string.ok) + getPackageName());
        Cursor rows = getContentResolver().query(
                Uri.parse("content://org.example.catalogue/words"), null, null, null, null);
        if (rows.moveToFirst()) {
            Net.post(rows.getString(0));
        }
    }
}
