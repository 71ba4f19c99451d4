package org.xutils;

import android.app.Activity;

public final class x {
    private x() { }

    public static void inject(Activity activity) { }
}
