package org.ksoap2.transport;
public class HttpTransportSE {
    public HttpTransportSE(String url, int timeout) {}
    public void call(String action, org.ksoap2.SoapEnvelope envelope) {}
}
