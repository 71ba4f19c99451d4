"""Checks of certificates and host names that check nothing, told by their own code.

Source: javax.net.ssl.X509TrustManager and HostnameVerifier: a certificate is refused by throwing,
a host name by returning false.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from msgspec import Struct

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, MethodCode

THROW = 0x27
RETURN_VOID, RETURN = 0x0E, 0x0F
SMALL_CONSTANTS = (0x12, 0x13, 0x14)
BRANCHES = frozenset((*range(0x2B, 0x2D), *range(0x32, 0x3E)))


class Unchecked(Struct, frozen=True):
    """A method that accepts everything; ``what`` is ``certificates`` or ``hostnames``."""

    what: str
    method: int


def unchecked(app: Facts, names: CodeNames, roles: CallRoles) -> Iterator[Unchecked]:
    """Trust managers and host name verifiers of the app that cannot refuse, in method order."""
    reader, reports = CodeReader(app), roles.owners("reports")
    for method in sorted(names.overrides(roles.members("certificate_check"))):
        code = reader.read(method)
        if code is not None and _cannot_throw(app, code, reports):
            yield Unchecked("certificates", method)
    for method in sorted(names.overrides(roles.members("host_check"))):
        code = reader.read(method)
        if code is not None and _always_agrees(app, code, reports):
            yield Unchecked("hostnames", method)


def _cannot_throw(app: Facts, code: MethodCode, reports: Set[str]) -> bool:
    opcodes = {one.opcode for one in code.instructions}
    return THROW not in opcodes and not _asks(app, code, reports)


def _always_agrees(app: Facts, code: MethodCode, reports: Set[str]) -> bool:
    """Whether each return gives true, or the method returns nothing and cannot throw."""
    opcodes = [one.opcode for one in code.instructions]
    if THROW in opcodes or _asks(app, code, reports) or BRANCHES & set(opcodes):
        return False
    loads = [one.literal for one in code.instructions if one.opcode in SMALL_CONSTANTS]
    if RETURN_VOID in opcodes:
        return True
    return RETURN in opcodes and bool(loads) and loads[-1] == 1


def _asks(app: Facts, code: MethodCode, reports: Set[str]) -> bool:
    """Whether the method calls anything that could decide; ``reports`` are classes that cannot."""
    callees = app.table(CALLS)["callee"]
    return any(app.method_class(int(callees[row])) not in reports for row in code.calls.values())
