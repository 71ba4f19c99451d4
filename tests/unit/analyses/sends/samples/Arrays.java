package org.example;

import android.app.Activity;
import java.net.URL;

/** Addresses of our own in arrays: one that is used, one that nothing uses, and numbers that spell none. */
public class Arrays extends Activity {
    private static final byte[] HOST = {104, 116, 116, 112, 115, 58, 47, 47, 97, 46, 115, 97, 109, 112, 108, 101, 46, 116, 101, 115, 116, 47, 120};
    private static final char[] UNUSED = {'h', 't', 't', 'p', ':', '/', '/', '1', '0', '.', '1', '.', '2', '.', '3', '/', 'y'};
    private static final int[] WIDTHS = {58, 47, 47, 120, 200, 400};
    private static final byte[] SETTINGS = {1, 0, 11, '1', '0', '.', '2', '0', '.', '3', '0', '.', '4', '0', 0, 5, '1', '.', '2', '.', '3', '.', '4', 0};
    private static final byte[] WORD = {110, 111, 32, 58, 47, 47, 32, 104, 101, 114, 101};

    protected void onResume() {
        try {
            new URL(new String(HOST)).openConnection().getInputStream();
        } catch (Exception e) {
            finish();
        }
    }
}
