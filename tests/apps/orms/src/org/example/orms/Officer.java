package org.example.orms;

public class Officer {
    private int id;
    private String badge;
    private String unit;

    public String getBadge() {
        return badge + id + unit;
    }
}
