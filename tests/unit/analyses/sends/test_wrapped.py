"""Bodies that an app wraps: objects in objects, JSON as the value of a form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from unit.analyses.sends.told import requests_of, source_tree

SOURCES = {
    "Head": "class Head { String token; int version; Head up; }",
    "Visit": "class Visit { String surname; String room; }",
    "Wrapped": """class Wrapped<T> { Head head; T body; Head last; String sign;
        void setBody(T body) { this.body = body; } }""",
    "Main": """
        import android.app.Activity; import android.os.Bundle; import android.widget.EditText;
        import com.google.gson.Gson; import java.io.DataOutputStream;
        import java.net.HttpURLConnection; import java.net.URL;
        public class Main extends Activity {
            EditText surname;
            public void onCreate(Bundle state) {
                surname = (EditText) findViewById(7);
                Visit visit = new Visit();
                visit.surname = surname.getText().toString();
                Head head = new Head();
                head.version = 3;
                Wrapped<Visit> all = new Wrapped<Visit>();
                all.head = head;
                all.setBody(visit);
                send("/wrapped", "param=" + new Gson().toJson(all));
                send("/plain", "note={" + surname.getText() + "&unit=4");
            }
            void send(String path, String body) {
                try {
                    URL url = new URL("https://ward.sample.test" + path);
                    HttpURLConnection way = (HttpURLConnection) url.openConnection();
                    way.setRequestMethod("POST");
                    DataOutputStream out = new DataOutputStream(way.getOutputStream());
                    out.writeBytes(body);
                    out.flush();
                    way.getInputStream();
                } catch (Exception error) { }
            }
        }""",
}


def parameters(folder: Path, path: str) -> dict[str, dict[str, Any]]:
    sources = {name: f"package org.example; {source}" for name, source in SOURCES.items()}
    rows = requests_of(source_tree(folder, sources))
    (told,) = [row for row in rows if row["path"] == path]
    return {one["name"]: one for one in told["parameters"]}


def test_objects_inside_an_object_tell_their_members(tmp_path: Path) -> None:
    told = parameters(tmp_path, "/wrapped")
    assert set(told) == {
        "param", "head.token", "head.version", "head.up", "body.surname", "body.room",
        "last", "sign",
    }  # fmt: skip
    assert told["head.version"]["values"] == ["3"]
    assert told["body.surname"]["inside"] == "param"
    assert told["body.surname"]["from"] == ["what is entered in a form"]


def test_a_value_of_a_form_that_is_no_json_has_no_members(tmp_path: Path) -> None:
    assert set(parameters(tmp_path, "/plain")) == {"note", "unit"}
