"""What lies behind a bound is a gap."""

from __future__ import annotations

import pytest

from unit.facts.made_facts import facts_of
from witnessmark.analyses.bounded import first, too_large
from witnessmark.analyses.marks import _books_in_files, _contents, _keys, _row_sets
from witnessmark.analyses.marks._books_in_files import file_books
from witnessmark.analyses.marks._contents import contents
from witnessmark.analyses.marks._keys import Candidate, Keys
from witnessmark.analyses.marks._row_sets import row_sets
from witnessmark.analyses.runner import run_analyses
from witnessmark.analyses.sends import _named_hosts
from witnessmark.analyses.sends._named_hosts import named_hosts
from witnessmark.analyses.sends._some import some
from witnessmark.facts.view import Facts
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.host_keys import HostKey
from witnessmark.knowledge.packs.web_files import WebFile

LIST = '{"kinds": {"1": "One", "2": "Two", "3": "Three", "4": "Four"}}'
SETTINGS = "server_host=care.sample.test\nserver_port=8080\n"
ROWS = "name,card,street\na,11,north\nb,12,south\nc,13,north\n"
FILES = {"assets/kinds.json": LIST, "assets/app.properties": SETTINGS, "assets/rows.csv": ROWS}
MADE = facts_of(files=FILES)


def whys(app: Facts) -> list[str]:
    return [gap.why for gap in app.left_out]


def fresh() -> Facts:
    """The same app with nothing left out yet."""
    return Facts(MADE.tables(), MADE.blob)


def test_the_first_of_a_list_and_a_gap() -> None:
    app = fresh()
    assert first(app, [1, 2], 2, "things", "here", ("asks",)) == [1, 2]
    assert whys(app) == []
    assert first(app, [1, 2, 3], 2, "things", "here", ("asks",)) == [1, 2]
    assert first(app, [1], 0, "things", "here", ("asks",)) == []
    assert whys(app) == [
        "of 3 things only the first 2 were looked at", "1 things were not looked at",
    ]  # fmt: skip
    assert set(run_analyses(app, load(set()), ()).gaps) == set(app.left_out)
    assert app.with_tables({}).left_out == app.left_out


def test_sizes() -> None:
    app = fresh()
    assert not too_large(app, 5, 5, "here", ("asks",))
    assert too_large(app, 6, 5, "here", ("asks",))
    assert whys(app) == ["its 6 bytes are more than is looked at for this"]


def test_lists_of_a_subject_that_are_told_in_part() -> None:
    assert some("values", [1, 2], 2) == {"values": [1, 2]}
    assert some("values", [1, 2, 3], 2) == {"values": [1, 2], "values_in_all": 3}


@pytest.mark.parametrize(("limit", "value"), [("LARGEST", 1), ("MOST", 1)])
def test_named_hosts(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    know = load({"host_keys", "web_files"})
    keys, kinds = know.entries("host_keys", HostKey), know.entries("web_files", WebFile)
    whole = fresh()
    list(named_hosts(whole, keys, kinds))
    assert whole.left_out == ()
    monkeypatch.setattr(_named_hosts, limit, value)
    app = fresh()
    list(named_hosts(app, keys, kinds))
    assert any(gap.at.endswith("assets/app.properties") for gap in app.left_out)


@pytest.mark.parametrize(("limit", "value"), [("LARGEST", 1), ("MOST", 1)])
def test_code_books_in_files(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fresh()
    list(file_books(whole))
    assert whole.left_out == ()
    monkeypatch.setattr(_books_in_files, limit, value)
    app = fresh()
    list(file_books(app))
    assert any(gap.at.endswith("assets/kinds.json") for gap in app.left_out)


def test_lists_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_row_sets, "MOST_SETS", 0)
    app = fresh()
    found = [one for content in contents(app, ()) for one in row_sets(app, content)]
    assert found == []
    assert "only the first 0 lists of rows in this file were looked at" in whys(app)


def test_files_that_are_too_large_for_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_contents, "LARGEST", 50)
    app = fresh()
    contents(app, ())
    assert any(gap.at.endswith("assets/kinds.json") for gap in app.left_out)


class Made(Keys):
    """Keys of an app with one candidate and no ciphers."""

    _candidates = (Candidate(b"secret", MADE.quote("a key", 0, 0, 4, "hex")),)
    _masks = ()
    _ciphers = ()
    _passphrases = ()


def test_files_that_are_not_tried_with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_keys, "MOST_FILES", 1)
    app = fresh()
    keys = Made(app, ())
    assert list(keys.decrypted(memoryview(b"\x01" * 64))) == []
    assert app.left_out == ()
    assert list(keys.decrypted(memoryview(b"\x02" * 64))) == []
    assert whys(app) == [_keys.TOO_MANY_FILES]
