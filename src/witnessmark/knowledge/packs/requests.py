"""How libraries put a request or message together, and the call that sends it."""

from functools import lru_cache

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs._members import MemberRule

PLACE = kept_regex(r"this|[0-9]{1,2}|@[\w$\[\]]+|=\S+")
"""What of a call is meant: the receiver, an argument by position, the first of a type, or a text
that the entry gives.
"""

WORDS = {
    "new": "", "of": "p", "join": "p", "open": "", "channel": "w", "url": "p", "base": "p",
    "host": "p", "port": "p", "path": "p", "scheme": "p", "segment": "p", "verb": "w",
    "verbs": "pw", "else": "w", "operation": "p", "space": "p", "to": "p", "subject": "p",
    "header": "pp", "query": "pp", "form": "pp", "part": "pp", "file": "pp", "property": "pp",
    "field": "pp", "route": "pp", "login": "pp", "pair": "pp", "name": "p", "value": "p",
    "entry": "pp", "fields": "wp", "body": "p", "write": "p", "type": "p", "encode": "w",
    "ask": "ww", "send": "", "json": "p", "spell": "p", "map": "p", "same": "p", "given": "",
    "as": "w", "listen": "p", "user": "p", "secret": "p", "client": "p", "serves": "p",
    "bean": "p",
}  # fmt: skip
"""Words of an effect, and what follows each: ``p`` a place of the call, ``w`` a word."""


class Part(MemberRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one call does to the request that is being put together.

    ``effect``  steps, in order; each a word and what it is about (`WORDS`):

    ``new``       the call gives a new request; ``open`` an object that belongs to the same one
    ``of P``      what follows is about the request of P; ``join P`` the receiver belongs to it
    ``channel W``, ``verb W``  kind of way and method; ``verb name`` is the name of the call itself;
                  ``verbs P A,B`` counted from 0; ``else W`` where none is said
    ``url`` ``base`` ``host`` ``port`` ``scheme`` ``path`` ``segment``  pieces of the address
    ``operation`` ``space``  name and namespace of what is called; topic; name of a file
    ``to`` ``subject``  receiver of a message, and its subject line
    ``header`` ``query`` ``form`` ``part`` ``file`` ``property`` ``field`` ``route`` P Q
                  a named value, and where it stands (``field``: as the library sees fit)
    ``fields W P``  all that is in P, standing in W; ``ask METHOD W`` what METHOD of the receiver,
                  which the app overrides, gives
    ``body`` ``write`` ``bean`` ``type`` ``encode``  the body, more of it, an object as body, its
                  type, how it is packed
    ``pair P Q``, ``name P``, ``value P``  the receiver, or what is given, is a name with a value
    ``entry`` ``map`` ``json`` ``spell`` ``same`` ``given``  things that carry values: a member of
                  the receiver, a map of pairs, the JSON text of P, a receiver that spells P, P
                  itself, the body so far
    ``as W``      what the call gives is P in another form, in one word
    ``user`` ``secret`` ``login P Q``  who logs in; ``client P`` under what name it connects
    ``listen P``  waits at a port; ``serves P``  requests that class P declares go to this address;
    ``send``      now it leaves
    """

    effect: tuple[str, ...]

    def __post_init__(self) -> None:
        """ValueError for an effect that is none."""
        for step in self.effect:
            if problem := _problem_of(step):
                raise ValueError(f"effect: {problem}")

    @property
    def sends(self) -> bool:
        """Whether the call sends what was put together."""
        return any(step.split()[0] in ("send", "listen", "serves") for step in self.effect)

    @property
    def bases(self) -> bool:
        """Whether the call says with which address declared requests begin."""
        return any(step.split()[0] == "base" for step in self.effect)


@lru_cache(maxsize=512)
def _problem_of(step: str) -> str:
    """What is wrong with a step, nothing when it is one. Most calls have one of a few steps."""
    word, *rest = step.split()
    shape = WORDS.get(word)
    if shape is None or len(rest) != len(shape):
        return f"{step!r} is none"
    for kind, one in zip(shape, rest, strict=True):
        if kind == "p" and not PLACE.fullmatch(one):
            return f"{one!r} in {step!r} is no place of a call"
    return ""


ENTRY = Part
