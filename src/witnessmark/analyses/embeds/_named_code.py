"""Names that the makers gave to the app's package and to its code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from witnessmark.analyses.embeds._ownership import is_marker, organisation
from witnessmark.analyses.manifest import app_value
from witnessmark.analyses.quotes import quote_class
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import CLASSES
from witnessmark.facts.tables.manifest import APP, XML_ATTRIBUTES
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.knowledge.packs.attribution import Trace
from witnessmark.knowledge.packs.namespaces import Namespace
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach

SHORTEST_NAME = 3
FEWEST_CLASSES = 5
"""Classes below one name from which it is more than a stray piece of code."""

MOST_NAMES = 12
MOST_QUOTED = 3
MOST_METHODS = 20_000
_ANYONE = "Anyone can choose any package name; it need not be a domain of the makers."
_FOREIGN = (
    "Code under a foreign name is often a library that we do not know: its makers need have "
    "nothing to do with the app."
)


def named_findings(
    app: Facts, spaces: Sequence[Namespace], traces: Sequence[Trace]
) -> Iterator[Finding]:
    """A finding for the package name, and one for each other name that much code bears."""
    hosts = {space.prefix for space in spaces if space.kind == "host"}
    shared = frozenset(space.prefix for space in spaces if space.kind != "platform")
    fillers = [trace for trace in traces if trace.kind == "filler"]
    package = app_value(app, "package")
    yield from _package(app, maker_in(package, hosts, fillers))
    known = {organisation(package, shared)} if package else set()
    names = {
        name: rows
        for name, rows in _by_organisation(app, shared).items()
        if name not in known and len(rows) >= FEWEST_CLASSES and maker_in(name, hosts, fillers)
    }
    for name in sorted(names, key=lambda name: (-len(names[name]), name))[:MOST_NAMES]:
        yield _of_code(app, name, names[name])


def maker_in(package: str, hosts: Container[str], fillers: Sequence[Trace]) -> str:
    """The label of a package name where makers put their own; empty when it is a common word."""
    labels = package.split(".")
    at = 1
    while at + 1 < len(labels) and ".".join(labels[: at + 1]) in hosts:
        at += 1
    if at >= len(labels) or ".".join(labels[: at + 1]) in hosts:
        return ""
    label = labels[at]
    common = any(filler.recognises(label) for filler in fillers)
    return "" if len(label) < SHORTEST_NAME or common else label


def _package(app: Facts, maker: str) -> Iterator[Finding]:
    attribute = _stated_at(app)
    if not maker or attribute is None:
        return
    package = app_value(app, "package")
    table = app.table(XML_ATTRIBUTES)
    evidence = app.quote(
        "the manifest states the package name",
        int(table["artifact"][attribute]),
        int(table["offset"][attribute]),
        int(table["length"][attribute]),
        table["reads_as"][attribute],
    )
    yield Finding(
        kind="embeds.attribution",
        subject={
            "what": "package_name", "value": package, "grade": "weak", "against": [_ANYONE],
        },
        says=f"The package name is {package}. Many makers name themselves where it says {maker}; "
        "others put there what the app is for.",
        evidence=(evidence,),
        strength="indicated",
        limits=(_ANYONE,),
        identity="package_name",
    )  # fmt: skip


def _stated_at(app: Facts) -> int | None:
    for key, row in app.table(APP).rows("key", "attribute"):
        if key == "package" and row >= 0:
            return int(row)
    return None


def _by_organisation(app: Facts, shared: frozenset[str]) -> Mapping[str, list[int]]:
    """Rows of classes that no known library has, by the organisation that their names begin with.

    Renamed classes and those that builds generate are left out.
    """
    found: dict[str, list[int]] = defaultdict(list)
    owners = app.table(SDK_CLASSES)["ownership"].tolist()
    for row in range(min(len(owners), len(app.table(CLASSES)))):
        if owners[row] not in ("own", "other"):
            continue
        name = app.class_name(row)
        home = name.rpartition(".")[0]
        if "." in home and not is_marker(name):
            found[organisation(home, shared)].append(row)
    return found


def _of_code(app: Facts, name: str, rows: Sequence[int]) -> Finding:
    own = app.table(SDK_CLASSES)["ownership"][rows[0]] == "own"
    against = (_ANYONE,) if own else (_ANYONE, _FOREIGN)
    methods = [method for row in rows for method in app.methods_of(row)][:MOST_METHODS]
    quoted = tuple(quote_class(app, row) for row in rows[:MOST_QUOTED])
    return Finding(
        kind="embeds.attribution",
        subject={
            "what": "code_name", "value": name, "grade": "weak", "against": list(against),
            "classes": len(rows), "in_own_code": bool(own),
        },
        says=f"{len(rows)} classes {'of the app ' if own else ''}stand under the name {name}, "
        "which is not the app's package and no library's that we know.",
        evidence=(Evidence(f"{len(rows)} classes are named so", because=quoted),),
        strength="read",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=against,
        identity=f"code_name {name}",
    )  # fmt: skip
