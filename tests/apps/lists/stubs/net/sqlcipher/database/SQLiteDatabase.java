package net.sqlcipher.database;

import android.database.Cursor;

public class SQLiteDatabase {
    public static SQLiteDatabase openOrCreateDatabase(String path, String password, Object factory) {
        return new SQLiteDatabase();
    }

    public Cursor rawQuery(String sql, String[] values) {
        return null;
    }
}
