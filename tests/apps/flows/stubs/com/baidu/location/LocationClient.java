package com.baidu.location;
import android.content.Context;
public final class LocationClient {
    public LocationClient(Context context) { }
    public void registerLocationListener(BDLocationListener listener) { }
    public void start() { }
}
