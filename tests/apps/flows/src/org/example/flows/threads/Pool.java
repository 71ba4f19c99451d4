package org.example.flows.threads;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.example.flows.Device;
import org.example.flows.Net;

/** Lambdas: one task sends, another one's answer is waited for. */
public class Pool extends Activity {
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String number = Device.phone(this).getLine1Number();
        pool.execute(() -> Net.post(number));
    }

    @Override
    protected void onStart() {
        super.onStart();
        Callable<String> task = () -> Device.phone(this).getSubscriberId();
        Future<String> answer = pool.submit(task);
        try {
            Log.d("pool", answer.get());
        } catch (Exception problem) {
            finish();
        }
    }
}
