package org.example.flows.forms;

import android.app.Activity;
import android.app.DatePickerDialog;
import android.os.Bundle;
import android.widget.DatePicker;
import java.io.IOException;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.DefaultHttpClient;

public class BirthDate extends Activity implements DatePickerDialog.OnDateSetListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new DatePickerDialog(this, this, 1980, 0, 1).show();
    }

    @Override
    public void onDateSet(DatePicker picker, int year, int month, int day) {
        final String date = year + "-" + (month + 1) + "-" + day;
        new Thread(new Runnable() {
            @Override
            public void run() {
                upload(date);
            }
        }).start();
    }

    private static void upload(String date) {
        try {
            HttpClient client = new DefaultHttpClient();
            HttpPost post = new HttpPost("http://collect.example/born");
            post.setEntity(new StringEntity(date, "UTF-8"));
            client.execute(post);
        } catch (IOException ignored) {
            return;
        }
    }
}
