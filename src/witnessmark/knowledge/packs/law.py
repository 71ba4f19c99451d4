"""Provisions of law, in elements that facts about an app can support or contradict.

A file ``data/law/<jurisdiction>/<instrument>.yaml`` is one instrument: what holds for all of it
(title, who is bound, source) and its ``provisions``. A jurisdiction is added as a folder.

Summaries are in our own words. A sentence is a quotation only where ``quotation`` holds it, and
that is allowed only for a text that was checked against an official one.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from witnessmark.knowledge.schema import Entry
from witnessmark.model.errors import KnowledgeError

Form = Literal["binding", "interpretation", "standard", "information"]
"""``binding`` law, an ``interpretation`` of it, a ``standard`` of conduct, mere ``information``."""


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question that a provision asks and that facts can bear on.

    ``id``               short name, unique in the provision.
    ``question``         the element as a question.
    ``supported_by``     names of facts (pack ``law_facts``); any of them makes it supported.
    ``contradicted_by``  names of facts that speak against it.
    ``missing``          names of facts whose absence is told, with what was read in vain.
    ``settles``          what would decide the question.
    ``limits``           what an answer from the app alone does not show.
    """

    id: str
    question: str
    supported_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    settles: str
    limits: tuple[str, ...] = ()


class Checked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who held an entry against which text, and when."""

    by: str
    against: str
    on: str


class Provision(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article.

    ``says``          summary in our own words.
    ``instrument``    short name; ``title`` the full one.
    ``article``       as lawyers cite it.
    ``jurisdiction``  code of the legal order: ``INT``, ``EU``, ``COE``, ``CN``, ...
    ``in_force``      since when, ISO date or year; empty where unknown or where nothing enters
                      into force.
    ``bound``         who is bound, with reservations that matter.
    ``lang``          language of the authentic text that ``source`` leads to.
    ``checked``       None for an entry that nobody has checked yet.
    ``applies``       names of facts; the provision is read only when one of them is found.
    """

    instrument: str
    title: str
    article: str
    jurisdiction: str
    in_force: str = ""
    bound: str
    lang: str
    checked: Checked | None = None
    quotation: str = ""
    form: Form = "binding"
    applies: tuple[str, ...]
    elements: tuple[Element, ...]


ENTRY = Provision

SHARED = ("instrument", "title", "jurisdiction", "in_force", "bound", "lang", "source", "checked",
          "form")  # fmt: skip
"""What a file says once for all its provisions; a provision may say it anew."""


def read_file(path: Path) -> Iterator[Provision]:
    """Provisions of one instrument; KnowledgeError names the one that is wrong."""
    # YAML is costly to import, and most packs do without.
    import yaml

    try:
        told = yaml.load(
            path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except yaml.YAMLError as error:
        raise KnowledgeError(f"law/{path.name}: {error}") from None
    if not isinstance(told, dict) or not isinstance(told.get("provisions"), list):
        raise KnowledgeError(f"law/{path.name}: expected an instrument with its provisions")
    unknown = set(told) - {*SHARED, "provisions"}
    if unknown:
        raise KnowledgeError(f"law/{path.name}: nobody knows {', '.join(sorted(unknown))}")
    shared = {key: told[key] for key in SHARED if key in told}
    for number, one in enumerate(told["provisions"], 1):
        yield _provision(path, number, shared, one)


def _provision(path: Path, number: int, shared: Mapping[str, Any], one: Any) -> Provision:
    if not isinstance(one, dict):
        raise KnowledgeError(f"law/{path.name}: provision {number} is no mapping")
    try:
        return msgspec.convert({**shared, **one}, Provision)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"law/{path.name}: {one.get('id', number)}: {error}") from None
