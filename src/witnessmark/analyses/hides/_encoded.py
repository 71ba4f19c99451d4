"""Texts that stand in an app in encoded form only and are decoded while it runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.deed_findings import LIBRARY, OTHER, UNTOLD, doer, where_of
from witnessmark.analyses.ownership import owner_of
from witnessmark.facts.tables.code import STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.distinct import distinct
from witnessmark.model.finding import Finding

COMPUTED = "computed by "
UNVEILED = kept_regex(r"^(decodes(?! the spelling)|decrypt|unpacks)")
"""Steps of `DERIVED_TEXTS` that turn what nobody can read into text."""

BYTES = kept_regex(r"0x[0-9a-f]+")
"""How bytes that are no text, such as keys, are written in that table."""

CODED = kept_regex(
    r"\bBasic \S+|(?<![\w+/])[\w+/-]{4,}={1,2}(?!\w)|(?<!\w)(?:0x)?[0-9a-fA-F]{16,}(?!\w)"
    r"|(?<!\w)(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])[\w-]{20,}(?!\w)|\S*%[0-9A-F]{2}\S*"
)
"""Texts in Base64, hex or the spelling of addresses, which code encodes, and keys."""

WORD = kept_regex(r"[A-Za-z]{4,}")
MOST_WORDS = 400
"""Different words that are looked for in the plain texts of an app."""

MOST_QUOTED = 12
MOST_NAMES = 40
LONGEST = 80


class Encoded(Struct, frozen=True):
    """A row of `DERIVED_TEXTS`: the text and the method that decodes it, empty for the
    platform's own decoders.
    """

    row: int
    method: int
    text: str
    decoder: str


def encoded_texts(app: Facts) -> tuple[Encoded, ...]:
    """Decoded texts whose words stand nowhere in the app, and what else their decoders decode.

    A text is put together rather than decoded where its words are constants or names of the
    app's code: then nothing was hidden.
    """
    listed = list(_decoded(app))
    words = sorted({word for one in listed for word in _words(one.text)})[:MOST_WORDS]
    hidden, unseen = _nowhere(app, words), _nowhere(app, words, folded=True)
    folding = _folding(listed)
    telling = {
        one.decoder
        for one in listed
        if _is_hidden(one.text, unseen if one.decoder in folding else hidden)
    }
    return tuple(
        one
        for one in listed
        if (one.decoder in telling if one.decoder else _is_hidden(one.text, hidden))
        and not CODED.fullmatch(one.text)
    )


def _decoded(app: Facts) -> Iterator[Encoded]:
    """Rows marked as decoded, with the method of the app that hands out the text first."""
    columns = ("method", "text", "whole", "decoded", "steps")
    for row, (method, text, whole, decoded, told) in enumerate(
        app.table(DERIVED_TEXTS).rows(*columns)
    ):
        if not decoded or not whole or BYTES.match(text):
            continue
        steps = [step["says"] for step in json.loads(told)]
        computed = next((says for says in steps if says.startswith(COMPUTED)), "")
        if computed or any(UNVEILED.match(says) for says in steps):
            yield Encoded(row, method, text, computed.removeprefix(COMPUTED))


def _words(text: str) -> list[str]:
    return WORD.findall(CODED.sub(" ", text))


def _is_hidden(text: str, hidden: frozenset[str]) -> bool:
    words = _words(text)
    return bool(words) and 2 * sum(word in hidden for word in words) >= len(words)


def _folding(listed: Sequence[Encoded]) -> frozenset[str]:
    """Decoders that give one text in capitals and not: what they do may be no more than that."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in listed:
        seen[one.decoder, one.text.casefold()].add(one.text)
    return frozenset(decoder for (decoder, _), texts in seen.items() if decoder and len(texts) > 1)


def _nowhere(app: Facts, words: Sequence[str], *, folded: bool = False) -> frozenset[str]:
    """Those of ``words`` that no constant and no name of the app holds; ``folded`` in capitals or
    not.
    """
    left = set(words)
    table = app.table(STRINGS)
    for artifact in distinct(table["artifact"]).tolist() if left else ():
        rows = table["artifact"] == artifact
        starts = table["offset"][rows]
        low, high = int(starts.min()), int((starts + table["length"][rows]).max())
        data = bytes(app.blob(int(artifact))[low:high])
        if folded:
            data = data.lower()
        left = {word for word in left if (word.lower() if folded else word).encode() not in data}
    return frozenset(left)


def encoded_findings(app: Facts) -> Iterator[Finding]:
    """A finding for the texts that code of one sort decodes."""
    groups: dict[str, list[Encoded]] = defaultdict(list)
    for one in encoded_texts(app):
        owner = owner_of(app, [one.method])
        if owner != "platform":
            groups[where_of(owner)].append(one)
    for where in sorted(groups):
        yield _finding(app, where, groups[where])


def _finding(app: Facts, where: str, listed: Sequence[Encoded]) -> Finding:
    libraries = sorted({owner_of(app, [one.method]) for one in listed}) if where == LIBRARY else []
    by_text = _first_of_each(listed)
    names = [_short(text) for text in by_text][:MOST_NAMES]
    decoders = sorted({one.decoder for one in listed} - {""})
    shown = ", ".join(f"“{name}”" for name in names[:4])
    limits = ["Tools that protect apps encode texts, too, without the makers asking why."]
    count = f"{len(by_text)} texts that stand" if len(by_text) > 1 else "a text that stands"
    return Finding(
        kind="hides.packer",
        subject={
            "id": "encoded-texts", "name": "", "vendor": "", "kind": "obfuscator",
            "texts": len(by_text), "names": names, "decoders": decoders[:MOST_NAMES],
            "in_sdk": libraries,
        },
        says=f"{doer(where, libraries)} decodes, while it runs, {count} in it in "
        f"encoded form only: {shown}{' and others' if len(by_text) > 4 else ''}.",
        evidence=tuple(
            derived_evidence(app, one.row) for one in list(by_text.values())[:MOST_QUOTED]
        ),
        strength="derived",
        reach=best_reach(app, sorted({one.method for one in listed})),
        limits=(*limits, UNTOLD) if where == OTHER else tuple(limits),
        identity=f"encoded-texts {where}",
    )  # fmt: skip


def _first_of_each(listed: Iterable[Encoded]) -> Mapping[str, Encoded]:
    found: dict[str, Encoded] = {}
    for one in listed:
        found.setdefault(one.text, one)
    return found


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
