package org.example.flows.forms;

import android.app.Activity;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.EditText;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.NameValuePair;
import org.apache.http.client.HttpClient;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.message.BasicNameValuePair;
import android.os.AsyncTask;

/** Name and password are checked on a server and kept in the settings. */
public class Login extends Activity implements View.OnClickListener {
    private EditText name;
    private EditText password;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        name = new EditText(this);
        password = new EditText(this);
        Button enter = new Button(this);
        enter.setOnClickListener(this);
        setContentView(enter);
    }

    @Override
    public void onClick(View button) {
        String who = name.getText().toString();
        new Check(this).execute(who, password.getText().toString());
        SharedPreferences settings = getSharedPreferences("login", MODE_PRIVATE);
        settings.edit().putString("who", who).commit();
    }

    static class Check extends AsyncTask<String, Void, Boolean> {
        private final Activity screen;

        Check(Activity screen) {
            this.screen = screen;
        }

        @Override
        protected Boolean doInBackground(String... given) {
            List<NameValuePair> pairs = new ArrayList<NameValuePair>(2);
            pairs.add(new BasicNameValuePair("user", given[0]));
            pairs.add(new BasicNameValuePair("pass", given[1]));
            try {
                HttpPost post = new HttpPost("http://collect.example/login");
                post.setEntity(new UrlEncodedFormEntity(pairs));
                HttpClient client = new DefaultHttpClient();
                return client.execute(post) != null;
            } catch (Exception problem) {
                return Boolean.FALSE;
            }
        }

        @Override
        protected void onPostExecute(Boolean well) {
            if (well) {
                screen.finish();
            }
        }
    }
}
