"""Categories of personal data: W3C DPV terms (``pd:``) and what they lack (``wm:``).

Source: W3C Data Privacy Vocabularies and Controls CG, "Personal Data (PD) extension" of the
Data Privacy Vocabulary 2.2, w3id.org/dpv/2.2/pd. Each own term names the term it narrows.
"""

from collections.abc import Iterable, Mapping

from witnessmark.knowledge.schema import Entry


class Category(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One category of personal data; its ``id`` is the term, e.g. ``pd:Name``.

    ``label``    the words a report prints.
    ``parents``  wider terms; empty at the top.
    ``special``  a special category (GDPR art. 9(1), Directive 2016/680 art. 10), itself or
                 because a wider term is one.
    ``law``      the provision that treats it apart, empty for none.
    """

    label: str
    parents: tuple[str, ...] = ()
    special: bool = False
    law: str = ""


ENTRY = Category


def by_term(categories: Iterable[Category]) -> Mapping[str, Category]:
    """Categories by their term."""
    return {category.id: category for category in categories}


def wider_terms(term: str, categories: Mapping[str, Category]) -> tuple[str, ...]:
    """``term`` and all wider terms, nearest first; each once, so that a cycle ends."""
    found: dict[str, None] = {term: None}
    waiting = [term]
    while waiting:
        category = categories.get(waiting.pop(0))
        for parent in category.parents if category else ():
            if parent not in found:
                found[parent] = None
                waiting.append(parent)
    return tuple(found)


def any_special(terms: Iterable[str], categories: Mapping[str, Category]) -> bool:
    """Whether one of ``terms`` is a special category; unknown terms are not."""
    return any(categories[term].special for term in terms if term in categories)
