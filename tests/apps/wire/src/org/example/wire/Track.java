package org.example.wire;

import com.google.protobuf.GeneratedMessageLite;

/** As the protocol compiler writes it. */
public final class Track extends GeneratedMessageLite<Track, Object> {
    public static final int DEVICE_ID_FIELD_NUMBER = 1;
    private int bitField0_;
    private String deviceId_ = "";
    private double longitude_;
    private double latitude_;

    public String getDeviceId() {
        return bitField0_ + deviceId_ + longitude_ + latitude_;
    }
}
