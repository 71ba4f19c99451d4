package org.example.flows.parts;

import android.app.Activity;
import android.os.Bundle;
import android.os.Handler;
import android.os.Message;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

/** Two messages to one handler: one with an object, one with a bundle. */
public class Messages extends Activity {
    private final Handler handler = new Handler() {
        @Override
        public void handleMessage(Message message) {
            switch (message.what) {
                case 1:
                    Net.post((String) message.obj);
                    break;
                case 2:
                    Log.d("message", message.getData().getString("card"));
                    break;
                default:
                    break;
            }
        }
    };

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Message first = handler.obtainMessage(1, Device.phone(this).getLine1Number());
        handler.sendMessage(first);
    }

    @Override
    protected void onStop() {
        super.onStop();
        Message second = Message.obtain();
        second.what = 2;
        Bundle told = new Bundle();
        told.putString("card", Device.phone(this).getSimSerialNumber());
        second.setData(told);
        handler.sendMessageDelayed(second, 100);
    }
}
