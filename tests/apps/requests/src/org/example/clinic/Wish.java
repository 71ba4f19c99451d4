package org.example.clinic;

import org.json.JSONObject;

/** What is wanted of a server. */
class Wish {
    private String to;
    private JSONObject said;

    String getTo() {
        return to;
    }

    void setTo(String to) {
        this.to = to;
    }

    JSONObject getSaid() {
        return said == null ? new JSONObject() : said;
    }

    void setSaid(JSONObject said) {
        this.said = said;
    }
}
