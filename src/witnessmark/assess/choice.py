"""Which law an app is held against.

Which states an app concerns cannot be read from its bytes for certain, so it is not guessed: the
person who examines names the legal orders. Without a choice only international instruments are
read, since they speak to every state, and the document says that this was so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from witnessmark.knowledge.packs.law import Provision
from witnessmark.model.assessment import Assessment
from witnessmark.model.errors import UsageError

BY_DEFAULT = "INT"
EVERYTHING, NOTHING = "all", "none"
DEFAULT_WHY = (
    "No law was named, so only international instruments were read; which states an app concerns "
    "cannot be read from it for certain. Others can be named with --law."
)
CHOSEN_WHY = "These were named by whoever examined the app."


class InstrumentRead(Struct, frozen=True):
    """One instrument that was held against the findings.

    ``provisions`` counts those that were read, ``touched`` those that a finding bears on.
    """

    instrument: str
    title: str
    jurisdiction: str
    provisions: int
    touched: int


class LawRead(Struct, frozen=True):
    """What was read, and why just that."""

    why: str
    instruments: tuple[InstrumentRead, ...]


def choose(law: Sequence[Provision], names: Iterable[str]) -> tuple[Provision, ...]:
    """The provisions of the legal orders or instruments called ``names``, in any case of letters.

    ``all`` and ``none`` are names too; no name means the default. UsageError for a name that
    nothing has, with those there are.
    """
    wanted = {name.strip().casefold() for name in names if name.strip()}
    if not wanted:
        wanted = {BY_DEFAULT.casefold()}
    if EVERYTHING in wanted:
        return tuple(law)
    known = {name for one in law for name in _names(one)}
    unknown = sorted(wanted - known - {NOTHING})
    if unknown:
        raise UsageError(
            f"no law is called {', '.join(unknown)}; there are "
            f"{', '.join(sorted({one.jurisdiction for one in law}))}, all, none, and the "
            f"instruments {', '.join(sorted({one.instrument for one in law}))}"
        )
    return tuple(one for one in law if wanted & _names(one))


def law_read(
    chosen: Sequence[Provision], assessments: Iterable[Assessment], *, named: bool
) -> LawRead:
    """What was read of ``chosen``; ``named`` whether somebody chose it."""
    touched = {one.provision.id for one in assessments}
    instruments: dict[tuple[str, str, str], list[str]] = {}
    for one in chosen:
        key = one.jurisdiction, one.instrument, one.title
        instruments.setdefault(key, []).append(one.id)
    return LawRead(
        CHOSEN_WHY if named else DEFAULT_WHY,
        tuple(
            InstrumentRead(name, title, jurisdiction, len(ids), len(touched.intersection(ids)))
            for (jurisdiction, name, title), ids in sorted(instruments.items())
        ),
    )


def _names(one: Provision) -> set[str]:
    return {one.jurisdiction.casefold(), one.instrument.casefold()}
