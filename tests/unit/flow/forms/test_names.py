"""Names under which values stand in texts."""

from __future__ import annotations

import pytest

from witnessmark.flow.forms.names import MARK, Named, names_in, sql_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"username={MARK}&password={MARK}", [(0, "username"), (1, "password")]),
        (f"http://h.example/q?id={MARK}", [(0, "id")]),
        (f'{{"name":"{MARK}","age":{MARK}}}', [(0, "name"), (1, "age")]),
        (f"<data><iCode>{MARK}</iCode></data>", [(0, "iCode")]),
        (f"<n><![CDATA[{MARK}]]></n>", [(0, "n")]),
        (f"insert into p (a, b) values ('{MARK}', '{MARK}')", [(0, "a"), (1, "b")]),
        (f"update p set name = '{MARK}' where id={MARK}", [(0, "name"), (1, "id")]),
        (f"select * from p where name like '%{MARK}%'", [(0, "name")]),
        (f"Welcome back, {MARK}!", []),
        (f"a = b, {MARK}", []),
    ],
)
def test_names_are_read_off_the_text_around(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.number, one.name) for one in names_in(text)] == expected


def test_columns_of_an_insert_follow_their_marks() -> None:
    sql = "insert into tb (id, name, made) values (?, ?, datetime('now', ?))"
    assert list(sql_names(sql, "?")) == [
        Named(0, "column", "id", "tb"),
        Named(1, "column", "name", "tb"),
        Named(2, "column", "made", "tb"),
    ]


def test_conditions_name_columns_without_their_table() -> None:
    assert [one.name for one in sql_names("select a from t where t.b >= ? and c = ?", "?")] == [
        "b",
        "c",
    ]
