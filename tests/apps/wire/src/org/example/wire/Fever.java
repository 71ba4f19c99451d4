package org.example.wire;

import kotlinx.serialization.SerialName;

public class Fever {
    @SerialName("patient_name")
    public String name;
    @SerialName("body_temperature")
    public double temperature;
}
