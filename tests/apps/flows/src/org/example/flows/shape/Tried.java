package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.io.IOException;
import org.example.flows.Device;

/** Exceptions of the app's own, causes, and what a finally block does. */
public class Tried extends Activity {
    static class CardException extends Exception {
        final String card;

        CardException(String card) {
            super("no card");
            this.card = card;
        }
    }

    private String last = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            read();
        } catch (CardException problem) {
            Log.d("field", problem.card);
        }
    }

    private void read() throws CardException {
        throw new CardException(Device.phone(this).getSimSerialNumber());
    }

    @Override
    protected void onStart() {
        super.onStart();
        try {
            last = Device.phone(this).getLine1Number();
            throw new IOException("closed");
        } catch (IOException problem) {
            Log.d("plain", problem.getMessage());
        } finally {
            Log.d("finally", last);
        }
    }

    @Override
    protected void onStop() {
        super.onStop();
        try {
            wrap();
        } catch (RuntimeException problem) {
            Log.e("cause", "failed", problem);
        }
    }

    private void wrap() {
        try {
            throw new IOException(Device.phone(this).getSubscriberId());
        } catch (IOException problem) {
            throw new RuntimeException(problem);
        }
    }
}
