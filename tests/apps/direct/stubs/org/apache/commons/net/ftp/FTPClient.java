package org.apache.commons.net.ftp;

/** As the library declares it. */
public class FTPClient {
    public void connect(String host) {}

    public boolean login(String user, String password) {
        return false;
    }

    public boolean storeFile(String name, java.io.InputStream content) {
        return false;
    }

    public void disconnect() {}
}
