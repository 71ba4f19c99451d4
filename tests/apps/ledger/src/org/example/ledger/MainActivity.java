package org.example.ledger;

import android.app.Activity;
import android.os.Bundle;

public class MainActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String who = getIntent().getStringExtra("who");
        try {
            Shelves.report(who);
            Shelves.notes(this, who);
            Shelves.read(this);
            Shelves.tidy(this);
            Shelves.system();
            Settings.remember(this, who);
            new Store(this).getWritableDatabase().insert("t_person", null, Store.person(who));
        } catch (Exception e) {
            finish();
        }
    }
}
