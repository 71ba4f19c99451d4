package org.example.wire;

import com.google.gson.annotations.SerializedName;

/** Names on the wire by annotation, whatever the fields are called. */
public class Tenant {
    @SerializedName("xm")
    private String fullName;
    @SerializedName("sfzh")
    private String idNumber;
    @SerializedName("mz")
    private int nation;
    private transient int row;

    public String shown() {
        return fullName + idNumber + nation + row;
    }
}
