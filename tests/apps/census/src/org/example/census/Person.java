package org.example.census;

import java.io.Serializable;

public final class Person implements Serializable {
    private String fullName;
    private String faith;
    private String relation;
    private String passport;

    public String getFullName() {
        return fullName;
    }

    public void setFullName(String value) {
        fullName = value;
    }

    public String getFaith() {
        return faith;
    }

    public void setFaith(String value) {
        faith = value;
    }

    public String getRelation() {
        return relation;
    }

    public void setRelation(String value) {
        relation = value;
    }

    public String getPassport() {
        return passport;
    }

    public void setPassport(String value) {
        passport = value;
    }
}
