"""Weaknesses that expose the people whose data an app holds.

What it finds
    Ways by which others come to the data (``hides.weakness``): the app marked as being under
    development, backups, traffic without encryption, certificates or host names that are not
    checked, encryption of its own making, files open to every app, parts of the app open to
    other apps, shares of the whole file system, web pages with too many rights, ciphers that no
    longer protect, archives without protection.

Why it matters
    Whoever collects data about people answers for it. Weak protection exposes those people to
    anyone who holds the device, shares its network or has another app on it.

How it decides
    By the manifest and the network configuration, which may say for which servers it holds (what
    counts for debugging only where the app is marked so); by calls and their constant arguments
    that the knowledge pack ``deeds`` names; by the code of trust managers and host name
    verifiers, which are told when they cannot refuse anything. Only parts of the app's own are
    told as open; weaknesses of libraries are told as such. Encryption of its own making is told
    by the shape of a loop (`_own_ciphers`) whose result is sent or stored.

What it misses
    Weak passwords, flaws of servers, injection, checks that a part makes itself. It is no
    penetration test; that nothing is told here does not make an app secure.

Example
    ``checkServerTrusted(chain, type) { }``
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from witnessmark.analyses.call_roles import call_roles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import (
    LIBRARY,
    OTHER,
    OWN,
    UNTOLD,
    deed_finding,
    doer,
    groups_of,
    owner_of_method,
    where_of,
)
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.fixed_secrets import FixedSecret, fixed_secrets, quote_secret
from witnessmark.analyses.hides._development import Development
from witnessmark.analyses.hides._exposed import Open, exposed
from witnessmark.analyses.hides._open_pages import open_pages
from witnessmark.analyses.hides._own_ciphers import OwnCipher, Unseen, own_ciphers
from witnessmark.analyses.hides._trust import Unchecked, unchecked
from witnessmark.analyses.tables import REQUESTS, SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import (
    ARRAY_PAYLOADS,
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    INSTRUCTIONS,
    METHODS,
    STRINGS,
    TYPES,
)  # fmt: skip
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    PERMISSIONS,
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
    XML_TEXTS,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import EXPORTED, REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.knowledge.packs.secrets import Secret
from witnessmark.knowledge.packs.sinks import Sink
from witnessmark.knowledge.packs.sources import Source
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach
from witnessmark.model.gap import Gap

WEAKNESS = Analysis(
    id="hides/weakness",
    version=1,
    reads=(
        ARRAY_PAYLOADS, CALLS, CLASSES, FIELD_USES, FIELDS, INSTRUCTIONS, METHODS, STRINGS, TYPES,
        REACH, EXPORTED, SDK_CLASSES, REQUESTS,
        DERIVED_TEXTS, APP, COMPONENTS, MEMBERS, PERMISSIONS, XML_ATTRIBUTES, XML_FILES, XML_NODES,
        XML_TEXTS,
    ),
    knows=("call_roles", "deeds", "secrets", "sinks", "sources"),
)  # fmt: skip

MOST_QUOTED = 12
_TRUST_SAYS = {
    "certificates": "accepts every certificate in some of its connections: the method that "
    "should refuse false ones cannot refuse",
    "hostnames": "accepts certificates made out to other servers in some of its "
    "connections: the method that should compare names agrees to all",
}


@WEAKNESS.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield what the manifest leaves open, then what code does."""
    for one in (*exposed(app), *open_pages(app)):
        yield _of_manifest(app, one)
    names = CodeNames(app, framework_model())
    roles = call_roles(know)
    listed = list(unchecked(app, names, roles))
    for what in sorted({one.what for one in listed}):
        for where in (OWN, OTHER, LIBRARY):
            found = [one for one in listed if one.what == what and _where(app, one.method) == where]
            if found:
                yield _of_trust(app, what, where, found)
    yield from _fixed_keys(app, names, know.entries("secrets", Secret))
    sinks, sources = know.entries("sinks", Sink), know.entries("sources", Source)
    mixers = list(own_ciphers(app, sinks, sources, roles))
    yield from _own_encryption(app, [one for one in mixers if isinstance(one, OwnCipher)])
    for unseen in mixers:
        if isinstance(unseen, Unseen):
            yield Gap(app.method_signature(unseen.method), _TOO_MANY_LOOPS, ("hides/weakness",))
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "weakness"]
    development = Development(app, names)
    done = [one for one in find_deeds(app, names, deeds)
            if not development.only(one.method, one.pc)]  # fmt: skip
    for group in groups_of(app, done):
        if group.what != "archive" or group.where != LIBRARY:
            yield deed_finding(app, "hides.weakness", group)


_KEYS = {
    "number": "with a fixed number", "bytes": "with bytes of a key", "unknown": "with a value that "
    "is not known",
}  # fmt: skip
_USED = {("sent",): "sends", ("stored",): "stores", ("sent", "stored"): "sends and stores"}
_UNDONE = (
    "Such encryption protects little. Which key it is, and what is protected so, was not computed."
)

_TOO_MANY_LOOPS = (
    "this method has more loops than are looked at for encryption of the app's own making; the "
    "longest were left out"
)


