package org.example.lists;

import android.content.Context;
import android.content.pm.PackageInfo;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Compares files and apps of the device with lists of the app. */
class Scanner {
    private static final String[] CHATS = {
        "com.example.alpha", "com.example.beta", "com.example.gamma", "com.example.delta", "org.example.epsilon",
        "net.example.zeta", "com.example.eta", "com.example.theta", "org.example.iota",
    };
    private final Set<String> known = new HashSet<>();

    static Set<String> lines(InputStream in) throws IOException {
        Set<String> found = new HashSet<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            found.add(line.trim());
        }
        return found;
    }

    int files(Context context, File folder) throws Exception {
        known.addAll(lines(context.getAssets().open("files.md5")));
        known.addAll(lines(new GZIPInputStream(context.getAssets().open("packed.dat"))));
        int hits = 0;
        for (File one : folder.listFiles()) {
            byte[] data = new byte[(int) one.length()];
            new FileInputStream(one).read(data);
            StringBuilder hex = new StringBuilder();
            for (byte part : MessageDigest.getInstance("MD5").digest(data)) {
                hex.append(String.format("%02x", part));
            }
            if (known.contains(hex.toString())) {
                hits++;
            }
        }
        return hits;
    }

    int apps(Context context) {
        int hits = 0;
        for (PackageInfo one : context.getPackageManager().getInstalledPackages(0)) {
            for (String name : CHATS) {
                if (name.equals(one.packageName)) {
                    hits++;
                }
            }
        }
        return hits;
    }
}
