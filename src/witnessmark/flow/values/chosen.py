"""Which methods are worth interpreting: those that make texts, and those that pass them on.

Interpreting costs about a microsecond an instruction, so whole apps are not; the choice itself is
linear in call sites.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from msgspec import Struct

from witnessmark.facts.tables.code import (
    CALLS,
    CLASSES,
    FIELD_USES,
    FIELDS,
    METHODS,
    PROTO_PARAMETERS,
    PROTOS,
    STRING_USES,
)
from witnessmark.facts.tables.manifest import APP
from witnessmark.facts.view import Facts
from witnessmark.flow.graph import Flags, Ints, distinct, ints
from witnessmark.flow.names import descriptors, method_names
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.cells import known_cells
from witnessmark.flow.values.folders import FILE, GIVEN_BY, may_be_given
from witnessmark.flow.values.library import TEXT_MAKERS, makes_text
from witnessmark.flow.values.used_whole import COMMANDS, KEYS
from witnessmark.knowledge.flows import flow_knowledge
from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.namespaces import Namespace
from witnessmark.model.distinct import among

ROUNDS = 3
"""Calls through which a method may pass a text on to one that uses it."""

TEXT_TYPES = frozenset({"Ljava/lang/String;", "Ljava/lang/CharSequence;"})
CODED_TYPES = frozenset({*TEXT_TYPES, "[B", "[C", "[I", "I", "J", "C", "B", "S"})


class Chosen(Struct, frozen=True):
    """What is interpreted; flags by row of ``methods``.

    ``roots``   methods in the order in which they are run.
    ``readers``  methods that use texts, and are run too when they read a field that holds one.
    ``wants``   methods that do something with the texts they are given.
    ``users``   methods that use texts: where texts are told.
    ``gives``   methods that return a text.
    ``ends``    methods in which a text comes to something: used, passed on, stored.
    ``told``    methods of which texts are told: not those of the platform's own libraries.
    """

    roots: tuple[int, ...]
    readers: Flags
    wants: Flags
    users: Flags
    gives: Flags
    ends: Flags
    told: Flags


def chosen_methods(facts: Facts) -> Chosen:
    """Methods to interpret, the app's own before those of others."""
    methods, calls = facts.table(METHODS), facts.table(CALLS)
    caller, callee = ints(calls["method"]), ints(calls["callee"])
    body = methods["code_offset"] >= 0
    takes, decodes = facts.once(_signatures)
    makers, users = _named(facts, distinct(callee), takes, body)
    stores = _stores(facts)
    given = (takes | _takes_files(facts)) & body
    wants = given & (_calling(users, caller, callee) | stores)
    for _ in range(ROUNDS):
        wants |= given & _calling(wants, caller, callee)
    makes = _calling(makers | wants | (decodes & body), caller, callee)
    ends = _calling(users | wants, caller, callee) | stores
    runs = body & _may_run(facts)
    reads = _reads_started(facts)
    keeps = stores | _calling(_keepers(facts), caller, callee)
    roots = ((makes | reads) & ends | keeps & _loading(facts)) & runs
    rank = facts.once(_ranks)[ints(methods["class"])]
    rank[~body] = OTHERS
    rows = np.flatnonzero(roots & (rank < PLATFORM))
    ordered = rows[np.argsort(rank[rows], kind="stable")]
    readers = ends & runs & (rank < PLATFORM)
    return Chosen(
        tuple(ordered.tolist()), readers, wants, users, gives_text(facts), ends, rank < PLATFORM
    )


def _calling(which: Flags, caller: Ints, callee: Ints) -> Flags:
    """Methods that call one of ``which``."""
    flags = np.zeros(len(which), dtype=bool)
    flags[caller[which[callee]]] = True
    return flags


def _named(facts: Facts, rows: Ints, takes: Flags, body: Flags) -> tuple[Flags, Flags]:
    """Among the methods ``rows``: library methods that make texts of others; and methods that use
    texts: those of pack `sinks` and `models`, bundled or not, and others outside that take one.
    """
    makers, users = np.zeros(len(takes), dtype=bool), np.zeros(len(takes), dtype=bool)
    types = facts.table(METHODS)["class_type"]
    known = known_users()
    names = method_names(facts)
    told = [names.ids.get(name.encode(), -1) for name in sorted(_names_that_matter())]
    matters = among(names.of_method[rows], told) | (takes[rows] & ~body[rows])
    for row in rows[matters].tolist():
        owner, name = facts.descriptor(int(types[row])), facts.method_name(row)
        key = f"{owner}->{name}"
        if key in MAKES_AND_USES or (not body[row] and may_be_given(owner, name)):
            makers[row], users[row] = True, key in MAKES_AND_USES
        elif makes_text(key) and key not in USERS:
            of_bytes = key == NEW_TEXT and facts.parameter_types(row)[:1] in (("[B",), ("[C",))
            makers[row] = (name not in PLAIN or of_bytes) and not body[row]
        elif key in USERS or key in known:
            users[row] = True
        elif takes[row] and not body[row]:
            users[row] = not owner.startswith(REPORTS) and not owner.endswith(FAULTS)
    return makers, users


