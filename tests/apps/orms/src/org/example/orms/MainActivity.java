package org.example.orms;

import android.app.Activity;
import android.content.ContentValues;
import android.os.Bundle;

import androidx.sqlite.db.SupportSQLiteDatabase;
import com.lidroid.xutils.DbUtils;
import net.sqlcipher.database.SQLiteDatabase;
import net.tsz.afinal.FinalDb;
import org.greenrobot.greendao.database.Database;

public class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Instrument().save();
        new HouseVisit().save();
        new Suspect().save();
        Inmate inmate = new Inmate();
        new DbUtils().save(inmate);
        setTitle(inmate.getBed());
        new FinalDb().findAll(Officer.class);
        new Patient().ward = new Sighting().plate;
        new Clinic_Impl().createAllTables((SupportSQLiteDatabase) getSystemService("a"));
        PupilDao.createTable((Database) getSystemService("b"), state == null);
        setTitle(new Pupil().getPupilName() + new Instrument().shown());
        SQLiteDatabase db = SQLiteDatabase.openOrCreateDatabase("vault.db", "invented", null);
        ContentValues row = new ContentValues();
        row.put("informant", "");
        row.put("reward", 5);
        db.insert("tip", null, row);
    }
}
