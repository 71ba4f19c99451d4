"""Secrets in the app: keys, passwords, tokens, start values, with the place that uses them.

What it finds
    Keys and start values of ciphers, passwords of databases, archives, mailboxes and accounts,
    tokens for servers, secrets of cloud accounts (``embeds.secret``), where a call uses a value
    that stands in the app. Each is masked, and its evidence holds digests only. Of passwords of
    archives, databases and documents that are no constant, where they come from.

Why it matters
    Whoever has the app has the secret: what it protects is open to everybody. It also ties apps
    together that hold the same one.

How it decides
    By calls that the knowledge pack ``secrets`` names, whose argument is a constant or can be
    computed from constants. A text that merely looks like a key is never told. Secrets that are
    used in several places are told once. A password that is no constant is followed back through
    computations, fields, methods and callers to what the packs ``apis`` and ``value_origins``
    name.

What it misses
    Secrets in native code, on servers, in files; those that are put together with what is not
    known; what libraries of other makers use for themselves.

Example
    ``new SecretKeySpec("0123456789abcdef".getBytes(), "AES")``
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import owner_of_method
from witnessmark.analyses.embeds._moving_passwords import MovingPassword, moving_passwords
from witnessmark.analyses.fixed_secrets import FixedSecret, fixed_secrets, mask, quote_secret
from witnessmark.analyses.manifest import quote_attribute
from witnessmark.analyses.tables import API_SITES, SDK_CLASSES
from witnessmark.facts.tables.code import (
    ARRAY_PAYLOADS,
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    STRING_USES,
    STRINGS,
)  # fmt: skip
from witnessmark.facts.tables.manifest import META_DATA, XML_ATTRIBUTES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.apis import Api
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.knowledge.packs.secrets import Secret
from witnessmark.knowledge.packs.value_origins import ValueOrigin
from witnessmark.model.distinct import among
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap

SECRET = Analysis(
    id="embeds/secret",
    version=2,
    reads=(
        ARRAY_PAYLOADS, CALLS, CLASSES, FIELD_USES, FIELDS, METHODS, STRINGS, STRING_USES, REACH,
        SDK_CLASSES, API_SITES, DERIVED_TEXTS, META_DATA, XML_ATTRIBUTES,
    ),
    knows=("apis", "sdks", "secrets", "value_origins"),
)  # fmt: skip

MOST_QUOTED = 6
HIDDEN = ("embeds/secret",)
_MEANS = {
    "iv": "It is the same every time, where it should differ.",
    "salt": "It is the same for everybody, where it should differ.",
    "seed": "What should be random can be computed from it.",
}
NAMED = kept_regex(r"(?i)(secret|passw|token|api_?key|app_?key|license)")
"""Names of manifest entries that hold what should not be known."""

SHORTEST_DECLARED = 8
TAG = 12
"""Digits of the digest by which equal secrets of several apps are recognised."""


@SECRET.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield a finding for each secret and what it is used as."""
    names = CodeNames(app, framework_model())
    found: dict[tuple[str, str], list[FixedSecret]] = defaultdict(list)
    for one in fixed_secrets(app, names, know.entries("secrets", Secret)):
        if owner_of_method(app, one.method) in ("own", "other"):
            found[one.entry.what, one.argument.text].append(one)
    for what, text in sorted(found):
        yield _finding(app, text, found[what, text])
    yield from _moving(app, names, know)
    yield from _declared(app, know.entries("sdks", Sdk))


def _finding(app: Facts, text: str, uses: Sequence[FixedSecret]) -> Finding:
    first = uses[0]
    tag = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:TAG]
    beside = list(dict.fromkeys(one.beside for one in uses if one.beside))
    methods = sorted({one.method for one in uses})
    unit = "bytes" if text.startswith("0x") else "characters"
    said = f", with {beside[0]}" if beside else ""
    computed = all(one.argument.derived >= 0 for one in uses)
    return Finding(
        kind="embeds.secret",
        subject={
            "what": first.entry.what,
            "value": first.masked,
            "length": first.size,
            "digest": tag,
            "with": beside,
            "used_by": sorted({one.entry.id for one in uses}),
            "used_in": [app.method_signature(method) for method in methods[:MOST_QUOTED]],
            "in_own_code": any(owner_of_method(app, m) == "own" for m in methods),
        },
        says=f"{first.entry.says} stands in the app: {first.masked} ({first.size} {unit}){said}. "
        f"{_MEANS.get(first.entry.what, 'Whoever has the app has it.')}",
        evidence=tuple(quote_secret(app, one) for one in uses[:MOST_QUOTED]),
        strength="derived" if computed else "read",
        reach=best_reach(app, methods),
        limits=("Whether it is still valid was not tried. Equal secrets have equal digests.",),
        identity=f"{first.entry.what} {tag}",
    )  # fmt: skip


