package org.example.registry;

import android.net.Uri;
import android.provider.BaseColumns;

public final class Contract {
    public static final String AUTHORITY = "org.example.registry.visits";

    public static class Resident implements BaseColumns {
        public static final String TABLE = "resident";
        public static final String NAME = "xm";
        public static final String ID_NUMBER = "sfzh";
        public static final String NATION = "mz";
        public static final String CREATE = "CREATE TABLE IF NOT EXISTS " + TABLE + "(" + _ID + " INTEGER PRIMARY KEY AUTOINCREMENT,"
                + NAME + " VARCHAR(50) NOT NULL," + ID_NUMBER + " CHAR(18) UNIQUE," + NATION + " INTEGER DEFAULT 1, CHECK(length(" + NAME + ")>0))";
    }

    public static class Visit implements BaseColumns {
        public static final Uri URI = Uri.parse("content://" + AUTHORITY + "/visit");
        /** Not final, so that the compiler does not fold it. */
        public static String TABLE = "visit";
        public static String[][] COLUMNS = {
            {"_id", "INTEGER PRIMARY KEY"}, {"visitor", "TEXT"}, {"purpose", "TEXT"}, {"visited_on", "DATE"}, {"x", "REAL"}, {"y", "REAL"},
        };
    }
}
