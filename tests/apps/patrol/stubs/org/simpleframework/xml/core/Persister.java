package org.simpleframework.xml.core; public class Persister { public void write(Object o, java.io.Writer w) throws Exception{} public <T> T read(Class<T> c, java.io.InputStream i){return null;} }
