"""Mariana Trench as a peer: the same packs as its configuration, its results as flow files.

Sources, sinks and models of the packs become model generators; every source may reach every sink.
Its own generators for what it calls taint-in-taint-out, overrides and components stay on. What
its configuration cannot say is left out: arguments that must be a constant, channels of streams
(writing into any stream is a sink), contents of files, annotated methods.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from witnessmark.knowledge.flows import FlowKnowledge, FlowSource
from witnessmark.knowledge.packs.models import Model
from witnessmark.knowledge.packs.sinks import Sink

SOURCE, SINK = "PersonalData", "WayOut"
GENERATORS = ("content_provider_generator", "join_override_generator", "service_sources",
              "taint_in_taint_out", "taint_in_taint_this")  # fmt: skip

IN_MEMORY = ("java.io.ByteArrayOutputStream", "java.io.StringWriter", "java.io.CharArrayWriter")
"""Streams into which one can write without anything leaving."""

Json = dict[str, Any]
Entry = FlowSource | Sink | Model


def write_configuration(know: FlowKnowledge, folder: Path) -> None:
    """Rules, generators and heuristics in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [*_sources(know.sources), *_sinks(know.sinks), *_models(know.models)]
    (folder / "Packs.models").write_text(json.dumps({"model_generators": made}), encoding="utf-8")
    names = [{"name": name} for name in (*GENERATORS, "Packs")]
    (folder / "generators.json").write_text(json.dumps(names), encoding="utf-8")
    rule = {"name": "flow", "code": 1, "description": "flow", "sources": [SOURCE], "sinks": [SINK]}
    (folder / "rules.json").write_text(json.dumps([rule]), encoding="utf-8")


def command(program: str, folder: Path, jar: Path, app: Path, out: Path) -> list[str]:
    """How it is run on one app; ``out`` is an empty folder."""
    return [
        program, "--apk-path", str(app), "--output-directory", str(out),
        "--system-jar-configuration-path", str(jar), "--rules-paths", str(folder / "rules.json"),
        "--model-generator-configuration-paths", str(folder / "generators.json"),
        "--model-generator-search-paths", str(folder),
        "--skip-source-indexing", "--disable-parameter-type-overrides", "--always-export-origins",
    ]  # fmt: skip


def _sources(entries: Iterable[FlowSource]) -> Iterator[Json]:
    for entry in entries:
        stored = entry.kind in ("file", "database", "preferences", "ipc", "network")
        if entry.argument or (stored and not entry.categories):
            continue
        for static in (False, True):
            ports = [port for where in entry.where if (port := _port(where, static=static))]
            taints = [{"kind": SOURCE, "port": port} for port in ports]
            if taints:
                yield _generator(entry, {"sources": taints}, static=static)
        places = [w for w in entry.where if w.startswith("callback-parameter:")]
        if places:
            ports = [f"Argument({int(place.partition(':')[2]) + 1})" for place in places]
            taints = [{"kind": SOURCE, "port": port} for port in ports]
            yield _overrides(entry, {"parameter_sources": taints})
        if "field" in entry.where:
            yield {
                "find": "fields",
                "where": [_parent(entry.owner), {"constraint": "name", "pattern": _names(entry)}],
                "model": {"sources": [{"kind": SOURCE}]},
            }


def _sinks(entries: Iterable[Sink]) -> Iterator[Json]:
    for entry in entries:
        for static in (False, True):
            for place in entry.arguments:
                port = _argument(place, static=static)
                if port:
                    made = _generator(
                        entry, {"sinks": [{"kind": SINK, "port": port}]}, static=static
                    )
                    if entry.channel == "stream":
                        made["where"].append({"constraint": "not", "inner": _parent(*IN_MEMORY)})
                    yield made


def _models(entries: Iterable[Model]) -> Iterator[Json]:
    for entry in entries:
        for static in (False, True):
            moves = []
            for flow in entry.flows:
                start, _, end = flow.partition("->")
                source = _argument(start, static=static)
                target = "Return" if end == "return" else _argument(end, static=static)
                if source and target:
                    moves.append((source, target))
            for source, target in moves:
                move = [{"input": source, "output": target}]
                yield _generator(entry, {"propagation": move}, static=static)


def _port(where: str, *, static: bool) -> str:
    if where == "return":
        return "Return"
    kind, _, number = where.partition(":")
    return _argument("this" if kind == "this" else number, static=static) if kind in (
        "this", "parameter",
    ) else ""  # fmt: skip


