"""Words of pages and scripts inside an app, as labels; those of known web libraries left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.analyses.labels import Label
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.tables.web import WEB_TEXTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.web_files import WebFile

LONGEST = 120
PAGE, SCRIPT = "page", "script"
"""What stands before the name of the file in a label's home."""

READ = frozenset({"javascript", "hermes"})
"""Programs whose texts are shown to people; those of others are more of libraries than of the app.
"""


def web_labels(facts: Facts, known: tuple[WebFile, ...]) -> tuple[Label, ...]:
    """Labels in the order of pages, then of scripts, made once an app. Linear in their texts."""
    return facts.once(_web_labels, known)


def _web_labels(facts: Facts, known: tuple[WebFile, ...]) -> tuple[Label, ...]:
    return (*_of_pages(facts, known), *_of_scripts(facts, known))


def _of_pages(facts: Facts, known: Sequence[WebFile]) -> Iterator[Label]:
    columns = ("text", "artifact", "offset", "length")
    named: dict[int, tuple[str, bool]] = {}
    for text, artifact, offset, length in facts.table(WEB_TEXTS).rows(*columns):
        if artifact not in named:
            name = facts.member_name(artifact)
            named[artifact] = name, _is_known(name, known)
        name, is_known = named[artifact]
        if len(text) <= LONGEST and not is_known:
            yield Label(text, "screen", f"{PAGE}/{name}", artifact, offset, length, "utf-8")


def _of_scripts(facts: Facts, known: Sequence[WebFile]) -> Iterator[Label]:
    scripts = list(facts.table(SCRIPTS).rows("name", "kind"))
    own = [kind in READ and not _is_known(name, known) for name, kind in scripts]
    columns = ("script", "text", "reads_as", "artifact", "offset", "length")
    for script, text, reads_as, artifact, offset, length in facts.table(SCRIPT_TEXTS).rows(
        *columns
    ):
        if own[script] and _may_be_shown(text):
            home = f"{SCRIPT}/{scripts[script][0]}"
            yield Label(text, "screen", home, artifact, offset, length, reads_as)


def _may_be_shown(text: str) -> bool:
    """Whether a constant can be words for people: with a space, or in another script than ours."""
    return 1 < len(text) <= LONGEST and (not text.isascii() or " " in text.strip())


def _is_known(name: str, known: Sequence[WebFile]) -> bool:
    return any(one.recognises(name) for one in known)
