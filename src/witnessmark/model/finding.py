"""Findings: what an app does, as far as its bytes show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from witnessmark.model.evidence import Evidence

Chapter = Literal["asks", "takes", "keeps", "marks", "sends", "embeds", "hides", "orders"]
Strength = Literal["read", "derived", "indicated"]
ReachState = Literal["reached", "unreached", "unknown"]
About = Literal["operator", "user", "third_person", "unknown"]

CHAPTERS: tuple[Chapter, ...] = (
    "asks", "takes", "keeps", "marks", "sends", "embeds", "hides", "orders",
)  # fmt: skip
"""The eight questions, in the order in which a report answers them."""


class Reach(Struct, frozen=True):
    """Whether running code can come to what was found.

    ``path`` names the methods from an entry point to the place, first the entry point;
    empty unless ``state`` is ``reached``.
    """

    state: ReachState
    path: tuple[str, ...] = ()


class Original(Struct, frozen=True):
    """Words of the app in its own language, with an English gloss where one is known.

    ``gloss_from`` says where the gloss comes from: the app's own English, a standard, a
    dictionary, a rendering of our own.
    """

    text: str
    lang: str = "und"
    gloss: str = ""
    gloss_from: str = ""


class Finding(Struct, frozen=True):
    """One thing that the app shows.

    ``kind``        ``chapter.kind`` of the design's table, e.g. ``keeps.table``.
    ``subject``     JSON-ready mapping with the keys published for that kind.
    ``says``        one plain sentence for a reader who is no programmer.
    ``categories``  personal-data categories, ``pd:Name`` (W3C DPV) or ``wm:Name``.
    ``special``     whether a category is a special one (GDPR art. 9, LED art. 10).
    ``about``       whose data it is.
    ``strength``    read from the bytes, derived from them, or merely indicated.
    ``limits``      what this finding does not show.
    ``identity``    what makes it the same finding in another run; defaults to the subject.
    """

    kind: str
    subject: Mapping[str, Any]
    says: str
    evidence: tuple[Evidence, ...]
    strength: Strength
    reach: Reach = Reach("unknown")
    original: tuple[Original, ...] = ()
    categories: tuple[str, ...] = ()
    special: bool = False
    about: About = "unknown"
    limits: tuple[str, ...] = ()
    identity: str = field(default="")

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a finding needs evidence: {self.says!r}")
        if self.kind.partition(".")[0] not in CHAPTERS:
            raise ValueError(f"no chapter of that name: {self.kind!r}")

    @property
    def id(self) -> str:
        """Stable name: the kind and 12 hex digits of SHA-256 over what identifies it."""
        identity = self.identity or json.dumps(self.subject, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(f"{self.kind}\0{identity}".encode("utf-8", "surrogatepass"))
        return f"{self.kind}-{digest.hexdigest()[:12]}"
