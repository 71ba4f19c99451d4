package org.example.helper;

import okhttp3.Callback;

/** Sends what it is given, whatever it is. */
class Sender {
    static void send(Asked asked, Callback callback) {
        asked.call().enqueue(callback);
    }
}
