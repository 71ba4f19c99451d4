package org.example.orms;

import org.greenrobot.greendao.Property;
import org.greenrobot.greendao.database.Database;

public class PupilDao {
    public static final String TABLENAME = "PUPIL";

    public static class Properties {
        public static final Property Id = new Property(0, Long.class, "id", true, "_id");
        public static final Property PupilName = new Property(1, String.class, "pupilName", false, "PUPIL_NAME");
        public static final Property ParentPhone = new Property(2, String.class, "parentPhone", false, "PARENT_PHONE");
    }

    public static void createTable(Database db, boolean ifNotExists) {
        String constraint = ifNotExists ? "IF NOT EXISTS " : "";
        db.execSQL("CREATE TABLE " + constraint + "\"PUPIL\" (" + //
                "\"_id\" INTEGER PRIMARY KEY AUTOINCREMENT ," + // 0: id
                "\"PUPIL_NAME\" TEXT NOT NULL ," + // 1: pupilName
                "\"PARENT_PHONE\" TEXT);"); // 2: parentPhone
        db.execSQL("CREATE INDEX " + constraint + "IDX_PUPIL_NAME ON \"PUPIL\" (\"PUPIL_NAME\" ASC);");
    }
}
