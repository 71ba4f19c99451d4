package com.activeandroid;

public abstract class Model {
    private Long mId;

    public final Long save() {
        return mId;
    }
}
