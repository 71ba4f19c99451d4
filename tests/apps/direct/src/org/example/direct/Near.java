package org.example.direct;

import java.sql.Connection;
import java.sql.DriverManager;

/** Looks like it, and stays on the device, or is never used. */
final class Near {
    private Near() {}

    /** A file on the device through the same interface. */
    static Connection count() throws Exception {
        return DriverManager.getConnection("jdbc:sqldroid:/data/data/org.example.direct/local.db");
    }

    /** Its own class of that name. */
    static String named() {
        return DriverManager2.getConnection("jdbc:mysql://unused.example.invalid/none");
    }

    /** Gives back what it is given. */
    static final class DriverManager2 {
        private DriverManager2() {}

        static String getConnection(String text) {
            return text;
        }
    }
}