def _own_encryption(app: Facts, listed: Sequence[OwnCipher]) -> Iterator[Finding | Gap]:
    """Ciphers of an app's own making, by whose code and key; a gap for each method."""
    groups: dict[tuple[str, str], list[OwnCipher]] = defaultdict(list)
    for one in listed:
        groups[_where(app, one.method), one.key].append(one)
    for (where, key), found in sorted(groups.items()):
        ways = tuple(sorted({way for one in found for way, _, _ in one.used}))
        as_rc4 = any(one.as_rc4 for one in found)
        like = ", in the manner of RC4" if as_rc4 else ""
        methods = sorted({one.method for one in found})
        yield Finding(
            kind="hides.weakness",
            subject={
                "what": "own_encryption",
                "names": [app.method_signature(one) for one in methods[:MOST_QUOTED]],
                "places": len(found), "in_own_code": where == OWN, "in_sdk": [], "key": key,
                "used": list(ways), "as_rc4": as_rc4,
            },
            says=f"{doer(where)} encrypts some of what it {_USED[ways]} by a method of its own, "
            f"each byte combined {_KEYS[key]}{like}.",
            evidence=tuple(_cipher_evidence(app, one) for one in found[:MOST_QUOTED]),
            strength="derived",
            reach=best_reach(app, methods),
            limits=(_UNDONE, UNTOLD) if where == OTHER else (_UNDONE,),
            identity=f"own encryption {where} {key}",
        )  # fmt: skip
        for one in found:
            yield Gap(
                app.method_signature(one.method),
                "what this method encrypts in a way of its own is sent or stored; what that is "
                "cannot be told from there",
                ("keeps", "sends"),
            )


def _cipher_evidence(app: Facts, one: OwnCipher) -> Evidence:
    used = tuple(
        app.quote_instruction(f"its result is {way} here", method, pc)
        for way, method, pc in one.used[:MOST_QUOTED]
    )
    mixes = app.quote_instruction("bytes are combined here, in a loop", one.method, one.pc)
    where = app.method_signature(one.method)
    return Evidence(f"in the method {where}", because=(mixes, *used))


def _where(app: Facts, method: int) -> str:
    return where_of(owner_of_method(app, method))


def _of_manifest(app: Facts, one: Open) -> Finding:
    methods = [m for row in one.components for m in _methods_of(app, row)]
    return Finding(
        kind="hides.weakness",
        subject={
            "what": one.what, "names": list(one.names), "places": max(1, len(one.names)),
            "in_own_code": True, "in_sdk": [],
        },
        says=one.says,
        evidence=one.evidence,
        strength="read",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=one.limits,
        identity=f"manifest {one.what}",
    )  # fmt: skip


def _methods_of(app: Facts, component: int) -> list[int]:
    kind = int(app.table(COMPONENTS)["type"][component])
    row = int(app.table(TYPES)["class"][kind]) if kind >= 0 else -1
    return app.methods_of(row) if row >= 0 else []


def _of_trust(app: Facts, what: str, where: str, found: list[Unchecked]) -> Finding:
    owners = sorted({owner_of_method(app, one.method) for one in found})
    classes = sorted({app.method_class(one.method) for one in found})
    shown = f"{', '.join(classes[:3])}{' and others' if len(classes) > 3 else ''}"
    limits = ("Which connections use it is not told here.",)
    return Finding(
        kind="hides.weakness",
        subject={
            "what": what, "names": classes, "places": len(found), "in_own_code": where == OWN,
            "in_sdk": owners if where == LIBRARY else [],
        },
        says=f"{doer(where, owners)} {_TRUST_SAYS[what]} ({shown}).",
        evidence=tuple(_body(app, one.method) for one in found[:MOST_QUOTED]),
        strength="read",
        reach=best_reach(app, [one.method for one in found]),
        limits=(*limits, UNTOLD) if where == OTHER else limits,
        identity=f"unchecked {what} {where}",
    )  # fmt: skip


def _body(app: Facts, method: int) -> Evidence:
    methods = app.table(METHODS)
    return app.quote(
        f"the whole code of {app.method_signature(method)}",
        int(methods["artifact"][method]), int(methods["code_offset"][method]),
        2 * int(methods["code_units"][method]), "hex",
        {"method": app.method_signature(method), "pc": 0},
    )  # fmt: skip


_FIXED = {
    "key": "encrypts, or signs, with a key that stands in it: whoever has the app can read and make"
    " what it protects so",
    "password": "protects what it stores or reaches with a password that stands in it: whoever has "
    "the app has it",
    "iv": "begins each encryption with the same value, so that equal contents look equal",
    "seed": "computes from a fixed value what should be random",
}
_NOT_TOLD = "What is protected by it is not told here."


def _fixed_keys(app: Facts, names: CodeNames, entries: Sequence[Secret]) -> Iterator[Finding]:
    """Protection that rests on what every copy of the app holds."""
    found: dict[tuple[str, str], list[FixedSecret]] = defaultdict(list)
    for one in fixed_secrets(app, names, entries):
        where = _where(app, one.method)
        if one.entry.what in _FIXED and where != LIBRARY:
            found[one.entry.what, where].append(one)
    for (what, where), uses in sorted(found.items()):
        methods = sorted({one.method for one in uses})
        yield Finding(
            kind="hides.weakness",
            subject={
                "what": f"fixed_{what}", "names": sorted({one.beside for one in uses} - {""}),
                "places": len(uses), "in_own_code": where == OWN, "in_sdk": [],
            },
            says=f"{doer(where)} {_FIXED[what]}.",
            evidence=tuple(quote_secret(app, one) for one in uses[:MOST_QUOTED]),
            strength="derived" if all(one.argument.derived >= 0 for one in uses) else "read",
            reach=best_reach(app, methods),
            limits=(_NOT_TOLD, UNTOLD) if where == OTHER else (_NOT_TOLD,),
            identity=f"fixed {what} {where}",
        )  # fmt: skip
