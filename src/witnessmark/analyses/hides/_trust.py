"""Checks of certificates and host names that check nothing, told by their own code.

Source: javax.net.ssl.X509TrustManager and HostnameVerifier: a certificate is refused by throwing,
a host name by returning false.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.flow.instructions import CodeReader, MethodCode

TRUST = Member("javax.net.ssl.X509TrustManager", "checkServerTrusted")
HOSTS = (
    Member("javax.net.ssl.HostnameVerifier", "verify"),
    Member("org.apache.http.conn.ssl.X509HostnameVerifier", "verify"),
    Member("org.apache.http.conn.ssl.AbstractVerifier", "verify"),
)
THROW = 0x27
RETURN_VOID, RETURN = 0x0E, 0x0F
SMALL_CONSTANTS = (0x12, 0x13, 0x14)
BRANCHES = frozenset((*range(0x2B, 0x2D), *range(0x32, 0x3E)))
REPORTS = ("android.util.Log", "java.io.PrintStream", "java.lang.StringBuilder", "java.lang.Object")
"""Classes whose calls report or build words and check nothing."""


class Unchecked(Struct, frozen=True):
    """A method that accepts everything; ``what`` is ``certificates`` or ``hostnames``."""

    what: str
    method: int


def unchecked(app: Facts, names: CodeNames) -> Iterator[Unchecked]:
    """Trust managers and host name verifiers of the app that cannot refuse, in method order."""
    reader = CodeReader(app)
    for method in sorted(names.overrides([TRUST])):
        code = reader.read(method)
        if code is not None and _cannot_throw(app, code):
            yield Unchecked("certificates", method)
    for method in sorted(names.overrides(HOSTS)):
        code = reader.read(method)
        if code is not None and _always_agrees(app, code):
            yield Unchecked("hostnames", method)


def _cannot_throw(app: Facts, code: MethodCode) -> bool:
    opcodes = {one.opcode for one in code.instructions}
    return THROW not in opcodes and not _asks(app, code)


def _always_agrees(app: Facts, code: MethodCode) -> bool:
    """Whether each return gives true, or the method returns nothing and cannot throw."""
    opcodes = [one.opcode for one in code.instructions]
    if THROW in opcodes or _asks(app, code) or BRANCHES & set(opcodes):
        return False
    loads = [one.literal for one in code.instructions if one.opcode in SMALL_CONSTANTS]
    if RETURN_VOID in opcodes:
        return True
    return RETURN in opcodes and bool(loads) and loads[-1] == 1


def _asks(app: Facts, code: MethodCode) -> bool:
    """Whether the method calls anything that could decide."""
    callees = app.table(CALLS)["callee"]
    return any(app.method_class(int(callees[row])) not in REPORTS for row in code.calls.values())
