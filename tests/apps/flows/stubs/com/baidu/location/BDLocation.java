package com.baidu.location;
public final class BDLocation {
    public double getLatitude() { return 0; }
    public String getAddrStr() { return null; }
}
