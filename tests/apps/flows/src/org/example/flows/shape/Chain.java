package org.example.flows.shape;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import org.example.flows.Device;

/** A list of the app's own, linked by hand. */
public class Chain extends Activity {
    static final class Link {
        final String what;
        final Link next;

        Link(String what, Link next) {
            this.what = what;
            this.next = next;
        }
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Link chain = new Link("a", new Link("b", new Link(Device.phone(this).getDeviceId(), null)));
        String last = "";
        for (Link at = chain; at != null; at = at.next) {
            last = at.what;
        }
        Log.d("chain", last);
    }
}
