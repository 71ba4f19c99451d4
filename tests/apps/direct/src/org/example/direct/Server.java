package org.example.direct;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Talks to databases on servers, with no service between. */
final class Server {
    private Server() {}

    /** Writes a row through a prepared statement. */
    static void register(String number, String room) throws Exception {
        Class.forName("com.mysql.jdbc.Driver");
        Connection server = DriverManager.getConnection(
            "jdbc:mysql://192.168.7.20:3306/clinic?useSSL=false", "ward", "not-a-secret");
        PreparedStatement row = server.prepareStatement(
            "INSERT INTO patients (id_number, room) VALUES (?, ?)");
        row.setString(1, number);
        row.setString(2, room);
        row.executeUpdate();
    }

    /** Asks with what was entered inside the statement. */
    static String lastSeen(String number) throws Exception {
        Connection server = DriverManager.getConnection(
            "jdbc:jtds:sqlserver://db.example.invalid:1433/clinic;user=sa;password=not-a-secret");
        Statement asks = server.createStatement();
        ResultSet rows = asks.executeQuery(
            "SELECT last_seen, phone FROM visitors WHERE id_number = '" + number + "'");
        return rows.getString("last_seen");
    }

    /** The name of a server behind a sign of its own. */
    static void old() throws Exception {
        DriverManager.getConnection("jdbc:oracle:thin:@10.9.8.7:1521:orcl", "ward", "none");
    }

    /** A database without tables. */
    static void wards() {
        new com.mongodb.MongoClient("wards.example.invalid", 27017);
    }
}
