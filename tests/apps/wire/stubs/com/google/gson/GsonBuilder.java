package com.google.gson;

public class GsonBuilder {
    public GsonBuilder setFieldNamingPolicy(FieldNamingPolicy policy) {
        return this;
    }

    public Gson create() {
        return null;
    }
}
