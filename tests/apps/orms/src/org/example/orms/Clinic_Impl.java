package org.example.orms;

import androidx.sqlite.db.SupportSQLiteDatabase;

/** As an annotation processor writes it. */
public final class Clinic_Impl {
    void createAllTables(SupportSQLiteDatabase db) {
        db.execSQL("CREATE TABLE IF NOT EXISTS `appointment` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `patientName` TEXT, `dueOn` INTEGER NOT NULL, FOREIGN KEY(`id`) REFERENCES `doctor`(`id`) ON UPDATE NO ACTION ON DELETE CASCADE )");
        db.execSQL("CREATE INDEX IF NOT EXISTS `index_appointment_dueOn` ON `appointment` (`dueOn`)");
        db.execSQL("CREATE TABLE IF NOT EXISTS room_master_table (id INTEGER PRIMARY KEY,identity_hash TEXT)");
    }
}
