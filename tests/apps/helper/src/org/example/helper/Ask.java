package org.example.helper;

/** Collects what a request is made of. */
class Ask {
    String url;
    String content;
    Object tag;
    Object rules;
    Object titles;
    int id;
    int wait;

    Ask url(String url) {
        this.url = url;
        return this;
    }

    Ask content(String content) {
        this.content = content;
        return this;
    }

    Asked build() {
        return new Posted(url, content, tag, rules, titles, id, wait).build();
    }
}
