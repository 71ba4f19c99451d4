package org.example.household;

import android.content.ContentValues;
import android.content.Context;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

public class Store extends SQLiteOpenHelper {
    public Store(Context context) {
        super(context, "household.db", null, 1);
    }

    @Override
    public void onCreate(SQLiteDatabase db) {
        db.execSQL("CREATE TABLE resident (_id INTEGER PRIMARY KEY, whcd TEXT, rylb TEXT, fzxm TEXT)");
    }

    @Override
    public void onUpgrade(SQLiteDatabase db, int from, int to) { }

    public void keep(String degree, String kind, String owner) {
        ContentValues values = new ContentValues();
        values.put("whcd", degree);
        values.put("rylb", kind);
        values.put("fzxm", owner);
        getWritableDatabase().insert("resident", null, values);
    }
}
