"""Notices: words by which an app tells people of their data and asks whether they agree.

What it finds
    Five purposes, one finding each: notice of what is done with data, consent, a purpose, how
    long data is kept, rights over it; with the texts that hold such words, on screens, among the
    app's strings, in its code and on web pages inside.

Why it matters
    Law asks for these words. Their absence is told beside the law, with the amount of text that
    was read in vain; so they must be looked for in earnest.

How it decides
    Texts are held against short phrases of privacy texts in ten languages (pack ``notices``). A
    lone button with ``agree`` is not enough. Code of known libraries, and texts named as theirs,
    are left out; reach is that of the code that names the text, or opens the screen that shows it.

What it misses
    Pictures, texts fetched from a server, languages outside the pack, unusual wording; whether a
    notice is true, complete, or shown before data is collected.

Example
    A text ``I agree to the privacy policy`` beside a check box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from msgspec import Struct, field

from witnessmark.analyses.asks._pages import PACKS, pages_of
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import FIELD_USES, INSTRUCTIONS, METHODS, STRING_USES, STRINGS
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_FILES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.web import WEB_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.resource_uses import resource_uses
from witnessmark.flow.tables import REACH
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.language import candidates
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.notices import Notice
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach

NOTICE = Analysis(
    id="asks/notice",
    version=1,
    reads=(
        RESOURCES, RESOURCE_VALUES, WEB_TEXTS, STRINGS, STRING_USES, METHODS, INSTRUCTIONS,
        FIELD_USES, XML_FILES, XML_NODES, XML_ATTRIBUTES, SDK_CLASSES, REACH,
    ),
    knows=("notices", *PACKS),
)  # fmt: skip

SHORTEST, LONGEST = 2, 20_000
"""Characters of a text that is looked at."""

MOST_TEXTS = 12
SHOWN = ("text", "hint", "title", "summary")
LIBRARY_TEXT = kept_regex(r"(abc|mtrl|common_google|com_facebook|com_crashlytics|firebase|fui)_")
"""Names that well-known libraries give their own texts."""

SAYS = {
    "notice": "tell people what is done with their data, or name a text that does",
    "consent": "ask people to agree to a use of their data or to terms",
    "purpose": "name a purpose for which data is used",
    "retention": "say how long data is kept or when it is erased",
    "rights": "tell people of rights over their data, or of ways to erase an account",
}


class _Found(Struct):
    """Texts of one purpose: quotes, words with their language, methods that name them."""

    evidence: list[Evidence] = field(default_factory=list)
    words: dict[tuple[str, str], None] = field(default_factory=dict)
    methods: set[int] = field(default_factory=set)


_AllFound: TypeAlias = defaultdict[str, _Found]


@NOTICE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each purpose of which words were found."""
    phrases = _Phrases(know)
    found: _AllFound = defaultdict(_Found)
    _in_resources(app, know, phrases, found)
    _on_screens(app, know, phrases, found)
    _in_code(app, phrases, found)
    _on_pages(app, phrases, found)
    for purpose in SAYS:
        if purpose in found:
            yield _finding(app, purpose, found[purpose])


class _Phrases:
    """Phrases by language, so that a text is held against those of its own script only."""

    def __init__(self, know: Knowledge) -> None:
        self._by_language: dict[str, list[Notice]] = {}
        for one in know.entries("notices", Notice):
            self._by_language.setdefault(one.lang, []).append(one)

    def purposes(self, text: str, locale: str = "und") -> list[str]:
        """Purposes of which ``text`` holds a phrase."""
        if not SHORTEST <= len(text) <= LONGEST:
            return []
        languages = candidates(text, locale or "und")
        tried = (one for lang in languages for one in self._by_language.get(lang, ()))
        plain = " ".join(text.split())
        return sorted({one.purpose for one in tried if one.stands_in(plain)})


def _in_resources(app: Facts, know: Knowledge, phrases: _Phrases, found: _AllFound) -> None:
    table = app.table(RESOURCE_VALUES)
    names = {row[0]: row[1] for row in app.table(RESOURCES).rows("resource", "name")}
    columns = ("resource", "kind", "text", "locale", "reads_as", "artifact", "offset", "length")
    users: dict[int, set[int]] | None = None
    for resource, kind, text, locale, reads_as, artifact, offset, length in table.rows(*columns):
        if kind != "string" or LIBRARY_TEXT.match(names.get(resource, "")):
            continue
        for purpose in phrases.purposes(text, locale):
            users = _users(app, know) if users is None else users
            one = found[purpose]
            one.words[locale or "und", text] = None
            one.methods |= users.get(resource, set())
            says = f"a text of the app named “{names.get(resource, '?')}”"
            one.evidence.append(app.quote(says, artifact, offset, length, reads_as))


