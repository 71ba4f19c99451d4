package org.ksoap2.serialization;
public class SoapSerializationEnvelope {
    public Object bodyOut;
    public SoapSerializationEnvelope(int version) { }
    public void setOutputSoapObject(Object body) { }
}
