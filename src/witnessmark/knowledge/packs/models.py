"""What calls do to data that they are given, for code that an app does not hold."""

from functools import lru_cache
from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs._members import POSITION, MemberRule

FLOW = kept_regex(r"(this|0|[1-9][0-9]?|key)->(this|return|0|[1-9][0-9]?)")

Access = Literal["", "put", "get", "remove", "clear"]


class Model(MemberRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How data moves through a call.

    ``flows``   each ``from->to`` of ``this``, ``return`` and positions from 0. None for a call
                that gives nothing on of what it gets.
    ``key``     position of the argument that is a key of the object, -1 for none. Where it is
                constant, ``put`` writes and ``get`` reads only the part of that name.
    ``access``  what a keyed call does; ``clear`` empties the object whole.
    ``callback``  flows into the objects given: ``from->N.name.M`` means that ``from`` comes as
                parameter M of method ``name`` of argument N (``this`` for the receiver), and
                ``N.name->to`` that what it returns goes on.
    ``files``   flows of the content of files: ``file:N->to`` out of the file that argument N (or
                ``this``) names, by path or as `File`; ``from->file:N`` into it.
    ``wraps``   positions of streams or writers into which goes what is later put into the object
                that the call makes (``this``, or what a static call returns).
    """

    flows: tuple[str, ...] = ()
    key: int = -1
    access: Access = ""
    callback: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    wraps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """ValueError for a flow that is none."""
        for flow in self.flows:
            if not _is_flow(flow):
                raise ValueError(f"flows: {flow!r} is no flow")
        for flow in self.callback:
            if not CALLBACK.fullmatch(flow):
                raise ValueError(f"callback: {flow!r} is no flow")
        for place in self.wraps:
            if not POSITION.fullmatch(place):
                raise ValueError(f"wraps: {place!r} is no position")
        for flow in self.files:
            if not FILE_FLOW.fullmatch(flow):
                raise ValueError(f"files: {flow!r} is no flow")


@lru_cache(maxsize=256)
def _is_flow(text: str) -> bool:
    """Most models give one of a few flows."""
    return FLOW.fullmatch(text) is not None


CALLBACK = kept_regex(
    r"(this|0|[1-9][0-9]?)->(this|[0-9]+)\.[\w$<>]+\.[0-9]+"
    r"|(this|[0-9]+)\.[\w$<>]+->(this|return|[0-9]+)"
)

FILE_FLOW = kept_regex(
    r"file:(this|[0-9]+)->(this|return|[0-9]+|file:[0-9]+)|(this|[0-9]+)->file:(this|[0-9]+)"
)

ENTRY = Model
