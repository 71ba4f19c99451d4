package org.example.flows.spy;

import android.app.Activity;
import android.app.Notification;
import android.app.NotificationManager;
import android.content.ClipData;
import android.content.ClipboardManager;
import android.content.Intent;
import android.net.Uri;
import android.os.Bundle;
import org.example.flows.Device;

/** To other apps: shared as text, dialled, on the clipboard, in a notification. */
public class Shared extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Intent share = new Intent(Intent.ACTION_SEND);
        share.setType("text/plain");
        share.putExtra(Intent.EXTRA_TEXT, Device.phone(this).getDeviceId());
        startActivity(Intent.createChooser(share, "Share"));
    }

    @Override
    protected void onStart() {
        super.onStart();
        Uri number = Uri.parse("tel:" + Device.phone(this).getVoiceMailNumber());
        startActivity(new Intent(Intent.ACTION_CALL, number));
    }

    @Override
    protected void onResume() {
        super.onResume();
        ClipboardManager board = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
        board.setPrimaryClip(ClipData.newPlainText("n", Device.phone(this).getLine1Number()));
    }

    @Override
    protected void onStop() {
        super.onStop();
        Notification note = new Notification.Builder(this)
                .setContentTitle("Card")
                .setContentText(Device.phone(this).getSimSerialNumber())
                .build();
        NotificationManager notes = (NotificationManager) getSystemService(NOTIFICATION_SERVICE);
        notes.notify(1, note);
    }
}
