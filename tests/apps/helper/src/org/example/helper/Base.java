package org.example.helper;

import okhttp3.Request;

/** What all requests have. */
abstract class Base {
    final Request.Builder builder = new Request.Builder();
    private final Object tag;
    private final Object rules;
    private final int id;

    Base(String url, Object tag, Object rules, int id) {
        this.tag = tag;
        this.rules = rules;
        this.id = id;
        builder.url(url);
    }

    Asked build() {
        return new Asked(this);
    }

    abstract Request generate();
}
