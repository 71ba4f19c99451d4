package org.example.lists;

import android.app.Activity;
import android.database.sqlite.SQLiteDatabase;
import android.os.Bundle;
import android.os.Environment;
import android.util.Log;

import java.util.ArrayList;
import java.util.List;

public class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        List<Teacher> teachers = new ArrayList<>();
        teachers.add(new Teacher("1", "周一一", "a"));
        teachers.add(new Teacher("2", "吴二二", "b"));
        teachers.add(new Teacher("3", "郑三三", "c"));
        teachers.add(new Teacher("4", "孙四四", "d"));
        Log.d("a", teachers.get(0).getTeacherName());
        try {
            Log.d("b", new Scanner().files(this, Environment.getExternalStorageDirectory()) + " " + new Scanner().apps(this));
            Locked.unpack(this);
            Log.d("e", "" + Locked.isWanted(this, getIntent().getAction()));
            Log.d("c", "" + Scanner.lines(getAssets().open("cells.bin")).contains(getIntent().getAction()));
            Log.d("d", "" + getAssets().open("roster.csv").read() + getAssets().open("keyboard.txt").read() + getAssets().open("countries.json").read());
            SQLiteDatabase db = SQLiteDatabase.openDatabase(getDatabasePath("contacts.db").getPath(), null, 0);
            db.query("person", new String[] {"full_name", "phone"}, null, null, null, null, null).close();
        } catch (Exception e) {
            finish();
        }
    }
}
