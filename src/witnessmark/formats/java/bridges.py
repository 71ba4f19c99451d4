"""Methods that compilers add: by them a call of an erased method arrives at the one written.

Source: The Java Language Specification, SE 17, 15.12.4.5, 8.4.8.3 (erasures of overridden
methods).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from witnessmark.formats.java.code import Code
from witnessmark.formats.java.conversions import result_suffix
from witnessmark.formats.java.frame import finished
from witnessmark.formats.java.members import PRIVATE, MethodInfo
from witnessmark.formats.java.types import Type, substituted
from witnessmark.formats.java.world import World, bindings
from witnessmark.formats.listing.model import ListedMethod
from witnessmark.model.location import Span

BRIDGE = 0x1040
MOST_WORDS = 5


def bridges(
    world: World, owner: Type, own: Sequence[tuple[MethodInfo, Span]]
) -> Iterator[ListedMethod]:
    """Bridges to the methods ``own`` that a class declares, each with the span of its name."""
    above = [(info, seen) for info, seen in world.supers(owner) if info.desc != owner.desc]
    for method, span in own:
        if method.is_static or method.access & PRIVATE or method.name == "<init>":
            continue
        taken = {method.proto}
        for info, seen in above:
            bound = bindings(info, seen)
            for other in info.methods.get(method.name, ()):
                if other.proto not in taken and _overrides(method, other, bound):
                    taken.add(other.proto)
                    made = _bridge(owner, method, other, span)
                    if made is not None:
                        yield made


def _overrides(method: MethodInfo, other: MethodInfo, bound: Mapping[str, Type]) -> bool:
    if other.is_static or len(other.parameters) != len(method.parameters):
        return False
    if other.access & PRIVATE or other.returned.is_primitive != method.returned.is_primitive:
        return False
    seen = (substituted(one, bound).desc for one in other.parameters)
    return all(one == mine.desc for one, mine in zip(seen, method.parameters, strict=True))


def _bridge(owner: Type, method: MethodInfo, other: MethodInfo, span: Span) -> ListedMethod | None:
    """Checks arguments and hands them on."""
    kinds = (owner, *other.parameters)
    words = sum(2 if one.is_wide else 1 for one in kinds)
    if words > MOST_WORDS:
        return None
    code = Code(words)
    at = 1
    for wanted, given in zip(method.parameters, other.parameters, strict=True):
        if wanted.desc != given.desc:
            code.emit("check-cast", (at,), span, reference=wanted.desc)
        at += 2 if given.is_wide else 1
    spelled = f"{owner.desc}->{method.name}{method.proto}"
    code.emit("invoke-virtual", tuple(range(words)), span, reference=spelled)
    if other.returned.desc == "V":
        code.emit("return-void", (), span)
    else:
        register = code.register(other.returned)
        form = result_suffix(other.returned)
        code.emit(f"move-result{form}", (register,), span)
        code.emit(f"return{form}", (register,), span)
    access = method.access & 0x7 | BRIDGE
    return ListedMethod(method.name, other.proto, access, finished(code, kinds, ()), (), span)
