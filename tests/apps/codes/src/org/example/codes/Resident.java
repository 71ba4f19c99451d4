package org.example.codes;

/** A record that uses the lists. */
public class Resident {
    private String name;
    private String faith;
    private Risk risk;
    private int kind;

    public String getName() {
        return name;
    }

    public String getFaith() {
        return faith;
    }

    public Risk getRisk() {
        return risk;
    }

    public void setKind(int kind) {
        this.kind = kind;
    }

    public int getKind() {
        return kind;
    }
}
