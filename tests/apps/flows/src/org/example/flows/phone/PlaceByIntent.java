package org.example.flows.phone;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.location.Location;
import android.location.LocationManager;
import org.example.flows.Net;

public class PlaceByIntent extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Location place = (Location) intent.getExtras().get(LocationManager.KEY_LOCATION_CHANGED);
        Net.post("at=" + place.getLatitude());
    }
}
