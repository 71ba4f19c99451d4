package org.example.helper;

import okhttp3.Request;
import okhttp3.RequestBody;

/** A request with a text as its body. */
class Posted extends Base {
    private final String content;
    private final Object titles;
    private final int wait;

    Posted(String url, String content, Object tag, Object rules, Object titles, int id, int wait) {
        super(url, tag, rules, id);
        this.content = content;
        this.titles = titles;
        this.wait = wait;
    }

    @Override
    Request generate() {
        return builder.post(RequestBody.create(null, content)).build();
    }
}
