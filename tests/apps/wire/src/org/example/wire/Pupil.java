package org.example.wire;

import com.squareup.moshi.Json;

public class Pupil {
    @Json(name = "pupil_name")
    String name;
    @Json(name = "guardian_phone")
    String phone;
}
