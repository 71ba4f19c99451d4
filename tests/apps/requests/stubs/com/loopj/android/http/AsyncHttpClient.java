package com.loopj.android.http;
public class AsyncHttpClient {
    public Object post(String url, RequestParams params, ResponseHandlerInterface handler) {
        return null;
    }
}
