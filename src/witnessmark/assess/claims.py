"""What an app's own texts claim, claim by claim, held against the findings.

A text is a privacy policy or a store's label, given as a file. Each sentence that speaks of a
topic and of handling data is a claim or a denial. A reading says which findings bear it out or
speak against it; sentences that nothing recognises stay unread, and that is said.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser

from msgspec import Struct

from witnessmark.assess.conditions import Conditions
from witnessmark.knowledge.packs.claim_words import ClaimWords
from witnessmark.knowledge.packs.claims import Topic
from witnessmark.model.assessment import Assessment, ElementState, Provision
from witnessmark.model.errors import UsageError

JURISDICTION = "APP"
"""Stands where a legal order would: these are the words of the app's makers."""

LARGEST = 4 << 20
SENTENCE = re.compile(r"[^.!?。！？；;\n]+[.!?。！？；;]?")
UNREAD = "{count} of {total} sentences were not recognised as claims and are not compared."
NOT_ABSENT = "That no finding shows it does not prove that it is so."
READ = "{count} sentences were read."
READ_BY_MACHINE = "A machine read the sentence; read it yourself before relying on this."
SETTLES = "What the app does in use, and what its makers mean."
RECIPIENTS = "third_parties"
"""The topic whose denial findings on recipients can contradict."""

SILENT = "No sentence that was recognised speaks of it."


class Text(Struct, frozen=True):
    """A file that was given: its name, the hash of its bytes, its lines."""

    name: str
    sha256: str
    lines: tuple[str, ...]


class Claim(Struct, frozen=True):
    """One sentence about one topic.

    ``denies`` when it says that something is not done, ``shares`` when it is about passing data
    on, ``hedges`` when it makes that depend on something.
    """

    line: int
    sentence: str
    topic: Topic
    denies: bool
    shares: bool
    hedges: bool


class Reader(Struct, frozen=True):
    """Topics and words by which sentences are read."""

    topics: Sequence[Topic]
    words: Sequence[ClaimWords]

    def claims(self, text: Text) -> tuple[list[Claim], int]:
        """The claims of a text in order, and the number of its sentences."""
        found: list[Claim] = []
        total = 0
        for number, line in enumerate(text.lines, 1):
            for match in SENTENCE.finditer(line):
                sentence = " ".join(match[0].split())
                total += bool(sentence)
                found += self._of(number, sentence)
        return found, total

    def _of(self, line: int, sentence: str) -> Iterator[Claim]:
        roles = {one.role for one in self.words if one.recognises(sentence)}
        if not roles & {"handles", "shares"}:
            return
        told = [role in roles for role in ("denies", "shares", "hedges")]
        for topic in self.topics:
            if topic.recognises(sentence):
                yield Claim(line, sentence, topic, *told)


def read_text(name: str, data: bytes) -> Text:
    """A text from the bytes of a file, tags left out of HTML; UsageError when it is no text."""
    if len(data) > LARGEST:
        raise UsageError(f"{name} is too large for a privacy text ({len(data)} bytes)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is no text in UTF-8 (byte {error.start})") from error
    if name.lower().endswith((".html", ".htm")):
        text = _without_tags(text)
    return Text(name, hashlib.sha256(data).hexdigest(), tuple(text.splitlines()))


def compare_claims(text: Text, reader: Reader, conditions: Conditions) -> Iterator[Assessment]:
    """A reading for each claim, then one for each topic that findings show and the text omits."""
    claims, total = reader.claims(text)
    spoken = {one.topic.id for one in claims}
    unread = total - len({(one.line, one.sentence) for one in claims})
    for claim in claims:
        yield _held(text, claim, conditions)
    left_out = _provision(text, len(text.lines) + 1, "what it leaves out", READ.format(count=total))
    for topic in reader.topics:
        shown = conditions.any_met(topic.shown_by)
        if topic.told and shown and topic.id not in spoken:
            yield Assessment(
                left_out, f"Does the text speak of {topic.says}, which findings show?",
                "contradicted", shown, "The whole text, read by a person.",
                (SILENT, UNREAD.format(count=unread, total=total)),
            )  # fmt: skip


def _held(text: Text, claim: Claim, conditions: Conditions) -> Assessment:
    shown = conditions.any_met(claim.topic.shown_by)
    against = conditions.any_met(claim.topic.against)
    named = tuple(dict.fromkeys((*against, *shown)))
    state: ElementState = "unknown"
    says = claim.topic.says
    limits = [READ_BY_MACHINE] if named else [NOT_ABSENT, READ_BY_MACHINE]
    if claim.hedges:
        question = f"Does that hold of {says} under the condition that it names?"
    elif claim.denies and claim.shares:
        question = f"Is it so that nothing about {says} is passed on?"
        if claim.topic.id == RECIPIENTS and shown:
            state = "contradicted"
    elif claim.denies:
        question = f"Is it so that the app does not handle {says}?"
        state = "contradicted" if shown else "unknown"
    else:
        question = f"Is it so: {says}?"
        state = _state(shown, against)
    provision = _provision(text, claim.line, f"line {claim.line}", claim.sentence)
    return Assessment(provision, question, state, named, SETTLES, tuple(limits))


def _state(shown: Sequence[str], against: Sequence[str]) -> ElementState:
    if against:
        return "contradicted"
    return "supported" if shown else "unknown"


def _provision(text: Text, line: int, article: str, says: str) -> Provision:
    return Provision(
        f"app.{text.sha256[:8]}.{line:06}", text.name, article, JURISDICTION, says,
        f"Words of the app's makers, not law; from a file with the SHA-256 {text.sha256}.",
        text.name,
    )  # fmt: skip


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in ("script", "style")
        if tag in ("p", "br", "li", "div", "h1", "h2", "h3", "tr"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in ("script", "style")), 0)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _without_tags(page: str) -> str:
    words = _Words()
    words.feed(page)
    return "".join(words.parts)


def claim_reader(packs: Mapping[str, Sequence[object]]) -> Reader:
    """A reader from the packs ``claims`` and ``claim_words``."""
    return Reader(
        tuple(one for one in packs["claims"] if isinstance(one, Topic)),
        tuple(one for one in packs["claim_words"] if isinstance(one, ClaimWords)),
    )
