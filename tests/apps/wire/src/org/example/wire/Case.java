package org.example.wire;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

public class Case {
    private String number;
    private String suspect;
    private String opened;

    @JsonProperty("case_no")
    public String getNumber() {
        return number;
    }

    @JsonProperty("suspect_name")
    public String getSuspect() {
        return suspect;
    }

    @JsonIgnore
    public String getOpened() {
        return opened;
    }
}
