package org.example.flows.parts;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** Two extras of one intent; the next screen logs each in a method of its own. */
public class Extras extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Intent next = new Intent(this, Next.class);
        next.putExtra("number", Device.phone(this).getLine1Number());
        next.putExtra("word", "plain");
        startActivity(next);
    }

    public static class Next extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            Log.d("extra", getIntent().getStringExtra("number"));
        }

        @Override
        protected void onResume() {
            super.onResume();
            Log.d("extra", getIntent().getStringExtra("word"));
        }
    }
}
