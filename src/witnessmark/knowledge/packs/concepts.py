"""Concepts: what a word of a form can mean, apart from any language.

A concept is a fact about a person with its personal-data categories, a role (whose record it is,
who enters it), or a kind of filler that says nothing about people.
"""

from typing import Literal

from witnessmark.knowledge.schema import Entry


class Concept(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One concept; ``says`` is its English gloss.

    ``categories``  personal-data terms (pack ``people``); empty unless a fact.
    ``about``       ``third_person``, ``operator`` or ``user`` where the concept itself says so.
    ``kind``        ``fact``; ``role``; ``light`` (prompts, articles, "number"); ``block`` (what
                    makes a text a command, a setting or an error).
    """

    categories: tuple[str, ...] = ()
    about: Literal["", "third_person", "operator", "user"] = ""
    kind: Literal["fact", "role", "light", "block"] = "fact"


ENTRY = Concept
