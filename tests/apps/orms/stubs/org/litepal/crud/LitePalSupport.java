package org.litepal.crud;

public class LitePalSupport {
    long baseObjId;

    public boolean save() {
        return true;
    }
}
