package com.lidroid.xutils;

import java.util.List;

public class DbUtils {
    public <T> List<T> findAll(Class<T> kind) {
        return null;
    }

    public void save(Object row) {
    }
}
