package org.example.clinic;

import com.android.volley.Request;
import com.android.volley.RequestQueue;
import com.android.volley.toolbox.JsonObjectRequest;
import com.android.volley.toolbox.Volley;

/** The one queue of the app: it takes requests whose address it does not know. */
class Line {
    private static Line only;
    private RequestQueue waiting;

    static Line only() {
        if (only == null) {
            only = new Line();
        }
        return only;
    }

    private RequestQueue waiting() {
        if (waiting == null) {
            waiting = Volley.newRequestQueue(null);
        }
        return waiting;
    }

    <T> void add(Request<T> request) {
        waiting().add(request);
    }

    static void send(Wish wish) {
        only().add(new JsonObjectRequest(1, wish.getTo(), wish.getSaid(), null, null));
    }

    /** Nobody calls it, and what it would send where is not known: no finding. */
    static void fetch(Wish wish) {
        only().add(new JsonObjectRequest(0, wish.getTo(), null, null, null));
    }
}
