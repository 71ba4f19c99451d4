package com.google.gson;

public enum FieldNamingPolicy {
    IDENTITY, UPPER_CAMEL_CASE, LOWER_CASE_WITH_UNDERSCORES
}
