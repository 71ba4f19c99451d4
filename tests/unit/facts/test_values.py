from __future__ import annotations

import pytest

from unit.facts.made_facts import facts_of
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES
from witnessmark.facts.values import Symbols, Values, framework_resources, framework_symbols
from witnessmark.formats.arsc import join
from witnessmark.formats.chunks import ValueType

INPUT_TYPES = {
    0x61: "textPersonName",
    0x1: "text",
    0x3: "phone",
    0x12: "numberPassword",
    0x2061: "textCapWords|textPersonName",
    0x80081: "textNoSuggestions|textPassword",
    0x0: "none",
}


@pytest.mark.parametrize("data", INPUT_TYPES)
def test_overlapping_flags_in_words(data: int) -> None:
    assert framework_symbols()["inputType"].read(data) == INPUT_TYPES[data]


def test_what_words_do_not_make_up_stays_a_number() -> None:
    assert framework_symbols()["inputType"].read(0x70000001) is None
    assert framework_symbols()["orientation"].read(7) is None
    assert Symbols(is_flags=False, words=((2, "b"), (1, "a"))).read(3) is None


def test_framework_references_by_name_or_by_number() -> None:
    values = Values(join(()))
    assert values.reference(0x0104000A) == "android:string/ok"
    assert values.text_of(0x0104000A) == "OK"
    assert values.reference(0x0104FFFF) == "android:string/0x0104ffff"
    assert values.text_of(0x0104FFFF) is None
    assert values.reference(0x7F010000) == "0x7f010000"
    assert values.spell(ValueType.REFERENCE, 0x0104000A) == "@android:string/ok"
    assert values.spell(ValueType.ATTRIBUTE, 0x7F010000) == "?0x7f010000"
    assert values.spell(ValueType.INT_BOOLEAN, 1) == "true"


def test_tables_of_the_framework_name_their_source_and_are_large() -> None:
    assert len(framework_resources()) > 1000
    assert len(framework_symbols()) > 100
    assert framework_resources()[0x0104000A] == ("string/ok", "OK")


def test_attributes_of_a_layout_in_words() -> None:
    facts = facts_of(
        strings={"title": "Full name"},
        layouts={
            "main": '<EditText xmlns:android="http://schemas.android.com/apk/res/android"'
            ' android:hint="@string/title" android:inputType="0x61" android:text="plain"/>'
        },
    )
    rows = {
        name: (namespace, value)
        for name, namespace, value in facts.table(XML_ATTRIBUTES).rows("name", "namespace", "value")
    }
    assert rows["hint"] == ("android", "@string/title")
    assert rows["inputType"] == ("android", "textPersonName")
    assert rows["text"] == ("android", "plain")
