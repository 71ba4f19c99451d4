package org.example.flows.phone;

import android.app.Activity;
import android.net.wifi.ScanResult;
import android.net.wifi.WifiInfo;
import android.net.wifi.WifiManager;
import android.os.Bundle;
import android.telephony.gsm.GsmCellLocation;
import android.util.Log;
import org.example.flows.Device;
import org.example.flows.Net;

public class Radio extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WifiManager wifi = (WifiManager) getSystemService(WIFI_SERVICE);
        WifiInfo own = wifi.getConnectionInfo();
        Log.d("mac", own.getMacAddress());
        StringBuilder around = new StringBuilder();
        for (ScanResult one : wifi.getScanResults()) {
            around.append(one.SSID);
        }
        Net.post(around.toString());
    }

    @Override
    protected void onStop() {
        super.onStop();
        GsmCellLocation cell = (GsmCellLocation) Device.phone(this).getCellLocation();
        Log.d("cell", "cid " + cell.getCid());
    }
}
