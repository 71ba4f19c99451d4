package com.lzy.okgo;
public class OkGo {
    public static <T> com.lzy.okgo.request.PostRequest<T> post(String url) {
        return null;
    }
}
