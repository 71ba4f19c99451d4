package org.example.helper;

import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;

/** Keeps the call that is sent. */
class Asked {
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private final Base posted;
    private Call call;

    Asked(Base posted) {
        this.posted = posted;
    }

    void execute(Callback callback) {
        call = CLIENT.newCall(posted.generate());
        Sender.send(this, callback);
    }

    Call call() {
        return call;
    }
}
