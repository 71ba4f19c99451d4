package org.example.clinic;

import com.google.gson.annotations.SerializedName;

/** A record that goes out as JSON. */
class Visit {
    @SerializedName("id_card")
    String idCard;
    String diagnosis;
    int beds;
    transient boolean shown;
    static int count;
}
