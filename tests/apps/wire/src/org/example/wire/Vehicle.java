package org.example.wire;

import com.alibaba.fastjson.annotation.JSONField;

public class Vehicle {
    @JSONField(name = "cphm")
    private String plate;
    @JSONField(name = "czxm")
    private String owner;
    @JSONField(serialize = false)
    private boolean open;

    public String getPlate() {
        return plate;
    }

    public String getOwner() {
        return open ? owner : "";
    }
}