def _users(app: Facts, know: Knowledge) -> dict[int, set[int]]:
    """Methods that name a text, or open a screen that shows it, by resource id."""
    users: dict[int, set[int]] = defaultdict(set)
    for method, resource in resource_uses(app).rows("method", "resource"):
        users[resource].add(method)
    strings = {
        name: resource
        for resource, kind, name in app.table(RESOURCES).rows("resource", "type", "name")
        if kind == "string"
    }
    for page in pages_of(app, know).pages:
        screen = page.screen
        openings = {one.method for one in screen.openings}
        for view in screen.root.walk():
            for attribute in SHOWN:
                value = view.get(attribute)
                if value.startswith("@") and value.rpartition("/")[2] in strings:
                    users[strings[value.rpartition("/")[2]]] |= openings
    return users


def _on_screens(app: Facts, know: Knowledge, phrases: _Phrases, found: _AllFound) -> None:
    """Words that stand in a layout itself."""
    table = app.table(XML_ATTRIBUTES)
    for page in pages_of(app, know).pages:
        screen = page.screen
        for view in screen.root.walk():
            for attribute in SHOWN:
                text, row = view.get(attribute), view.attribute_row(attribute)
                if row < 0 or text.startswith(("@", "?")):
                    continue
                for purpose in phrases.purposes(text):
                    one = found[purpose]
                    one.words["und", text] = None
                    one.methods |= {opening.method for opening in screen.openings}
                    one.evidence.append(
                        app.quote(
                            f"a text on the screen “{screen.name}”", int(table["artifact"][row]),
                            int(table["offset"][row]), int(table["length"][row]),
                            table["reads_as"][row],
                        )
                    )  # fmt: skip


def _in_code(app: Facts, phrases: _Phrases, found: _AllFound) -> None:
    uses, own = app.table(STRING_USES), not_of_libraries(app)
    rows = np.flatnonzero(own[uses["method"]]) if len(uses) else np.empty(0, dtype="i8")
    by_string: dict[int, set[int]] = defaultdict(set)
    for row in rows.tolist():
        by_string[int(uses["string"][row])].add(int(uses["method"][row]))
    lengths = app.table(STRINGS)["length"]
    for string, methods in sorted(by_string.items()):
        if not SHORTEST <= int(lengths[string]) <= 4 * LONGEST:
            continue
        text = app.string(string)
        for purpose in phrases.purposes(text):
            one = found[purpose]
            one.words["und", text] = None
            one.methods |= methods
            one.evidence.append(app.quote_string("a text in the app's code", string))


def _on_pages(app: Facts, phrases: _Phrases, found: _AllFound) -> None:
    for text, artifact, offset, length in app.table(WEB_TEXTS).rows(
        "text", "artifact", "offset", "length"
    ):
        for purpose in phrases.purposes(text):
            one = found[purpose]
            one.words["und", text] = None
            one.evidence.append(
                app.quote("a text on a web page inside the app", artifact, offset, length, "utf-8")
            )


def _finding(app: Facts, purpose: str, found: _Found) -> Finding:
    number = len(found.evidence)
    texts = "One text" if number == 1 else f"{number} texts"
    verb = SAYS[purpose] if number != 1 else _singular(SAYS[purpose])
    reach = best_reach(app, sorted(found.methods)) if found.methods else Reach("unknown")
    return Finding(
        kind="asks.notice",
        subject={"purposes": [purpose], "texts": number},
        says=f"{texts} of the app {verb}.",
        evidence=tuple(found.evidence[:MOST_TEXTS]),
        strength="derived",
        reach=reach,
        original=tuple(Original(text, lang) for lang, text in list(found.words)[:MOST_TEXTS]),
        about="user",
        limits=(
            "It does not show that the words are true, complete, or shown before data is taken.",
            "A library's own texts can be among them.",
        ),
        identity=purpose,
    )


def _singular(verb: str) -> str:
    """The verbs of `SAYS` for one text: ``tell`` becomes ``tells``, ``name`` ``names``."""
    first, _, rest = verb.partition(" ")
    return f"{first}s {rest}".replace(", or name ", ", or names ")
