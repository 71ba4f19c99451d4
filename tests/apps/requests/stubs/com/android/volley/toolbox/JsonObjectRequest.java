package com.android.volley.toolbox;
import com.android.volley.Request;
import com.android.volley.Response;
import org.json.JSONObject;
public class JsonObjectRequest extends Request<JSONObject> {
    public JsonObjectRequest(int method, String url, JSONObject body, Response.Listener<JSONObject> done, Response.ErrorListener failed) {}
}
