package org.example.helper;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;

/** Asks by the helper; what reflection alone makes asks for the same. */
public class Main extends Activity implements View.OnClickListener {
    private String card;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new View(this).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        String text = "{\"card\":\"" + card + "\"}";
        new Ask().url("https://helper.example.invalid/visits").content(text).build().execute(null);
    }
}
