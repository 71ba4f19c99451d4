package org.example.flows.threads;

import android.app.Activity;
import android.content.Context;
import android.os.AsyncTask;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

/** What a task returns: to the method that follows it, and to who waits for it. */
public class Task extends Activity {
    static class Read extends AsyncTask<Context, Void, String> {
        @Override
        protected String doInBackground(Context... where) {
            return Device.phone(where[0]).getSimSerialNumber();
        }

        @Override
        protected void onPostExecute(String card) {
            Log.d("task", card);
        }
    }

    static class Quiet extends AsyncTask<String, Void, String> {
        @Override
        protected String doInBackground(String... given) {
            return given[0] + "!";
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Read().execute(this);
    }

    @Override
    protected void onStart() {
        super.onStart();
        try {
            Net.post(new Quiet().execute(Device.phone(this).getDeviceId()).get());
        } catch (Exception problem) {
            finish();
        }
    }
}
