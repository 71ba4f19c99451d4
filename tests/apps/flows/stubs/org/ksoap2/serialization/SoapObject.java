package org.ksoap2.serialization;
public class SoapObject {
    public SoapObject(String space, String name) { }
    public SoapObject addProperty(String name, Object value) { return this; }
}
