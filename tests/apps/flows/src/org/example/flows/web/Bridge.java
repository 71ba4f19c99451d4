package org.example.flows.web;

import android.app.Activity;
import android.content.Context;
import android.database.Cursor;
import android.os.Bundle;
import android.provider.ContactsContract;
import android.webkit.JavascriptInterface;
import android.webkit.WebView;

/** A page of the app asks for the address book through an object it was given. */
public class Bridge extends Activity {
    static class Door {
        private final Context context;

        Door(Context context) {
            this.context = context;
        }

        @JavascriptInterface
        public String people() {
            StringBuilder names = new StringBuilder();
            Cursor rows = context.getContentResolver().query(
                    ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
            while (rows.moveToNext()) {
                names.append(rows.getString(1)).append(',');
            }
            return names.toString();
        }

        @JavascriptInterface
        public String version() {
            return "1";
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.getSettings().setJavaScriptEnabled(true);
        page.addJavascriptInterface(new Door(this), "door");
        page.loadUrl("file:///android_asset/index.html");
    }
}
