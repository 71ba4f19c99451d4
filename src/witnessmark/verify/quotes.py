"""The quotations of findings.json, and their bytes."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, Union

from .archive import Archive
from .folder import Folder
from .spelling import spell

Given = Union[bytes, Folder]  # noqa: UP007 - copied out, this must run on Python 3.9
"""A file or folder that was handed over to verify."""


class Quote(NamedTuple):
    """One span and what a finding says stands there; ordered so that members stay together."""

    sha256: str
    member: tuple[str, ...]
    offset: int
    length: int
    reads_as: str
    excerpt: str
    finding: str


def quotes_of(document: dict[str, Any], faults: list[str]) -> tuple[list[Quote], int]:
    """Every quotation of the document, and the number of findings."""
    quotes: list[Quote] = []
    findings = document.get("findings")
    if document.get("format") != "witnessmark-findings/1" or not isinstance(findings, list):
        faults.append("findings.json: it is not a witnessmark-findings/1 document")
        return [], 0
    names: set[str] = set()
    for number, finding in enumerate(findings, start=1):
        try:
            name = _text(finding["id"])
            own = list(_quotes_below(finding["evidence"], name))
        except (KeyError, TypeError, ValueError) as error:
            faults.append(f"findings.json: finding {number} is not well formed ({error!r})")
            continue
        if name in names:
            faults.append(f"{name}: two findings have this name")
        if not own:
            faults.append(f"{name}: it quotes nothing")
        names.add(name)
        quotes += own
    return quotes, len(findings)


def _quotes_below(evidence: list[Any], finding: str) -> Iterator[Quote]:
    waiting = list(evidence)
    while waiting:
        node = waiting.pop()
        at, below = node["at"], list(node["because"])
        if at is None and not below:
            raise ValueError("a statement rests on nothing")
        waiting += below
        if at is not None:
            yield Quote(
                _text(at["sha256"]), tuple(map(_text, at["member"])),
                _count(at["offset"]), _count(at["length"]),
                _text(at["place"]["reads_as"]), _text(node["excerpt"]), finding,
            )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{value!r} is no number of bytes")
    return value


def check_quotes(quotes: list[Quote], given: dict[str, Given], faults: list[str]) -> int:
    """Re-read the quotes, member by member; the number that was compared."""
    absent = Counter(quote.sha256 for quote in quotes if quote.sha256 not in given)
    faults += [f"{count} quotations stand in a file that was not given, SHA-256 {sha256}"
               for sha256, count in sorted(absent.items())]  # fmt: skip
    compared = 0
    opened = Opened(given)
    for quote in sorted(quote for quote in quotes if quote.sha256 in given):
        where = " > ".join((quote.sha256[:12], *quote.member)) + f", byte {quote.offset}"
        try:
            blob = opened.blob(quote.sha256, quote.member)
            if quote.offset + quote.length > len(blob):
                raise ValueError(f"the member ends after {len(blob)} bytes")
            stands = spell(blob[quote.offset : quote.offset + quote.length], quote.reads_as)
        except ValueError as error:
            faults.append(f"{quote.finding}: {where}: cannot be re-read: {error}")
            continue
        compared += 1
        if stands != quote.excerpt:
            faults.append(
                f"{quote.finding}: {where}: it quotes {_short(quote.excerpt)}, but there stands "
                f"{_short(stands)}"
            )
    return compared


class Opened:
    """Members of the files given; only the chain asked for last is kept unpacked."""

    def __init__(self, given: dict[str, Given]) -> None:
        self._given = given
        self._chain: list[tuple[str, bytes, list[Archive]]] = []

    def blob(self, sha256: str, member: tuple[str, ...]) -> bytes:
        """Bytes of a member; ValueError when there is no such member."""
        wanted = (sha256, *member)
        kept = 0
        while kept < min(len(wanted), len(self._chain)) and wanted[kept] == self._chain[kept][0]:
            kept += 1
        del self._chain[kept:]
        for name in wanted[kept:]:
            self._chain.append((name, self._next(sha256, name), []))
        return self._chain[-1][1]

    def _next(self, sha256: str, name: str) -> bytes:
        """What ``name`` is in the blob unpacked last."""
        root = self._given[sha256]
        if not self._chain:
            return root.listing if isinstance(root, Folder) else root
        if len(self._chain) == 1 and isinstance(root, Folder):
            return root.read(name)
        return self._archive().read(name)

    def _archive(self) -> Archive:
        _, data, archive = self._chain[-1]
        if not archive:
            archive.append(Archive(data))
        return archive[0]


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
