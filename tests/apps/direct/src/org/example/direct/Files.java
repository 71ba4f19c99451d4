package org.example.direct;

import java.io.InputStream;
import org.apache.commons.net.ftp.FTPClient;

/** Keeps its client and the name of the server in fields; who makes it says where to. */
final class Files {
    private final FTPClient client;
    private final FTPClient spare;
    private final String server;

    Files(String server) {
        this.server = server;
        client = new FTPClient();
        spare = new FTPClient();
    }

    void open(String user, String word) {
        client.connect(server);
        client.login(user, word);
    }

    void put(InputStream content) {
        client.storeFile("ward.csv", content);
    }

    /** Sends nothing. */
    void close() {
        spare.disconnect();
    }
}
