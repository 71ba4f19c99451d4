package org.example.values;

import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.os.AsyncTask;
import android.util.Base64;
import java.net.URL;

/** Addresses that one method keeps under a key, in a field or in a task, and another uses. */
public class Kept extends Activity {
    private String coded = "aHR0cDovL2tlcHQuZXhhbXBsZS5pbnZhbGlkL3Vw";
    private String server;

    private SharedPreferences settings() {
        return getSharedPreferences("settings", Context.MODE_PRIVATE);
    }

    @Override
    protected void onStart() {
        settings().edit().putString("server", coded).putString("name", getIntent().getDataString()).commit();
        server = new String(Base64.decode(settings().getString("server", ""), 0));
    }

    @Override
    protected void onResume() {
        super.onResume();
        kept();
        spare();
        unkept();
        hand();
        new Task("http://tasked.example.invalid/up").execute("id=7");
    }

    URL kept() {
        return open(server + "?kept");
    }

    URL spare() {
        return open(settings().getString("spare", "http://spare.example.invalid/") + "up");
    }

    URL unkept() {
        return open("http://unkept.example.invalid/" + settings().getString("name", null));
    }

    void hand() {
        startActivity(new Intent(this, Page.class).putExtra("address", "http://handed.example.invalid/"));
    }

    static URL open(String address) {
        try {
            return new URL(address);
        } catch (java.net.MalformedURLException error) {
            return null;
        }
    }

    /** Opens what it was handed. */
    public static class Page extends Activity {
        @Override
        protected void onStart() {
            open(getIntent().getStringExtra("address") + "up");
        }
    }

    /** Runs elsewhere. */
    static class Task extends AsyncTask<String, Void, String> {
        private final String address;

        Task(String address) {
            this.address = address;
        }

        @Override
        protected String doInBackground(String... given) {
            open(address + "?" + given[0]);
            return null;
        }
    }
}
