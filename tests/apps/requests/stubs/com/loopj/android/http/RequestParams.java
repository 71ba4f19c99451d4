package com.loopj.android.http;
public class RequestParams {
    public void put(String name, String value) {}
    public void put(String name, java.io.File file) {}
}
