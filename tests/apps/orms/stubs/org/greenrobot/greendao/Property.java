package org.greenrobot.greendao;

public class Property {
    public Property(int ordinal, Class<?> type, String name, boolean primaryKey, String columnName) {
    }
}
