package org.example.registry;

import android.app.Activity;
import android.content.ContentValues;
import android.content.SharedPreferences;
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;
import android.os.Bundle;
import android.os.Environment;

import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;

public class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        SQLiteDatabase db = new Store(this).getWritableDatabase();
        ContentValues row = new ContentValues();
        row.put(Contract.Resident.NAME, "");
        row.put(Contract.Resident.ID_NUMBER, "");
        row.put(Contract.Resident.NATION, 1);
        db.insert(Contract.Resident.TABLE, null, row);
        db.execSQL(getString(R.string.create_vehicle));
        SharedPreferences kept = getSharedPreferences("session", MODE_PRIVATE);
        kept.edit().putString("officer_no", "").putLong("last_login", 0).apply();
        readOld(db);
        try {
            export(this);
        } catch (IOException e) {
            finish();
        }
    }

    /** A table that another program makes: known here by its use only. */
    private void readOld(SQLiteDatabase db) {
        Cursor rows = db.query("old_visit", new String[] {"visit_id", "host_name", "host_phone"}, "visit_id=?",
                new String[] {"1"}, null, null, "visit_id DESC");
        rows.close();
        db.rawQuery("SELECT a.tenant_name, a.tenant_tel FROM tenancy a WHERE a.house_no=? ORDER BY a.since", new String[] {"1"}).close();
        db.execSQL("INSERT INTO checkin (officer_no, place, at_time) VALUES (?, ?, ?)", new Object[] {"", "", ""});
    }

    private static void export(Activity from) throws IOException {
        File folder = new File(Environment.getExternalStorageDirectory(), "registry/export");
        FileWriter out = new FileWriter(new File(folder, "residents.csv"));
        out.write("name,id_number,nation,phone\n");
        out.close();
        FileOutputStream own = from.openFileOutput("pending.json", MODE_PRIVATE);
        own.write(0);
        own.close();
        new File(from.getCacheDir(), "face.jpg").delete();
    }
}