def _moving(app: Facts, names: CodeNames, know: Knowledge) -> Iterator[Finding | Gap]:
    """Passwords that are no constant, by what they protect and come from."""
    apis = {api.id: api for api in know.entries("apis", Api)}
    known = know.entries("value_origins", ValueOrigin)
    found: dict[tuple[str, tuple[str, ...]], list[MovingPassword]] = defaultdict(list)
    for one in moving_passwords(app, names, know.entries("secrets", Secret), apis, known):
        if owner_of_method(app, one.method) not in ("own", "other"):
            continue
        if one.leaves:
            told = tuple(sorted({leaf.says for leaf in one.leaves}))
            found[one.entry.says, told].append(one)
        else:
            why = f"a password is used here that is no constant ({one.entry.protects}); where it "
            yield Gap(app.method_signature(one.method), f"{why}comes from is not seen", HIDDEN)
    for (says, told), uses in sorted(found.items(), key=lambda one: one[0]):
        methods = sorted({one.method for one in uses})
        leaves = tuple(dict.fromkeys(leaf for one in uses for leaf in one.leaves))[:MOST_QUOTED]
        yield Finding(
            kind="embeds.secret",
            subject={
                "what": "password", "value": "", "length": 0, "digest": "", "with": [],
                "used_by": sorted({one.entry.id for one in uses}),
                "used_in": [app.method_signature(method) for method in methods[:MOST_QUOTED]],
                "in_own_code": any(owner_of_method(app, m) == "own" for m in methods),
                "from": list(told), "protects": uses[0].entry.protects,
            },
            says=f"{says} stands nowhere in the app; it comes from: {', '.join(told)}.",
            evidence=(
                *(app.quote_instruction("a password is set here", one.method, one.pc)
                  for one in uses[:MOST_QUOTED]),
                *(app.quote_instruction(f"it comes from {leaf.says}", leaf.method, leaf.pc)
                  for leaf in leaves if leaf.pc >= 0),
            ),
            strength="derived",
            reach=best_reach(app, methods),
            limits=("What else goes into it, and what it is in the end, is not told.",),
            identity=f"password {uses[0].entry.protects} {' '.join(told)}",
        )  # fmt: skip


def _declared(app: Facts, sdks: Sequence[Sdk]) -> Iterator[Finding]:
    """Entries of the manifest that a library, or code that names them, reads as keys."""
    for name, value, node in app.table(META_DATA).rows("name", "value", "node"):
        text = str(value).strip()
        sdk = next((one for one in sdks if any_matches(one.manifest, name)), None)
        read = _readers(app, name)
        if not NAMED.search(name) or len(text) < SHORTEST_DECLARED or not (sdk or read):
            continue
        named = quote_attribute(app, node, "name", "the name of the entry")
        if text[0] in "@$" or named is None:
            continue
        by = sdk.name if sdk else "code of the app"
        yield Finding(
            kind="embeds.secret",
            subject={
                "what": "credential", "value": mask(text), "length": len(text),
                "digest": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:TAG],
                "with": [name], "used_by": [sdk.id] if sdk else [],
                "used_in": [app.method_signature(method) for method in read[:MOST_QUOTED]],
                "in_own_code": bool(read),
            },
            says=f"The manifest holds the key {name} for {by}: {mask(text)} ({len(text)} "
            "characters). Whoever has the app has it.",
            evidence=(named,),
            strength="read",
            reach=best_reach(app, read),
            limits=("Many such keys are meant to be in the app and only name it to a service.",),
            identity=f"manifest {name}",
        )  # fmt: skip


def _readers(app: Facts, name: str) -> list[int]:
    """Methods that load a name as a constant, where they belong to no known library."""
    rows = app.string_rows(name)
    uses = app.table(STRING_USES)
    found = uses["method"][among(uses["string"], np.asarray(rows, dtype=np.int64))]
    return sorted({m for m in found.tolist() if owner_of_method(app, m) in ("own", "other")})
