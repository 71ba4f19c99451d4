"""Departures from the dex format that could be read around."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from witnessmark.formats.dex.kernels import layout


class Anomaly(Struct, frozen=True):
    """``code`` a short stable name, ``says`` one plain sentence, ``offset`` and ``length`` the
    bytes in question, counted from the start of blob ``artifact``. ``loses`` tells whether
    content may have gone unread because of it.
    """

    code: str
    says: str
    offset: int
    length: int
    artifact: int = 0
    loses: bool = False


class _Meaning(Struct, frozen=True):
    code: str
    says: str
    loses: bool = True


_MEANINGS: Mapping[int, _Meaning] = {
    layout.BAD_STRING: _Meaning("bad-string", "a string's data lies outside the file"),
    layout.BAD_TYPE: _Meaning("bad-type", "a type has no descriptor"),
    layout.BAD_PROTO: _Meaning("bad-prototype", "a prototype names types that do not exist"),
    layout.BAD_CLASS: _Meaning("bad-class", "a class definition points to nothing"),
    layout.BAD_INTERFACE: _Meaning("bad-interfaces", "a list of interfaces cannot be read"),
    layout.BAD_MEMBER: _Meaning("bad-member", "a field or method names things that do not exist"),
    layout.REPEATED_MEMBER: _Meaning(
        "repeated-member", "a class defines one member twice; the first counts"
    ),
    layout.CUT_MEMBERS: _Meaning("cut-members", "a class's list of members is cut off"),
    layout.BAD_CODE: _Meaning("bad-code", "a method's code lies outside the file"),
    layout.CUT_CODE: _Meaning("cut-code", "a method's code is longer than the file"),
    layout.BAD_REGISTERS: _Meaning(
        "bad-registers", "a method takes more than its registers hold, so its code is not followed"
    ),
    layout.BAD_OPCODE: _Meaning("bad-opcode", "code holds an opcode without meaning", loses=False),
    layout.BAD_OPERAND: _Meaning("bad-operand", "an instruction names something that is not there"),
    layout.CUT_INSTRUCTION: _Meaning("cut-instruction", "code ends inside an instruction"),
    layout.TOO_MUCH: _Meaning(
        "reading-limit", "lists overlap so much that the rest was left unread"
    ),
    layout.SHADOWED_CLASS: _Meaning(
        "shadowed-class", "this class was defined before, so this definition never loads"
    ),
    layout.BAD_HANDLERS: _Meaning("bad-handlers", "exception handlers cannot be read"),
    layout.BAD_DEBUG: _Meaning("bad-debug-info", "debug information cannot be read"),
    layout.BAD_VALUE: _Meaning("bad-value", "a constant value cannot be read"),
    layout.BAD_ANNOTATION: _Meaning("bad-annotation", "an annotation cannot be read"),
}


def noted_anomalies(
    notes: NDArray[np.int64], starts: NDArray[np.int64], blobs: NDArray[np.int64]
) -> tuple[Anomaly, ...]:
    """Anomalies that kernels noted, in order of discovery.

    ``starts`` holds the positions of the blobs in the image, ascending, ``blobs`` their numbers.
    The last anomaly counts those beyond the limit of the list.
    """
    total = int(notes[0])
    listed = notes[layout.NOTED :].reshape(-1, 3)[: min(total, layout.NOTES)].tolist()
    found = []
    for code, at, length in listed:
        meaning = _MEANINGS[code]
        blob = int(np.searchsorted(starts, at, side="right")) - 1
        offset = at - int(starts[blob])
        artifact = int(blobs[blob])
        found.append(Anomaly(meaning.code, meaning.says, offset, length, artifact, meaning.loses))
    if total > layout.NOTES:
        says = f"{total - layout.NOTES} further anomalies are not listed one by one"
        found.append(Anomaly("many-anomalies", says, 0, 0, 0, loses=True))
    return tuple(found)
