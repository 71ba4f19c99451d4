package com.baidu.location;
public interface BDLocationListener { void onReceiveLocation(BDLocation place); }
