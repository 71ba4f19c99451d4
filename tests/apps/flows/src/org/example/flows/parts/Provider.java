package org.example.flows.parts;

import android.app.Activity;
import android.content.ContentProvider;
import android.content.ContentValues;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** A store of the app is given a number, and answers other apps with another one. */
public class Provider extends ContentProvider {
    static final Uri WHERE = Uri.parse("content://org.example.flows.provider/rows");

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        Log.d("provider", values.getAsString("number"));
        return uri;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        MatrixCursor rows = new MatrixCursor(new String[] {"id"});
        rows.addRow(new Object[] {Device.phone(getContext()).getDeviceId()});
        return rows;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] given) {
        return 0;
    }

    @Override
    public int delete(Uri uri, String where, String[] given) {
        return 0;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    public static class Caller extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            ContentValues row = new ContentValues();
            row.put("number", Device.phone(this).getLine1Number());
            getContentResolver().insert(WHERE, row);
        }
    }
}
