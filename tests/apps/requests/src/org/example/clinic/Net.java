package org.example.clinic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.http.NameValuePair;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.message.BasicNameValuePair;

/** The app's own layer over a library: action and values come from its callers. */
final class Net {
    static final String BASE = "http://192.168.7.7:8090/clinic";

    static void post(String action, Map<String, String> values) throws Exception {
        HttpPost post = new HttpPost(BASE + action);
        List<NameValuePair> pairs = new ArrayList<NameValuePair>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            pairs.add(new BasicNameValuePair(value.getKey(), value.getValue()));
        }
        pairs.add(new BasicNameValuePair("version", "3"));
        post.addHeader("X-Unit", "ward-4");
        post.setEntity(new UrlEncodedFormEntity(pairs, "UTF-8"));
        new DefaultHttpClient().execute(post);
    }

    static void signIn(String user, String word) throws Exception {
        Map<String, String> values = new HashMap<String, String>();
        values.put("user", user);
        values.put("password", word);
        post("/login", values);
    }

    static void start(Call call) {
        call.execute();
    }

    static void call(OkHttpClient client, Request request) {
        client.newCall(request).execute();
    }

    private Net() {}
}
