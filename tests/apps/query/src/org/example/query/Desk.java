package org.example.query;

import android.net.Uri;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

/** Writes forms as the query of an address that is made for nothing else. */
class Desk {
    private Uri.Builder values;
    private String where;

    private static Uri.Builder add(List<String[]> listed) {
        Uri.Builder builder = new Uri.Builder();
        for (int i = 0; i < listed.size(); i++) {
            builder.appendQueryParameter(listed.get(i)[0], listed.get(i)[1]);
        }
        return builder;
    }

    private void send() throws Exception {
        write(where, values.build().getEncodedQuery());
    }

    private static void write(String where, String query) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(where).openConnection();
        connection.setRequestMethod("POST");
        BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(connection.getOutputStream(), "UTF-8"));
        writer.write(query);
        writer.close();
        connection.getResponseCode();
    }

    static void enter(String card, String name) throws Exception {
        Desk desk = new Desk();
        desk.where = "https://desk.example.invalid/enter.php";
        List<String[]> listed = new ArrayList<>();
        listed.add(new String[] {"card", card});
        listed.add(new String[] {"name", name});
        desk.values = add(listed);
        desk.send();
    }

    static void ask(String card) throws Exception {
        Uri.Builder builder = new Uri.Builder().appendQueryParameter("card", card);
        write("https://desk.example.invalid/ask.php", builder.build().getEncodedQuery());
    }

    static void hand(String unknown) throws Exception {
        write("https://desk.example.invalid/hand.php", unknown);
    }
}
