package com.lzy.okgo.request.base;
public class Request<T, R extends Request> {
    public R headers(String name, String value) {
        return null;
    }
    public R params(String name, String value, boolean... replace) {
        return null;
    }
    public void execute(Object callback) {}
}
