package org.example.flows.parts;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import org.example.flows.Device;
import org.example.flows.Net;

public class Result extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        startActivityForResult(new Intent(this, Asked.class), 5);
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        if (request == 5 && data != null) {
            Bundle told = data.getExtras();
            Net.post(told.getString("answer"));
        }
    }

    public static class Asked extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            Intent answer = new Intent();
            answer.putExtra("answer", Device.phone(this).getDeviceId());
            setResult(RESULT_OK, answer);
            finish();
        }
    }
}
