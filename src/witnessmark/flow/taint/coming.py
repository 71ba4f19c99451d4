"""Data that comes in by a call of outside code, or from a field of it."""

from __future__ import annotations

from dataclasses import replace

from witnessmark.flow.taint.members import Field
from witnessmark.flow.taint.named import STORED, fetched, names_of, stored
from witnessmark.flow.taint.objects import Place, fill, holding
from witnessmark.flow.taint.outcall import OutsideCall, argument_fits, constants_in
from witnessmark.flow.taint.store import CONTENT
from witnessmark.flow.taint.values import PARTIAL, Source, Taint, Value, step, tainted
from witnessmark.knowledge.flows import FlowSource
from witnessmark.knowledge.packs.apis import Api

URI = "Landroid/net/Uri;"
PRINTS = ("exec", "start")
"""Calls that start a command whose output is known."""


def sources(call: OutsideCall, value: Value) -> Value:
    """The value of a call with the data that comes in by it."""
    for entry in call.matches.sources:
        if entry.argument and not argument_fits(call, entry.argument):
            continue
        if entry.kind == "database" and not entry.categories and URI in call.method.parameters:
            value = _from_store(call, entry, value)
            continue
        if entry.kind in STORED and not entry.categories:
            value = _again(call, entry, value)
        if not entry.categories and _is_known(call, entry, value):
            continue
        if call.engine.rules.counts(entry):
            value = bring(call, entry, _unpacked(call, value))
        elif entry.kind == "ipc":
            value = _taken_out(call, entry, value)
    return value


def _is_known(call: OutsideCall, entry: FlowSource, value: Value) -> bool:
    """Whether what is read is known by what was stored there, or is a file of the app itself."""
    held = {**call.carried(value), **call.carried(call.receiver)}
    if entry.kind != "file":
        return any(source.member in PRINTS for source in held)
    if held:
        return True
    paths = [one for p in call.parameters for one in constants_in(call.store, p)]
    texts = [one for one in paths if one.__class__ is str]
    return bool(texts) and not any("/" in one for one in texts)


def bring(call: OutsideCall, entry: FlowSource, value: Value) -> Value:
    """Data of a source comes in by a call; the value of the call with it."""
    says = f"{entry.says[:1].lower()}{entry.says[1:]}: {call.name}"
    taint = call.engine.source(
        entry, call.owner_name(entry.owner), call.method.name, call.frame.method.row, call.pc, says
    )
    return _put(call, entry, value, taint)


def _put(call: OutsideCall, entry: FlowSource, value: Value, taint: Taint) -> Value:
    """Data into the parts of a call that an entry names."""
    for where in entry.where:
        name, _, position = where.partition(":")
        if name == "return":
            value = holding(call.frame, value, taint, call.method.returns)
        elif name == "this":
            fill(call.store, call.receiver, taint)
        elif name == "parameter":
            fill(call.store, call.parameter(int(position)), taint)
        elif name == "file":
            names = names_of(call, "file", [call.parameter(int(position))])
            stored(call, "file", names, taint)
    return value


def _again(call: OutsideCall, entry: FlowSource, value: Value) -> Value:
    """Data that was stored under the name that is read, or that a known file holds."""
    names = names_of(call, entry.kind, (call.receiver, *call.parameters))
    taint = fetched(call, entry.kind, names)
    if not taint:
        return _from_place(call, entry, value)
    taint = step(taint, call.frame.method.row, call.pc, f"is read again: {call.name}")
    return _put(call, entry, value, taint)


def _from_place(call: OutsideCall, entry: FlowSource, value: Value) -> Value:
    """Data that a known file of the device holds."""
    if entry.kind != "file":
        return value
    for one in (call.receiver, *call.parameters):
        for constant in constants_in(call.store, one):
            known = None
            if constant.__class__ is str:
                known = call.engine.rules.know.place("file", constant)
            if known is not None:
                value = bring(call, _as_source(entry, known), value)
    return value


def _from_store(call: OutsideCall, entry: FlowSource, value: Value) -> Value:
    """Data of a store that a content address names; of an unknown one whatever it holds."""
    constants = constants_in(call.store, call.typed(URI))
    know = call.engine.rules.know
    spelled = [atom if atom.__class__ is str else atom[1] for atom in constants if _names(atom)]
    known = dict.fromkeys(api for api in map(know.address, spelled) if api is not None)
    for api in known:
        value = bring(call, _as_source(entry, api), value)
    return value if spelled else bring(call, entry, value)


def _names(constant: object) -> bool:
    """Whether a constant is a text, whole or in part, or a field of outside code."""
    return constant.__class__ is str or (
        constant.__class__ is tuple and constant[0] in ("f", PARTIAL)
    )


def _as_source(entry: FlowSource, api: Api) -> FlowSource:
    """The entry, with what is known of the address or file that is read by it."""
    return replace(
        entry,
        cites=f"apis/{api.id}",
        says=api.says,
        categories=api.categories,
        about=api.about,
    )


def printed(call: OutsideCall, value: Value) -> Value:
    """Data that a command prints, as part of the process that is started."""
    for constant in constants_in(call.store, call.parameter(0)):
        known = None
        if constant.__class__ is str:
            known = call.engine.rules.know.place("command", constant)
        if known is not None:
            says = f"{known.says[:1].lower()}{known.says[1:]}: {call.name}"
            entry = FlowSource(
                f"apis/{known.id}", known.says, "java.lang.Runtime", ("exec",), "", True,
                ("return",), (), "api", known.categories, known.about,
            )  # fmt: skip
            taint = call.engine.source(
                entry, call.owner_name(entry.owner), call.method.name, call.frame.method.row,
                call.pc, says,
            )  # fmt: skip
            value = holding(call.frame, value, taint, call.method.returns)
    return value


def field_read(place: Place, method: int, field: Field, value: Value, pc: int) -> Value:
    """The value of a field, with data that fields of outside classes bring."""
    engine = place.engine
    if field.defined:
        return value
    for entry in engine.rules.field_sources(field.owner, field.name):
        owner = engine.world.class_name(field.owner).replace("/", ".")
        says = f"{entry.says[:1].lower()}{entry.says[1:]}: field {field.name}"
        value = tainted(value, engine.source(entry, owner, field.name, method, pc, says))
    return value


def _taken_out(call: OutsideCall, entry: FlowSource, value: Value) -> Value:
    """What is read from a message of another app: the reading is where the data comes in."""
    if not any(map(_is_message, call.carried(call.receiver))):
        return value
    return bring(call, entry, _unpacked(call, value))


def _is_message(source: Source) -> bool:
    """Whether data is a message of another app as a whole."""
    return source.kind == "ipc" and not source.categories


def _unpacked(call: OutsideCall, value: Value) -> Value:
    """What was read from a message, no longer told as the message itself."""
    for obj in value.objects:
        known = call.store.peek(obj, CONTENT)
        if any(map(_is_message, known.taint)):
            call.store.write(obj, CONTENT, _without_message(known), strong=True)
    return _without_message(value)


def _without_message(value: Value) -> Value:
    if not any(map(_is_message, value.taint)):
        return value
    kept = {source: way for source, way in value.taint.items() if not _is_message(source)}
    return Value(value.atoms, kept)
