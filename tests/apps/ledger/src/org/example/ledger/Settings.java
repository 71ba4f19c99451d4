package org.example.ledger;

import android.content.Context;
import android.content.SharedPreferences;

class Settings {
    static void remember(Context context, String who) {
        SharedPreferences kept = context.getSharedPreferences("operator", 0);
        kept.edit().putString("police_id", who).putBoolean("signed_in", true).apply();
        if (kept.getString("last_village", "").length() > 3) {
            kept.edit().putLong("last_upload", 1L).commit();
        }
    }
}
