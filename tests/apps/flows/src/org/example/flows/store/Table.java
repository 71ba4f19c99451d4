package org.example.flows.store;

import android.app.Activity;
import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

/** A number goes into one table and comes out of it in another screen; the other table is clean. */
public class Table extends Activity {
    static class Store extends SQLiteOpenHelper {
        Store(Context context) {
            super(context, "kept.db", null, 1);
        }

        @Override
        public void onCreate(SQLiteDatabase database) {
            database.execSQL("CREATE TABLE visits (id INTEGER PRIMARY KEY, card TEXT)");
            database.execSQL("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)");
        }

        @Override
        public void onUpgrade(SQLiteDatabase database, int before, int after) {
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        ContentValues row = new ContentValues();
        row.put("card", Device.phone(this).getSimSerialNumber());
        SQLiteDatabase database = new Store(this).getWritableDatabase();
        database.insert("visits", null, row);
        ContentValues word = new ContentValues();
        word.put("word", "plain");
        database.insert("words", null, word);
    }

    public static class Sync extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            SQLiteDatabase database = new Store(this).getReadableDatabase();
            Cursor rows = database.rawQuery("SELECT card FROM visits", null);
            while (rows.moveToNext()) {
                Net.post(rows.getString(0));
            }
        }
    }

    public static class Words extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            SQLiteDatabase database = new Store(this).getReadableDatabase();
            Cursor rows = database.query("words", null, null, null, null, null, null);
            while (rows.moveToNext()) {
                Log.d("word", rows.getString(1));
            }
        }
    }
}
