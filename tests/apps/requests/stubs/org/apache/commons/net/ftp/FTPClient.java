package org.apache.commons.net.ftp;
public class FTPClient extends org.apache.commons.net.SocketClient {
    public boolean login(String user, String password) {
        return false;
    }
    public boolean storeFile(String name, java.io.InputStream data) {
        return false;
    }
}
