"""A folder of Java source gives the tables that dex gives, quoted in the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.artifacts import ARTIFACTS
from witnessmark.facts.tables.code import CALLS, STRING_USES
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.model.evidence import Evidence
from witnessmark.package.open import open_input

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.example">
    <application>
        <receiver android:name="org.example.Admin.Events"/>
        <activity android:name=".Missing.Screen"/>
    </application>
</manifest>
"""
SOURCE = """package org.example;

import android.app.admin.DeviceAdminReceiver;
import android.content.Context;
import android.content.Intent;

public class Admin {
    public static class Events extends DeviceAdminReceiver {
        @Override
        public void onReceive(Context context, Intent intent) {
            context.getSharedPreferences("state", 0).edit().putString("wiped", "no").apply();
        }
    }
}
"""


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    sources = tmp_path / "tree" / "sources" / "org" / "example"
    sources.mkdir(parents=True)
    (sources / "Admin.java").write_text(SOURCE)
    resources = tmp_path / "tree" / "resources"
    resources.mkdir()
    (resources / "AndroidManifest.xml").write_text(MANIFEST)
    return build_facts(open_input([tmp_path / "tree"]))


def test_components_that_a_decompiler_names_with_dots(facts: Facts) -> None:
    rows = list(facts.table(COMPONENTS).rows("kind", "class_name", "type"))[1:]
    assert [row[:2] for row in rows] == [
        ("receiver", "org.example.Admin$Events"),
        ("activity", "org.example.Missing.Screen"),
    ]
    assert [row[2] >= 0 for row in rows] == [True, False]


def test_calls_and_texts(facts: Facts) -> None:
    calls = [facts.method_signature(row) for (row,) in facts.table(CALLS).rows("callee")]
    assert (
        "Landroid/content/SharedPreferences$Editor;->putString(Ljava/lang/String;"
        "Ljava/lang/String;)Landroid/content/SharedPreferences$Editor;"
    ) in calls
    texts = {facts.string(row) for (row,) in facts.table(STRING_USES).rows("string")}
    assert texts == {"state", "wiped", "no"}


def test_texts_are_quoted_in_the_source(facts: Facts) -> None:
    for (row,) in facts.table(STRING_USES).rows("string"):
        quoted = facts.quote_string("a text", row)
        assert quoted.at is not None
        assert quoted.at.member[-1].endswith("Admin.java")
        start, end = quoted.at.offset, quoted.at.offset + quoted.at.length
        assert SOURCE.encode()[start:end].decode() == quoted.excerpt == facts.string(row)


def test_pages_are_named_as_in_the_app(tmp_path: Path) -> None:
    page = tmp_path / "tree" / "resources" / "assets" / "form.html"
    page.parent.mkdir(parents=True)
    page.write_text("<html><body><input name='nid'></body></html>")
    (tmp_path / "tree" / "resources" / "AndroidManifest.xml").write_text(MANIFEST)
    found = build_facts(open_input([tmp_path / "tree"]))
    names = {found.member_name(row) for row in range(len(found.table(ARTIFACTS)))}
    assert "assets/form.html" in names
    assert "resources/AndroidManifest.xml" in names


def test_missing_classes_are_one_gap(tmp_path: Path) -> None:
    sources = tmp_path / "tree" / "org" / "example"
    sources.mkdir(parents=True)
    for name in ("One", "Two"):
        (sources / f"{name}.java").write_text(
            f"package org.example; import gone.Helper; class {name} {{"
            " void f() { new Helper().go().on(); Helper.stop(org.gone.Other.now()); } }"
        )
    found = build_facts(open_input([tmp_path / "tree"])).gaps
    (gap,) = [gap for gap in found if "not here" in gap.why]
    assert gap.at == "tree/"
    assert gap.why == (
        "2 classes that the source names are not here, so what they do, take and return was not "
        "read: gone.Helper (2 files), org.gone.Other (2 files)"
    )
    assert not [gap for gap in found if gap.at.endswith(".java")]


def test_constants_are_quoted_where_they_are_used_with_what_they_say(tmp_path: Path) -> None:
    files = {
        "Sizes.java": 'package q; public class Sizes { public static final String KEY = "phone" + 1; }',
        "Use.java": "package p; class Use { void f(java.io.Writer w) { w.write(q.Sizes.KEY); } }",
        "Again.java": 'package p; class Again { void f(java.io.Writer w) { w.write("phone1"); } }',
    }
    sources = tmp_path / "tree"
    sources.mkdir()
    for name, text in files.items():
        (sources / name).write_text(text)
    found = build_facts(open_input([sources]))
    ((string, method, pc), again) = found.table(STRING_USES).rows("string", "method", "pc")
    if "Again" in found.method_signature(method):
        (string, method, pc), again = again, (string, method, pc)
    place = {"method": found.method_signature(method), "pc": pc}
    quoted = found.quote_string("a text", string, place)
    assert quoted.says == (
        "a text; the source has a constant\u2019s name here, which stands for \u201cphone1\u201d"
    )
    assert _stands(quoted) == ("Use.java", "q.Sizes.KEY")
    (written,) = quoted.because
    assert _stands(written) in (("Sizes.java", '"phone" + 1'), ("Again.java", "phone1"))
    literal = found.quote_string("a text", string, {"method": found.method_signature(again[1])})
    assert _stands(literal)[0] == "Again.java"
    assert literal.because == ()


def _stands(one: Evidence) -> tuple[str, str]:
    assert one.at is not None
    return one.at.member[-1], one.excerpt
