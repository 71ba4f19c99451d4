package org.ksoap2.serialization;
public class SoapSerializationEnvelope extends org.ksoap2.SoapEnvelope {
    public SoapSerializationEnvelope(int version) {}
}
