package com.google.gson.annotations;
import java.lang.annotation.*;
@Retention(RetentionPolicy.RUNTIME)
public @interface SerializedName {
    String value();
}
