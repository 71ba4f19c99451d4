"""Constants within a method: told when every run brings them, left out otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.flow.small_app import SmallApp, main_class, plain_class, small_app
from witnessmark.facts.tables.code import CALLS
from witnessmark.flow.constants import array_elements, constant_arguments, enum_constants

QUERY = "call static Lx/Api;->query(Ljava/lang/String;ILjava/lang/Object;)V"
TEXT = "call static Lx/Api;->text(Ljava/lang/String;)V"
BUILDER = "Ljava/lang/StringBuilder;"
APPEND = f"call {BUILDER}->append(Ljava/lang/String;){BUILDER}"


def arguments(app: SmallApp, name: str) -> list[tuple[int, str, str]]:
    """Position, kind and text of what is known of the calls of a method."""
    calls = app.facts.table(CALLS)["callee"].tolist()
    rows = [row for row, callee in enumerate(calls) if app.facts.method_name(callee) == name]
    table = constant_arguments(app.facts, rows)
    return list(table.rows("position", "kind", "text"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (["string 姓名", "int 7", "int 0", QUERY], [(0, "string", "姓名"), (1, "int", "7"), (2, "null", "null")]),
        (["string a", "int -1", "type Lorg/example/Main;", QUERY], [(0, "string", "a"), (1, "int", "-1"), (2, "type", "Lorg/example/Main;")]),
        (["string a", "int 1", "sget Lx/Uris;->ALL:Landroid/net/Uri;", QUERY], [(0, "string", "a"), (1, "int", "1"), (2, "field", "Lx/Uris;->ALL:Landroid/net/Uri;")]),
        (["param 1", "int 1", "param 1", QUERY], [(1, "int", "1")]),
        (["string a", "int 5", "string b", "string c", "array [Ljava/lang/String; 2", QUERY], [(0, "string", "a"), (1, "int", "5"), (2, "list", '["b", "c"]')]),
        (["string a", "int 5", "string b", "param 1", "array [Ljava/lang/Object; 2", QUERY], [(0, "string", "a"), (1, "int", "5")]),
    ],
    ids=["text, number, null", "class", "field", "unknown", "list", "list with a hole"],
)  # fmt: skip
def test_arguments(tmp_path: Path, code: list[str], expected: list[tuple[int, str, str]]) -> None:
    assert arguments(small_app(tmp_path, [main_class(*code)]), "query") == expected


def test_built_text_is_derived(tmp_path: Path) -> None:
    code = [f"new {BUILDER}", f"call {BUILDER}-><init>()V", "string SELECT ", APPEND,
            "string name", APPEND, f"call {BUILDER}->toString()Ljava/lang/String;", TEXT]  # fmt: skip
    app = small_app(tmp_path, [main_class(*code)])
    assert arguments(app, "text") == [(0, "derived", "SELECT name")]


def test_built_text_with_a_hole_is_not_told(tmp_path: Path) -> None:
    code = [f"new {BUILDER}", f"call {BUILDER}-><init>()V", "string SELECT ", APPEND,
            "call static Lx/Api;->name()Ljava/lang/String;", APPEND,
            f"call {BUILDER}->toString()Ljava/lang/String;", TEXT]  # fmt: skip
    assert arguments(small_app(tmp_path, [main_class(*code)]), "text") == []


def test_builder_given_away_is_not_told(tmp_path: Path) -> None:
    code = [f"new {BUILDER}", f"call {BUILDER}-><init>()V", "string a", APPEND,
            f"call static Lx/Api;->extend({BUILDER}){BUILDER}",
            f"call {BUILDER}->toString()Ljava/lang/String;", TEXT]  # fmt: skip
    assert arguments(small_app(tmp_path, [main_class(*code)]), "text") == []


def test_address_parsed_from_a_constant_is_derived(tmp_path: Path) -> None:
    parse = "call static Landroid/net/Uri;->parse(Ljava/lang/String;)Landroid/net/Uri;"
    show = "call static Lx/Api;->show(Landroid/net/Uri;)V"
    app = small_app(tmp_path, [main_class("string content://sms", parse, show)])
    assert arguments(app, "show") == [(0, "derived", "content://sms")]


def test_two_ways_to_a_call_tell_nothing_of_what_differs(tmp_path: Path) -> None:
    # the register holds a or b at the second call, depending on the branch
    code = ["string a", "param 1", "if join", TEXT, "string b", "join:", TEXT]
    app = small_app(tmp_path, [main_class(*code)])
    assert arguments(app, "text") == [(0, "string", "a")]


def test_array_of_texts_is_told_with_its_field(tmp_path: Path) -> None:
    code = ["string 汉族", "string 维吾尔族", "array [Ljava/lang/String; 2",
            "sput Lorg/example/Main;->names:[Ljava/lang/String;"]  # fmt: skip
    fields = [{"sig": "names:[Ljava/lang/String;"}]
    app = small_app(tmp_path, [main_class(*code, fields=fields)])
    rows = list(array_elements(app.facts).rows("position", "string", "field"))
    assert [(place, app.facts.string(string)) for place, string, _ in rows] == [
        (0, "汉族"), (1, "维吾尔族"),
    ]  # fmt: skip
    assert {app.facts.field_signature(field) for _, _, field in rows} == {
        "Lorg/example/Main;->names:[Ljava/lang/String;"
    }


def enum_class(*code: str) -> dict[str, object]:
    """An enum with the given initialiser and two fields."""
    return {
        "name": "org.example.Kind", "extends": "java.lang.Enum", "access": "public final enum",
        "fields": [
            {"sig": "A:Lorg/example/Kind;", "access": "public static final enum"},
            {"sig": "B:Lorg/example/Kind;", "access": "public static final enum"},
        ],
        "methods": [{"sig": "<clinit>()V", "code": list(code)}],
    }  # fmt: skip


MAKE = "call Lorg/example/Kind;-><init>(Ljava/lang/String;IILjava/lang/String;)V"


def test_enum_constants_with_codes_and_labels(tmp_path: Path) -> None:
    kind = enum_class(
        "new Lorg/example/Kind;", "string A", "int 0", "int 30", "string 重点人员", MAKE,
        "sput Lorg/example/Kind;->A:Lorg/example/Kind;",
        "new Lorg/example/Kind;", "string B", "int 1", "int 31", "sget Lx/C;->t:Ljava/lang/String;",
        MAKE, "sput Lorg/example/Kind;->B:Lorg/example/Kind;",
    )  # fmt: skip
    app = small_app(tmp_path, [main_class("return"), kind])
    table, gaps = enum_constants(app.facts)
    assert gaps == ()
    assert list(table.rows("name", "ordinal", "position", "kind", "text")) == [
        ("A", 0, 0, "int", "30"), ("A", 0, 1, "string", "重点人员"),
        ("B", 1, 0, "int", "31"), ("B", 1, 1, "field", "Lx/C;->t:Ljava/lang/String;"),
    ]  # fmt: skip


def test_enum_that_cannot_be_read_is_a_gap(tmp_path: Path) -> None:
    kind = enum_class("call static Lx/C;->make()Lorg/example/Kind;",
                      "sput Lorg/example/Kind;->A:Lorg/example/Kind;")  # fmt: skip
    table, gaps = enum_constants(small_app(tmp_path, [main_class("return"), kind]).facts)
    assert len(table) == 0
    assert [gap.at for gap in gaps] == ["org.example.Kind"]


def test_class_that_is_no_enum_has_no_constants(tmp_path: Path) -> None:
    app = small_app(tmp_path, [main_class("return"), plain_class("Kind", "<clinit>()V")])
    table, gaps = enum_constants(app.facts)
    assert (len(table), gaps) == (0, ())
