package net.tsz.afinal;

import java.util.List;

public class FinalDb {
    public <T> List<T> findAll(Class<T> kind) {
        return null;
    }
}
