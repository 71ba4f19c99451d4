package org.example.patrol.db;

import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import java.util.LinkedHashMap;
import java.util.Map;
import net.sqlcipher.database.SQLiteDatabase;
import net.sqlcipher.database.SQLiteOpenHelper;

/* JADX INFO: loaded from: classes.dex */
public class PatrolDb extends SQLiteOpenHelper {
    private static final String[] CL_COLS = {"hphm", "hpzl", "clpp", "csys", "syr", "syr_sfzh"};
    public static final String TB_CL = "t_clxx";
    public static final String TB_RY = "t_ryxx";

    public PatrolDb(Context context) {
        super(context, "patrol.db", (Object) null, 5);
    }

    public void onCreate(SQLiteDatabase sQLiteDatabase) {
        StringBuilder sb = new StringBuilder();
        sb.append("CREATE TABLE IF NOT EXISTS ").append(TB_RY).append(" (");
        sb.append("id INTEGER PRIMARY KEY AUTOINCREMENT,");
        sb.append("xm VARCHAR(50),").append("xb CHAR(1),").append("mz CHAR(2),");
        sb.append("sfzh VARCHAR(18),").append("zjxy VARCHAR(2),");
        sb.append("lrr TEXT, lrsj TEXT, jd REAL, wd REAL");
        sb.append(")");
        sQLiteDatabase.execSQL(sb.toString());
        String str = "";
        for (int i = 0; i < CL_COLS.length; i++) {
            str = str + "," + CL_COLS[i] + " TEXT";
        }
        sQLiteDatabase.execSQL("CREATE TABLE t_clxx (_id INTEGER PRIMARY KEY" + str + ")");
        sQLiteDatabase.execSQL(String.format("create table %s (%s integer primary key, %s text, %s text, %s integer)", "t_zf", "zf_id", "zfdx", "zfnr", "sfysb"));
        LinkedHashMap linkedHashMap = new LinkedHashMap();
        linkedHashMap.put("id", "integer primary key");
        linkedHashMap.put("jsxm", "text");
        linkedHashMap.put("jsgx", "text");
        linkedHashMap.put("jsdh", "text");
        createTable(sQLiteDatabase, "t_jiashu", linkedHashMap);
    }

    private void createTable(SQLiteDatabase sQLiteDatabase, String str, Map<String, String> map) {
        StringBuffer stringBuffer = new StringBuffer("create table if not exists " + str + "(");
        for (Map.Entry<String, String> entry : map.entrySet()) {
            stringBuffer.append(entry.getKey()).append(" ").append(entry.getValue()).append(",");
        }
        stringBuffer.deleteCharAt(stringBuffer.length() - 1);
        stringBuffer.append(")");
        sQLiteDatabase.execSQL(stringBuffer.toString());
    }

    public void onUpgrade(SQLiteDatabase sQLiteDatabase, int i, int i2) {
        if (i < 3) {
            sQLiteDatabase.execSQL("ALTER TABLE t_ryxx ADD COLUMN sflk INTEGER DEFAULT 0");
        }
        if (i < 5) {
            sQLiteDatabase.execSQL("alter table t_ryxx add hjdz text");
        }
    }

    public void saveVisit(Map<String, String> map) {
        ContentValues contentValues = new ContentValues();
        contentValues.put("bfr", map.get("bfr"));
        contentValues.put("bfsj", Long.valueOf(System.currentTimeMillis()));
        contentValues.put("jtqk", map.get("jtqk"));
        getWritableDatabase("p@ss").insert("t_bangfu", (String) null, contentValues);
    }

    public int score(Cursor cursor) {
        int i = "03".equals(cursor.getString(cursor.getColumnIndex("mz"))) ? 10 : 0;
        int i2 = cursor.getInt(cursor.getColumnIndex("nl"));
        if (i2 >= 15 && i2 <= 55) {
            i += 10;
        }
        if (cursor.getInt(cursor.getColumnIndex("sflk")) == 1) {
            i += 20;
        }
        if (i >= 30) {
            ContentValues contentValues = new ContentValues();
            contentValues.put("gzdj", "重点");
            getWritableDatabase("p@ss").insert(TB_RY, (String) null, contentValues);
        }
        return i;
    }
}
