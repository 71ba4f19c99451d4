"""The categories hang together."""

from __future__ import annotations

from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.people import Category, any_special, by_term, wider_terms

CATEGORIES = by_term(load(["people"]).entries("people", Category))


def test_every_parent_is_known() -> None:
    missing = {p for c in CATEGORIES.values() for p in c.parents if p not in CATEGORIES}
    assert missing == set()


def test_own_terms_narrow_a_term_of_the_vocabulary() -> None:
    for term in CATEGORIES:
        assert any(wider.startswith("pd:") for wider in wider_terms(term, CATEGORIES)), term


def test_what_narrows_a_special_category_is_special() -> None:
    for term, category in CATEGORIES.items():
        wider = [CATEGORIES[name] for name in wider_terms(term, CATEGORIES)]
        assert category.special or not any(one.special for one in wider), term
        assert not category.special or category.law, term


def test_special_is_told_apart() -> None:
    assert any_special(["pd:Name", "wm:HeartRate"], CATEGORIES)
    assert any_special(["pd:Name", "pd:Criminal"], CATEGORIES)
    assert not any_special(["pd:Name", "wm:IMEI", "no:Term"], CATEGORIES)


def test_a_circle_of_parents_ends() -> None:
    circle = {
        name: Category(id=name, says=name, source="test", label=name, parents=(parent,))
        for name, parent in (("a", "b"), ("b", "a"))
    }
    assert wider_terms("a", circle) == ("a", "b")
