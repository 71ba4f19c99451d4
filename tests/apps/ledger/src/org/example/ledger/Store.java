package org.example.ledger;

import android.content.ContentValues;
import android.content.Context;
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

/** Three tables that are kept alike, and one that says nothing of its making. */
class Store extends SQLiteOpenHelper {
    Store(Context context) {
        super(context, "ledger.db", null, 2);
    }

    static ContentValues person(String who) {
        ContentValues row = new ContentValues();
        row.put("name", who);
        row.put("lrr", who);
        row.put("lrsj", 1L);
        return row;
    }

    @Override
    public void onCreate(SQLiteDatabase db) {
        db.execSQL("create table t_person (id integer primary key, name text, lrr text, lrdw text, lrsj integer, sczt integer)");
        db.execSQL("create table t_vehicle (id integer primary key, plate text, lrr text, lrdw text, lrsj integer, jingdu real, weidu real)");
        db.execSQL("create table t_check (id integer primary key, rwid text, result text, hcjg text, lrr text)");
        db.execSQL("create table t_unit (code text, title text)");
    }

    @Override
    public void onUpgrade(SQLiteDatabase db, int from, int to) {
        if (from < 2) {
            db.execSQL("alter table t_check add column shzt integer");
        }
    }
}
