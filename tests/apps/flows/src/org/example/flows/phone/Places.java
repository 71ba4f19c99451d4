package org.example.flows.phone;

import android.app.Service;
import android.content.Intent;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Bundle;
import android.os.IBinder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.util.Timer;
import java.util.TimerTask;

/** A listener writes each position to a socket; a timer sends the last one in a packet. */
public class Places extends Service implements LocationListener {
    @Override
    public void onCreate() {
        super.onCreate();
        final LocationManager manager = (LocationManager) getSystemService(LOCATION_SERVICE);
        manager.requestLocationUpdates("gps", 1000, 10, this);
        new Timer().schedule(new TimerTask() {
            @Override
            public void run() {
                Location last = manager.getLastKnownLocation("network");
                packet((last.getLatitude() + " " + last.getLongitude()).getBytes());
            }
        }, 0, 60000);
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    @Override
    public void onLocationChanged(Location place) {
        double latitude = place.getLatitude();
        double longitude = place.getLongitude();
        try {
            Socket socket = new Socket("collect.example", 7002);
            OutputStream out = socket.getOutputStream();
            out.write(("at " + latitude + "," + longitude).getBytes());
            socket.close();
        } catch (IOException ignored) {
            stopSelf();
        }
    }

    private static void packet(byte[] content) {
        try {
            DatagramSocket socket = new DatagramSocket();
            socket.send(new DatagramPacket(content, content.length));
            socket.close();
        } catch (IOException ignored) {
            return;
        }
    }

    @Override
    public void onStatusChanged(String provider, int status, Bundle extras) {
    }

    @Override
    public void onProviderEnabled(String provider) {
    }

    @Override
    public void onProviderDisabled(String provider) {
    }
}
