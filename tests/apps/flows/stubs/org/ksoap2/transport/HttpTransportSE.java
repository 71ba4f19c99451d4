package org.ksoap2.transport;
import org.ksoap2.serialization.SoapSerializationEnvelope;
public class HttpTransportSE {
    public HttpTransportSE(String address) { }
    public void call(String action, SoapSerializationEnvelope envelope) throws Exception { }
}
