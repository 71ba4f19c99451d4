package org.apache.commons.net;
public class SocketClient {
    public void connect(String host, int port) {}
}
