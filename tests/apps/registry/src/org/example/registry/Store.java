package org.example.registry;

import android.content.Context;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

class Store extends SQLiteOpenHelper {
    private static final String[] LOG = {"actor", "action", "at_time"};

    Store(Context context) {
        super(context, "registry.db", null, 4);
    }

    @Override
    public void onCreate(SQLiteDatabase db) {
        db.execSQL(Contract.Resident.CREATE);
        db.execSQL(visits());
        db.execSQL(log());
        db.execSQL(create("dormitory", "room TEXT, student TEXT, faculty TEXT"));
        StringBuilder sql = new StringBuilder();
        sql.append("create table family(");
        sql.append("household_no text,");
        sql.append("relation text,");
        sql.append("member_name text");
        sql.append(")");
        db.execSQL(sql.toString());
        db.execSQL(String.format("CREATE TABLE %s (%s INTEGER, %s TEXT)", "tip", "tip_no", "informant"));
        db.execSQL("CREATE VIRTUAL TABLE person_search USING fts4(person_name, alias, address)");
        db.execSQL("CREATE TABLE \"case file\" ([case no] INTEGER, 'suspect' TEXT, `opened` TEXT, closed)");
    }

    private static String visits() {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + Contract.Visit.TABLE + " (");
        for (int i = 0; i < Contract.Visit.COLUMNS.length; i++) {
            if (i > 0) {
                sql.append(", ");
            }
            sql.append(Contract.Visit.COLUMNS[i][0]).append(' ').append(Contract.Visit.COLUMNS[i][1]);
        }
        return sql.append(")").toString();
    }

    private static String log() {
        String sql = "CREATE TABLE action_log (id INTEGER";
        for (String column : LOG) {
            sql += ", " + column + " TEXT";
        }
        return sql + ")";
    }

    private static String create(String table, String columns) {
        return "CREATE TABLE " + table + " (" + columns + ");";
    }

    @Override
    public void onUpgrade(SQLiteDatabase db, int from, int to) {
        if (from < 2) {
            db.execSQL("ALTER TABLE resident ADD COLUMN phone TEXT");
        }
        if (from < 3) {
            add(db, "resident", "religion", "INTEGER");
        }
        if (from < 4) {
            for (String column : new String[] {"employer", "remark"}) {
                db.execSQL("ALTER TABLE resident ADD " + column + " TEXT");
            }
        }
    }

    private static void add(SQLiteDatabase db, String table, String column, String type) {
        db.execSQL("ALTER TABLE " + table + " ADD COLUMN " + column + " " + type);
    }
}