def _argument(place: str, *, static: bool) -> str:
    if place == "this":
        return "" if static else "Argument(0)"
    return f"Argument({int(place) + (not static)})" if place.isdigit() else ""


def _generator(entry: Entry, model: Json, *, static: bool) -> Json:
    where: list[Json] = [
        _parent(entry.owner),
        {"constraint": "name", "pattern": _names(entry)},
        {"constraint": "is_static", "value": static},
    ]
    return {"find": "methods", "where": [*where, *_wide_enough(model)], "model": model}


def _overrides(entry: FlowSource, model: Json) -> Json:
    return {
        "find": "methods",
        "where": [
            _parent(entry.owner),
            {"constraint": "name", "pattern": _names(entry)},
            {"constraint": "is_static", "value": False},
            *_wide_enough(model),
        ],
        "model": model,
    }


def _wide_enough(model: Json) -> Iterator[Json]:
    """That a method has the arguments a model names; it is not checked by the peer."""
    numbers = [int(n) for n in re.findall(r"Argument\((\d+)\)", json.dumps(model))]
    if numbers:
        bound = {"constraint": ">=", "value": max(numbers) + 1}
        yield {"constraint": "number_parameters", "inner": bound}


def _parent(*owners: str) -> Json:
    """Methods of these classes and of those below them."""
    pattern = "|".join(re.escape(f"L{owner.replace('.', '/')};") for owner in owners)
    named = {"constraint": "name", "pattern": pattern}
    return {"constraint": "parent", "inner": {"constraint": "extends", "inner": named}}


def _names(entry: Entry) -> str:
    return "|".join(map(re.escape, entry.members))


LIBRARIES = ("android.support.", "androidx.", "com.google.android.gms.")
"""Code that apps of benchmarks bundle; flows with an end in it are not the app's."""


class Results:
    """What one run wrote, read as flows of the form of the scorer."""

    def __init__(self, folder: Path) -> None:
        self._models: dict[str, Json] = {}
        for path in sorted(folder.glob("model@*.json")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.startswith("{"):
                    model = json.loads(line)
                    if "method" in model:
                        self._models[_method(model["method"])] = model

    def flows(self) -> list[Json]:
        """Each pair of places in which a source and a sink of one issue are called."""
        found = {}
        for name, model in self._models.items():
            for issue in model.get("issues", ()):
                sources = [e for one in issue["sources"] for e in self._ends(name, one, SOURCES)]
                sinks = [e for one in issue["sinks"] for e in self._ends(name, one, SINKS)]
                for source in sources:
                    for sink in sinks:
                        if not any(e["in_class"].startswith(LIBRARIES) for e in (source, sink)):
                            told = {"source": source, "sink": sink}
                            found[json.dumps(told, sort_keys=True)] = told
        return [found[key] for key in sorted(found)]

    def _ends(self, name: str, taint: Json, parts: Sequence[str]) -> list[Json]:
        """Where the calls at the ends of one taint stand; the trace is followed down."""
        ends: list[Json] = []
        todo, seen = [(name, taint)], set()
        while todo:
            at, frame = todo.pop()
            info = frame["call_info"]
            if info["call_kind"] in ("Origin", "Declaration"):
                for kind in frame["kinds"]:
                    ends.extend(_end(at, origin) for origin in kind.get("origins", ()))
                continue
            target, port = _method(info.get("resolves_to", "")), info.get("port", "")
            if (target, port) in seen:
                continue
            seen.add((target, port))
            for part in parts:
                for held in self._models.get(target, {}).get(part, ()):
                    if held.get("port", port).split(".")[0] == port.split(".")[0]:
                        todo.extend((target, inner) for inner in held["taint"])
        return ends


SOURCES = ("generations", "parameter_sources")
SINKS = ("sinks",)


def _method(named: Any) -> str:
    return named if isinstance(named, str) else str(named.get("name", ""))


def _end(at: str, origin: Json) -> Json:
    owner, _, rest = at.partition(";.")
    called, _, call = _method(origin.get("method") or origin.get("field") or "").partition(";.")
    return {
        "class": called[1:].replace("/", "."), "method": call.partition(":")[0],
        "in_class": owner[1:].replace("/", "."), "in_method": rest.partition(":")[0],
    }  # fmt: skip
