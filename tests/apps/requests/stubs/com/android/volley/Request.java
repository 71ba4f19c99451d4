package com.android.volley;
import java.util.Map;
public class Request<T> {
    protected Map<String, String> getParams() {
        return null;
    }
    public Map<String, String> getHeaders() {
        return null;
    }
}
