package org.example.patrol.db;

import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteStatement;
import org.example.patrol.bean.House;
import de.greenrobot.dao.AbstractDao;
import de.greenrobot.dao.Property;

/* JADX INFO: loaded from: classes.dex */
public class HouseDao extends AbstractDao<House, Long> {
    public static final String TABLENAME = "HOUSE";

    public static class Properties {
        public static final Property Id = new Property(0, Long.class, "id", true, "_id");
        public static final Property Fwdz = new Property(1, String.class, "fwdz", false, "FWDZ");
        public static final Property Fzxm = new Property(2, String.class, "fzxm", false, "FZXM");
        public static final Property Zkrs = new Property(3, Integer.class, "zkrs", false, "ZKRS");
        public static final Property Czlx = new Property(4, String.class, "czlx", false, "CZLX");
    }

    public static void createTable(SQLiteDatabase sQLiteDatabase, boolean z) {
        String str = z ? "IF NOT EXISTS " : "";
        sQLiteDatabase.execSQL("CREATE TABLE " + str + "'HOUSE' ('_id' INTEGER PRIMARY KEY ,'FWDZ' TEXT NOT NULL ,'FZXM' TEXT,'ZKRS' INTEGER,'CZLX' TEXT);");
        sQLiteDatabase.execSQL("CREATE INDEX " + str + "IDX_HOUSE_FZXM ON HOUSE (FZXM);");
    }

    /* JADX INFO: Access modifiers changed from: protected */
    public void bindValues(SQLiteStatement sQLiteStatement, House house) {
        if (house.fwdz != null) {
            sQLiteStatement.bindString(2, house.fwdz);
        }
        if (house.fzxm != null) {
            sQLiteStatement.bindString(3, house.fzxm);
        }
    }
}
