package org.example.helper;

import android.view.View;

/** Nothing is seen to make it. */
class Binder {
    private Main main;

    void doClick(View view) {
        main.onClick(view);
    }
}
