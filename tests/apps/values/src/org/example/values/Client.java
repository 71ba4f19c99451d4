package org.example.values;

import java.net.URL;

/** An address that is passed through a constructor and a field. */
class Client {
    private final String base;

    Client(String base) {
        this.base = base;
    }

    void send(String path) throws Exception {
        open(base + "/" + path);
    }

    private static void open(String address) throws Exception {
        new URL(address).openStream();
    }
}
