package org.ksoap2;
public class SoapEnvelope {
    public Object bodyOut;
}
