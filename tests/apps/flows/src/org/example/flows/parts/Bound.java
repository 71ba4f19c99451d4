package org.example.flows.parts;

import android.app.Activity;
import android.app.Service;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.ServiceConnection;
import android.os.Binder;
import android.os.Bundle;
import android.os.IBinder;
import android.util.Log;
import org.example.flows.Device;

public class Bound extends Activity implements ServiceConnection {
    private Keeper keeper;

    @Override
    protected void onStart() {
        super.onStart();
        bindService(new Intent(this, Keeper.class), this, Context.BIND_AUTO_CREATE);
    }

    @Override
    public void onServiceConnected(ComponentName name, IBinder binder) {
        keeper = ((Keeper.Door) binder).keeper();
        keeper.take(Device.phone(this).getSubscriberId());
    }

    @Override
    public void onServiceDisconnected(ComponentName name) {
        keeper = null;
    }

    public static class Keeper extends Service {
        private final IBinder door = new Door();

        class Door extends Binder {
            Keeper keeper() {
                return Keeper.this;
            }
        }

        @Override
        public IBinder onBind(Intent intent) {
            return door;
        }

        void take(String what) {
            Log.d("keeper", what);
        }
    }
}