@lru_cache(maxsize=1)
def _names_that_matter() -> frozenset[str]:
    """Bare names of all methods that `_named` knows by name."""
    keys = (*USERS, *MAKES_AND_USES, *known_users(), *TEXT_MAKERS)
    return frozenset({*(key.partition("->")[2] for key in keys), *GIVEN_BY})


@lru_cache(maxsize=1)
def known_users() -> frozenset[str]:
    """``Lowner;->name`` of the methods that packs `sinks` and `models` know."""
    know = flow_knowledge()
    named = {**know.sinks_by_member, **know.models_by_member}
    keys = {f"L{owner.replace('.', '/')};->{name}" for owner, name in named}
    return frozenset(key for key in keys if not key.startswith(REPORTS))


USERS = frozenset({
    "Ljava/net/URL;-><init>", "Ljava/net/URI;-><init>", "Ljava/net/URI;->create",
    "Landroid/net/Uri;->parse", "Ljava/io/File;-><init>", "Ljava/lang/Class;->forName",
    "Ljava/lang/ClassLoader;->loadClass", "Ldalvik/system/DexClassLoader;->loadClass",
    "Landroid/net/Uri;->withAppendedPath", "Ljava/io/File;->delete", "Ljava/io/File;->deleteOnExit",
    "Ljava/io/File;->mkdir", "Ljava/io/File;->mkdirs", "Ljava/io/File;->createNewFile",
    "Ljava/io/File;->renameTo", "Ljava/io/File;->setExecutable", "Ljava/io/File;->setReadable",
    "Ljava/io/File;->setWritable", "Ljava/io/File;->exists", "Ljava/io/File;->listFiles",
    "Ljava/io/File;->list", "Ljava/lang/System;->load", "Ljava/lang/System;->loadLibrary",
    "Ljava/lang/Runtime;->load", "Ljava/lang/Runtime;->loadLibrary",
    "Ljava/lang/Class;->getMethod", "Ljava/lang/Class;->getDeclaredMethod",
})  # fmt: skip
"""Methods that use a text, or the path that a file is, rather than make another of it."""

REPORTS = (
    "Landroid/util/Log;", "Ljava/io/PrintStream;", "Ljava/lang/", "Ljava/util/", "Lkotlin/",
    "Ljava/text/",
)  # fmt: skip
"""Beginnings of classes whose methods only report, compare or collect texts."""

MAKES_AND_USES = frozenset({"Ljava/io/File;-><init>", *COMMANDS, *KEYS})
"""Methods that use a text, and whose callers are worth looking into for that alone."""

NEW_TEXT = "Ljava/lang/String;-><init>"
FAULTS = ("Exception;", "Error;")

PLAIN = frozenset({
    "equals", "equalsIgnoreCase", "isEmpty", "length", "hashCode", "get", "put", "add", "size",
    "append", "<init>", "valueOf", "intValue", "longValue", "booleanValue", "charAt", "contains",
    "startsWith", "endsWith", "indexOf", "getName", "getSimpleName", "containsKey", "toArray",
    "min", "max", "abs", "requireNonNull", "parseInt", "parseLong", "contentEquals", "asList",
    "arraycopy", "trim", "getString", "entrySet", "keySet", "values", "iterator", "listIterator",
    "hasNext", "next", "getKey", "getValue", "putAll", "addAll",
})  # fmt: skip
"""Stand-ins that alone make no new text."""

STATIC_READ, STATIC_WRITE = 0x62, 0x69
FIELD_WRITES = (0x5B, STATIC_WRITE)


def _stores(facts: Facts) -> Flags:
    """Methods that put an object into a field of a text type."""
    uses = facts.table(FIELD_USES)
    rows = among(uses["opcode"], FIELD_WRITES) & _text_fields(facts)[uses["field"]]
    flags = np.zeros(len(facts.table(METHODS)), dtype=bool)
    flags[ints(uses["method"])[rows]] = True
    return flags


def _keepers(facts: Facts) -> Flags:
    """Methods that keep a value under a key."""
    flags = np.zeros(len(facts.table(METHODS)), dtype=bool)
    for key, cell in known_cells().items():
        owner, _, name = key.partition("->")
        if cell.access == "put":
            flags[facts.methods_named(owner[1:-1].replace("/", "."), name)] = True
    return flags


def _loading(facts: Facts) -> Flags:
    """Methods that load a text constant."""
    flags = np.zeros(len(facts.table(METHODS)), dtype=bool)
    flags[ints(facts.table(STRING_USES)["method"])] = True
    return flags


