"""Which words of a covered text count, and why the others do not."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from witnessmark.knowledge.lexicon import Piece, Sense

PLACES = frozenset({"region", "city", "locality", "street", "country", "school"})
"""Concepts whose things have names of their own: “district name” asks for nobody's name."""

CALLED = frozenset({"name", "other_name", "username", "display_name", "password"})
BARE = ("name", "names", "名")
"""Words that name whatever the word before them means."""

PARTS_OF_PROGRAMS = frozenset({"client", "user", "users", "sender", "receiver", "your", "yours"})
"""Words for people that also name parts of programs: a “redis client name” is nobody's."""

MOST_PIECES = 16
MOST_FOREIGN = 6
"""A text with more pieces is a sentence, not a label, unless it asks."""


class Verdict(Struct, frozen=True):
    """Senses that count, in the order of the text, and reasons for and against, one each.

    ``stopped``  the text is no label at all, in whatever language its words may be found.
    """

    senses: tuple[Sense, ...]
    roles: tuple[Sense, ...]
    because: tuple[str, ...]
    foreign: int
    stopped: bool = False


def judge(
    pieces: Sequence[Piece], head: str, *, identifier: bool, asks: bool, context: bool
) -> Verdict:
    """Weigh the facts among ``pieces``.

    ``head``        where the head of a compound stands (pack ``grammar``).
    ``identifier``  the text is a programmer's.
    ``asks``        the text is a question.
    ``context``     something beside the text is about people.
    """
    foreign = sum(piece.sense is None for piece in pieces)
    roles = tuple(p.sense for p in pieces if p.sense and p.is_a("role"))
    facts = [(n, p.sense) for n, p in enumerate(pieces) if p.sense and p.is_a("fact")]
    stop = _stopped(pieces, foreign, asks=asks) if facts else ""
    if stop:
        return Verdict((), roles, (stop,), foreign, stopped=True)
    sure: list[tuple[int, Sense]] = []
    unsure: list[tuple[int, Sense]] = []
    because: list[str] = []
    for number, sense in facts:
        refusal = _refused(pieces, number, sense, head, foreign, asks=asks)
        if refusal:
            because.append(f"“{sense.word}” ({sense.entry}) {refusal}")
        elif sense.ambiguous(identifier=identifier):
            unsure.append((number, sense))
        else:
            sure.append((number, sense))
    if sure or roles or context:
        sure += unsure
    else:
        because += [f"“{s.word}” ({s.entry}) needs context" for _, s in unsure]
    sure.sort(key=lambda one: one[0])
    before = {n: p.sense for n, p in enumerate(pieces) if p.sense}
    kept = tuple(
        sense
        for at, sense in sure
        if not _names_another(sense, before.get(at - 1), identifier=identifier)
        and not _only_says_whose(sense, [other for _, other in sure])
    )
    said = tuple(f"“{s.word}” ({s.entry}): {s.concept.says}" for s in kept)
    return Verdict(kept, roles, (*said, *because), foreign)


def _names_another(sense: Sense, before: Sense | None, *, identifier: bool) -> bool:
    """Whether a name is that of a place, a school or a thing that the word before it means."""
    if sense.concept.id != "name" or before is None:
        return False
    if before.concept.id in PLACES:
        return True
    if sense.word not in BARE or not (identifier or sense.word == "名"):
        return False
    if before.concept.id == "thing":
        return True
    fact = before.concept.kind == "fact" and before.concept.about != "third_person"
    return fact and before.concept.id not in CALLED


def _only_says_whose(sense: Sense, sure: Sequence[Sense]) -> bool:
    """Whether a word for the user, as in “telefone_usuario”, stands beside another fact."""
    return (
        sense.concept.id == "username"
        and sense.weak
        and any(other.concept.id not in CALLED for other in sure)
    )


def _stopped(pieces: Sequence[Piece], foreign: int, *, asks: bool) -> str:
    for piece in pieces:
        if piece.is_a("block"):
            return f"“{piece.text}” makes it a command, a setting or an error"
    if not asks and (len(pieces) > MOST_PIECES or foreign > MOST_FOREIGN):
        return "it is a sentence, not a label"
    return ""


def _refused(
    pieces: Sequence[Piece], number: int, sense: Sense, head: str, foreign: int, *, asks: bool
) -> str:
    if not foreign:
        return ""
    if sense.weak and ("?" in sense.marks or not _is_of_a_person(pieces, number)):
        return "is weak among words nobody knows"
    if asks:
        return ""
    before = any(piece.sense is None for piece in pieces[:number])
    after = any(piece.sense is None for piece in pieces[number + 1 :])
    if head == "final" and after:
        return "is not the head of the compound"
    if head == "initial" and before:
        return "is not the head of the phrase"
    if head == "either" and pieces[number + 1 : number + 2] and not pieces[number + 1].sense:
        return "only describes the word after it"
    return ""


def _is_of_a_person(pieces: Sequence[Piece], number: int) -> bool:
    """Whether the word right before a fact means a person, and all after it is known, as in
    “flat_owner_name”.
    """
    before = pieces[number - 1] if number else None
    return (
        before is not None
        and before.sense is not None
        and before.is_a("role")
        and before.sense.concept.id != "field"
        and before.sense.word not in PARTS_OF_PROGRAMS
        and all(piece.sense is not None for piece in pieces[number:])
    )
