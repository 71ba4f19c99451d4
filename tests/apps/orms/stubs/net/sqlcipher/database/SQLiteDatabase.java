package net.sqlcipher.database;

import android.content.ContentValues;

public class SQLiteDatabase {
    public static SQLiteDatabase openOrCreateDatabase(String path, String password, Object factory) {
        return null;
    }

    public void execSQL(String sql) {
    }

    public long insert(String table, String hack, ContentValues values) {
        return 0;
    }
}
