package org.greenrobot.greendao.database;

public interface Database {
    void execSQL(String sql);
}
