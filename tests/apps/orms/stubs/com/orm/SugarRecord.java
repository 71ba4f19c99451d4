package com.orm;

public class SugarRecord {
    private Long id;

    public long save() {
        return 0;
    }
}
