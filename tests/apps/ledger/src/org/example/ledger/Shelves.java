package org.example.ledger;

import android.content.Context;
import android.os.Environment;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Where things are put. */
class Shelves {
    static void report(String who) throws IOException {
        String path = Environment.getExternalStorageDirectory() + "/ledger/report_" + who + ".html";
        FileWriter writer = new FileWriter(path, true);
        writer.write("<html>");
        writer.close();
    }

    static void notes(Context context, String who) throws IOException {
        OutputStream out = context.openFileOutput("notes.txt", Context.MODE_WORLD_READABLE);
        out.write(who.getBytes());
        out.close();
        File folder = new File(context.getFilesDir(), "visits");
        folder.mkdirs();
        FileOutputStream visit = new FileOutputStream(new File(folder, "last.json"));
        visit.write(1);
        visit.close();
    }

    static int read(Context context) throws IOException {
        FileInputStream in = context.openFileInput("notes.txt");
        FileInputStream photo = new FileInputStream("/sdcard/ledger/photos/face.jpg");
        return in.read() + photo.read();
    }

    static void tidy(Context context) {
        new File(new File(context.getFilesDir(), "visits"), "last.json").delete();
    }

    /** Look-alikes: what the system keeps, and a path of which nothing is known. */
    static String system() throws IOException {
        return new BufferedReader(new FileReader("/proc/cpuinfo")).readLine();
    }
}
