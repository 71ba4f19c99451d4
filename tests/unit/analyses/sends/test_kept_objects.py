"""Requests and maps that a field keeps from where it is made, filled where they are sent."""

from __future__ import annotations

from typing import Any

import pytest

from unit.analyses.sends.told import requests_of, source_tree

SOURCE = """
    package org.example;
    import android.app.Activity; import android.os.Bundle; import android.view.View;
    import android.widget.EditText; import com.loopj.android.http.*; import java.util.*;
    public class Main extends Activity implements View.OnClickListener {
        EditText surname;
        private RequestParams params = new RequestParams();
        private Map<String, String> map;
        private RequestParams several = new RequestParams();
        private RequestParams either;
        static String key = "";
        AsyncHttpClient client;
        public void onCreate(Bundle state) {
            surname = (EditText) findViewById(7);
            map = new HashMap<String, String>();
            map.put("kind", "visit");
            client = new AsyncHttpClient();
            findViewById(3).setOnClickListener(this);
            findViewById(4).setOnClickListener(this);
        }
        public void signedIn(String answer) { key = answer; }
        public void first() { either = new RequestParams(); either.put("one", "a"); }
        public void second() { either = new RequestParams(); either.put("two", "b"); }
        public void again() { several = Other.made(); }
        public void onClick(View view) {
            params.put("surname", surname.getText().toString());
            params.put("key", key);
            client.post("http://ward.sample.test/params", params, new AsyncHttpResponseHandler());
            map.put("room", surname.getText().toString());
            send("http://ward.sample.test/map", map);
            client.post("http://ward.sample.test/either", either, new AsyncHttpResponseHandler());
            client.post("http://ward.sample.test/several", several, new AsyncHttpResponseHandler());
        }
        void send(String url, Map<String, String> given) {
            RequestParams all = new RequestParams(given);
            client.post(url, all, new AsyncHttpResponseHandler());
        }
    }
"""
OTHER = """
    package org.example;
    class Other { static com.loopj.android.http.RequestParams made() { return Kept.last; } }
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, Any]]]:
    app = source_tree(tmp_path_factory.mktemp("kept"), {"Main": SOURCE, "Other": OTHER})
    rows = requests_of(app)
    return {row["path"]: {one["name"]: one for one in row["parameters"]} for row in rows}


def test_what_a_field_keeps_from_its_constructor(told: dict[str, dict[str, Any]]) -> None:
    assert set(told["/params"]) == {"surname", "key"}
    assert told["/params"]["surname"]["from"] == ["what is entered in surname"]


def test_an_empty_text_that_other_code_fills_is_no_value(told: dict[str, dict[str, Any]]) -> None:
    assert "values" not in told["/params"]["key"]


def test_what_one_other_method_makes(told: dict[str, dict[str, Any]]) -> None:
    assert {"kind", "room"} <= set(told["/map"])
    assert told["/map"]["kind"]["values"] == ["visit"]


@pytest.mark.parametrize("path", ["/several", "/either"])
def test_a_field_that_several_methods_write_is_not_known(
    path: str, told: dict[str, dict[str, Any]]
) -> None:
    assert set(told[path]) == set()
