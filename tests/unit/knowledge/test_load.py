"""Packs are read strictly, and a mistake is told with file and entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.knowledge.check import problems_of
from witnessmark.knowledge.load import data_version, load, load_pack, read_file
from witnessmark.knowledge.packs.people import Category
from witnessmark.knowledge.schema import Entry, Rule
from witnessmark.model.errors import KnowledgeError


class Word(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule for tests: recognises one word."""

    word: str
    weight: int = 1

    def recognises(self, text: str) -> bool:
        return self.word == text


HEADER = "id,says,source,word,weight,matches,not_matches\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_cells_become_fields(tmp_path: Path) -> None:
    path = written(
        tmp_path, "w.csv", "# a remark\n" + HEADER + 'a,"one, word",book,tea,7,tea | tee,coffee\n'
    )
    (entry,) = read_file(path, Word)
    assert entry == Word(
        id="a", says="one, word", source="book", word="tea", weight=7,
        matches=("tea", "tee"), not_matches=("coffee",),
    )  # fmt: skip
    assert list(problems_of(entry)) == ["it does not recognise its example 'tee'"]


def test_empty_cell_is_the_default(tmp_path: Path) -> None:
    path = written(tmp_path, "w.csv", HEADER + "a,says,book,tea,,tea,coffee\n")
    assert next(read_file(path, Word)).weight == 1


def test_yaml_reads_the_same(tmp_path: Path) -> None:
    text = "- {id: a, says: s, source: b, word: tea, matches: [tea], not_matches: [no tea]}\n"
    (entry,) = read_file(written(tmp_path, "w.yaml", text), Word)
    assert entry.matches == ("tea",)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("w.csv", HEADER + "a,s,b,tea,many,tea,no\n", "w.csv: entry a: Expected `int`"),
        ("w.csv", HEADER + "a,s,b\n", "w.csv: entry a: the row has more or fewer cells"),
        ("w.csv", "id,says,source,wrod\na,s,b,tea\n", "w.csv: entry a: Object contains unknown"),
        ("w.yaml", "id: a\n", "w.yaml: expected a list"),
        ("w.yaml", "- just text\n", "w.yaml: entry number 1: Expected `object`"),
        ("w.yaml", "- {id: [\n", "w.yaml: while parsing"),
        ("w.yaml", "- !!python/object:os.system {}\n", "could not determine a constructor"),
    ],
)
def test_a_mistake_names_file_and_entry(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(KnowledgeError, match=r".") as caught:
        list(read_file(path, Word))
    assert told in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_bytes(b"id\n\xff\xfe\n")
    with pytest.raises(KnowledgeError, match="not UTF-8 at byte 3"):
        list(read_file(path, Word))


def test_a_folder_of_the_user_adds_entries(tmp_path: Path) -> None:
    written(
        tmp_path, "people/mine.csv", "id,says,source,label,parents\nx:Clan,clan,me,clan,pd:Family\n"
    )
    ours, both = load_pack("people"), load_pack("people", (tmp_path,))
    assert both[: len(ours)] == ours
    assert [entry.id for entry in both[len(ours) :]] == ["x:Clan"]
    assert data_version((tmp_path,)) != data_version()


def test_a_taken_id_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "people/mine.csv", "id,says,source,label\npd:Name,name,me,name\n")
    with pytest.raises(KnowledgeError, match=r"pd:Name: the id is taken in categories\.csv"):
        load_pack("people", (tmp_path,))


def test_unproved_entries_of_the_user_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "people/mine.yaml", "- {id: x, says: '', source: me, label: x}\n")
    with pytest.raises(KnowledgeError, match="says is empty"):
        load_pack("people", (tmp_path,))


@pytest.mark.parametrize("name", ["nothing_of_that_name", "../people", "", "__init__"])
def test_unknown_packs_are_refused(name: str) -> None:
    with pytest.raises(KnowledgeError, match="no knowledge pack is called"):
        load([name])


def test_packs_are_typed() -> None:
    know = load(["people"])
    assert know.entries("people", Category) == know.pack("people")
    with pytest.raises(TypeError, match="pack people holds Category, not Word"):
        know.entries("people", Word)
    with pytest.raises(KeyError):
        know.pack("apis")


def test_rules_without_examples_are_told() -> None:
    bare = Word(id="a", says="s", source="b", word="tea", matches=(), not_matches=())
    assert list(problems_of(bare)) == ["it has no example", "it has no counter-example"]
    assert list(problems_of(Entry(id="a", says=" ", source=""))) == [
        "says is empty",
        "source is empty",
    ]
