package com.android.volley.toolbox;
import com.android.volley.RequestQueue;
public class Volley {
    public static RequestQueue newRequestQueue(android.content.Context context) {
        return null;
    }
}
