package org.example.flows.threads;

import android.app.Activity;
import android.os.Bundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.example.flows.Device;
import org.example.flows.Net;

/** One thread puts into a queue, another one takes out and sends. */
public class Queue extends Activity {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<String>();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Thread(this::drain).start();
        queue.add(Device.phone(this).getLine1Number());
    }

    private void drain() {
        try {
            while (true) {
                Net.post(queue.take());
            }
        } catch (InterruptedException stop) {
            finish();
        }
    }
}
