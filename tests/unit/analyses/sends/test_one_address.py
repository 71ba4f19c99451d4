"""Requests of several kinds to one address, by a helper that all of them use."""

from __future__ import annotations

from typing import Any

import pytest

from unit.analyses.sends.told import requests_of, source_tree

MAIN = """
    package org.example;
    import android.app.Activity; import android.os.Bundle; import com.loopj.android.http.*;
    public class Main extends Activity {
        public void onCreate(Bundle state) {
            Net.ask("login", "name", "ward", "password", "x");
            Net.ask("rename", "name", "ward", "nick", "x");
            Net.ask("visits", "room", "7", null, null);
            Net.ask("beds", "room", "7", null, null);
            RequestParams page = new RequestParams();
            page.put("page", "1");
            Net.send("http://ward.sample.test/pages", page);
            RequestParams next = new RequestParams();
            next.put("page", "2");
            next.put("size", "20");
            Net.send("http://ward.sample.test/pages", next);
            RequestParams sorted = new RequestParams();
            sorted.put("page", "3");
            Net.send("http://ward.sample.test/pages", sorted);
            RequestParams found = new RequestParams();
            found.put("text", state.getString("text"));
            Net.send("http://ward.sample.test/find", found);
        }
    }
"""
NET = """
    package org.example;
    import com.loopj.android.http.*;
    class Net {
        static void ask(String tag, String one, String first, String other, String second) {
            RequestParams params = new RequestParams();
            params.put("tag", tag);
            params.put(one, first);
            if (other != null) { params.put(other, second); }
            send("http://ward.sample.test/all", params);
        }
        static void send(String url, RequestParams params) {
            new AsyncHttpClient().post(url, params, new AsyncHttpResponseHandler());
        }
        static void unused(String card) {
            RequestParams params = new RequestParams();
            params.put("text", card);
            params.put("idcard", card);
            send("http://ward.sample.test/find", params);
        }
    }
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    rows = requests_of(source_tree(tmp_path_factory.mktemp("one"), {"Main": MAIN, "Net": NET}))
    found: dict[str, list[list[str]]] = {}
    for row in rows:
        found.setdefault(row["path"], []).append(_names(row))
    return {path: sorted(names) for path, names in found.items()}


def _names(row: dict[str, Any]) -> list[str]:
    return [one["name"] for one in row["parameters"]]


def test_a_word_tells_them_apart_and_the_same_names_stay_together(
    told: dict[str, list[list[str]]],
) -> None:
    assert told["/all"] == [
        ["tag", "name", "nick"], ["tag", "name", "password"], ["tag", "room"],
    ]  # fmt: skip


def test_numbers_tell_nothing_apart(told: dict[str, list[list[str]]]) -> None:
    assert told["/pages"] == [["page", "size"]]


def test_what_nothing_starts_adds_no_names(told: dict[str, list[list[str]]]) -> None:
    assert told["/find"] == [["text"], ["text", "idcard"]]
