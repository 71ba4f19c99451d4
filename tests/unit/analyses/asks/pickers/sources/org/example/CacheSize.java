package org.example;

import android.content.Context;

public class CacheSize {
    public static String of(Context context) {
        return context.getCacheDir().length() + " MB";
    }
}
