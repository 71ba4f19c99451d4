package org.example.codes;

public class Choice {
    private String id;
    private String label;

    public Choice() {
    }

    public Choice(String id, String label) {
        this.id = id;
        this.label = label;
    }

    public void setId(String id) {
        this.id = id;
    }

    public void setLabel(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return id + label;
    }
}