def _takes_files(facts: Facts) -> Flags:
    """Methods that take a file; a file is the text of its path."""
    protos = facts.table(PROTOS)
    parameters, file = facts.table(PROTO_PARAMETERS)["type"], facts.type_by_descriptor(FILE)
    first, count = ints(protos["first_parameter"]), ints(protos["parameters"])
    before = np.concatenate([[0], np.cumsum(parameters == file)])
    found: Flags = before[first + count] > before[first]
    return found[ints(facts.table(METHODS)["proto"])]


def _signatures(facts: Facts) -> tuple[Flags, Flags]:
    """Methods that take a text, and methods whose types are those of a decoder."""
    protos, parameters = facts.table(PROTOS), facts.table(PROTO_PARAMETERS)["type"]
    first, count = ints(protos["first_parameter"]), ints(protos["parameters"])
    text, coded = _type_rows(facts, TEXT_TYPES), _type_rows(facts, CODED_TYPES)
    texts = np.concatenate([[0], np.cumsum(among(parameters, text))])
    others = np.concatenate([[0], np.cumsum(~among(parameters, coded))])
    takes = texts[first + count] > texts[first]
    decodes = (others[first + count] == others[first]) & (count > 0)
    decodes &= among(protos["return_type"], text)
    of_method = ints(facts.table(METHODS)["proto"])
    return takes[of_method], decodes[of_method]


def _type_rows(facts: Facts, kinds: Iterable[str]) -> Ints:
    """Rows of ``types`` with these descriptors, those that the app lacks left out."""
    rows = [facts.type_by_descriptor(kind) for kind in sorted(kinds)]
    return np.array([row for row in rows if row >= 0], dtype=np.int64)


def _reads_started(facts: Facts) -> Flags:
    """Methods that read a static text which an initialiser computes."""
    uses = facts.table(FIELD_USES)
    method, field = ints(uses["method"]), ints(uses["field"])
    written = np.zeros(len(facts.table(FIELDS)), dtype=bool)
    written[field[(uses["opcode"] == STATIC_WRITE) & _text_fields(facts)[field]]] = True
    flags = np.zeros(len(facts.table(METHODS)), dtype=bool)
    flags[method[(uses["opcode"] == STATIC_READ) & written[field]]] = True
    return flags


def _text_fields(facts: Facts) -> Flags:
    text = np.array([facts.type_by_descriptor(kind) for kind in sorted(TEXT_TYPES)])
    found: Flags = among(facts.table(FIELDS)["type"], text)
    return found


def _may_run(facts: Facts) -> Flags:
    """All but methods that nothing reaches, as far as that was asked."""
    states = facts.table(REACH)["state"]
    if not len(states):
        return np.ones(len(facts.table(METHODS)), dtype=bool)
    return np.array([state != "unreached" for state in states.tolist()], dtype=bool)


OWN, OTHERS, PLATFORM = 0, 1, 2


def _ranks(facts: Facts) -> Ints:
    """Whose each class is, with one more row at the end for no class."""
    own = own_prefix(facts)
    mine = (_beginning(own),) if own else ()
    platform = tuple(map(_beginning, _platform_prefixes()))
    names = descriptors(facts)
    found: list[int] = []
    for kind in facts.table(CLASSES)["type"].tolist():
        name = names[kind] if 0 <= kind < len(names) else b""
        found.append(OWN if name.startswith(mine) else
                     PLATFORM if name.startswith(platform) else OTHERS)  # fmt: skip
    return np.array([*found, OTHERS], dtype=np.int64)


def _beginning(prefix: str) -> bytes:
    """How descriptors of classes begin whose names, with dots, begin so."""
    return f"L{prefix.replace('.', '/')}".encode()


def platform_methods(facts: Facts) -> Flags:
    """Methods that classes of the platform's own libraries define."""
    owner = ints(facts.table(METHODS)["class"])
    found: Flags = (facts.once(_ranks)[owner] == PLATFORM) & (owner >= 0)
    return found


def taking_text(facts: Facts) -> Flags:
    """Methods that take a text."""
    return facts.once(_signatures)[0]


def gives_text(facts: Facts) -> Flags:
    """Methods that return a text."""
    kinds = [facts.type_by_descriptor(kind) for kind in sorted(TEXT_TYPES)]
    returned = among(facts.table(PROTOS)["return_type"], np.array([k for k in kinds if k >= 0]))
    found: Flags = returned[ints(facts.table(METHODS)["proto"])]
    return found


def own_prefix(facts: Facts) -> str:
    """First two parts of the app's package, with a dot behind; empty when there is none."""
    told = dict(facts.table(APP).rows("key", "value"))
    parts = str(told.get("package", "")).split(".")[:2]
    return ".".join(parts) + "." if len(parts) == 2 else ""


@lru_cache(maxsize=1)
def _platform_prefixes() -> tuple[str, ...]:
    entries = load(("namespaces",)).entries("namespaces", Namespace)
    return tuple(entry.prefix + "." for entry in entries if entry.kind == "platform")
