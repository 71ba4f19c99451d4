package org.example.rules;

/** What is recorded of somebody. */
public class Person {
    private String isWanted;
    private int age;
    private int riskLevel;
    private String faith;
    private Person relative;
    public boolean flagged;
    public int nights;

    public String getIsWanted() {
        return isWanted;
    }

    public int getAge() {
        return age;
    }

    public int getRiskLevel() {
        return riskLevel;
    }

    public String getFaith() {
        return faith;
    }

    public Person getRelative() {
        return relative;
    }

    public void set(String isWanted, int age, int riskLevel, String faith, Person relative) {
        this.isWanted = isWanted;
        this.age = age;
        this.riskLevel = riskLevel;
        this.faith = faith;
        this.relative = relative;
    }
}
