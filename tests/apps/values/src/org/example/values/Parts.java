package org.example.values;

/** Pieces of addresses; the first two are constants, the third is made when the class starts. */
final class Parts {
    static final String SCHEME = "http://";
    static final String DOMAIN = ".example.invalid";
    static String host = "started";

    static String started() {
        return host + DOMAIN;
    }

    private Parts() {}
}
