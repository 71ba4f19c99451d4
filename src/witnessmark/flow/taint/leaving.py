"""Data that leaves by a call of outside code."""

from __future__ import annotations

from collections.abc import Callable

from witnessmark.flow.taint.named import STORED, fetched, names_of, stored
from witnessmark.flow.taint.outcall import CHANNEL, TO, OutsideCall, opened_as, texts_of
from witnessmark.flow.taint.results import SinkPlace
from witnessmark.flow.taint.values import NOTHING, Taint, Value, join, text, united
from witnessmark.knowledge.packs.annotated import Annotated
from witnessmark.knowledge.packs.sinks import Sink


class Leaving:
    """Sinks as the packs describe them.

    ``stays``  whether data sent by a sink stays among the parts of the app.
    """

    def __init__(self, stays: Callable[[OutsideCall, Sink], bool]) -> None:
        self.stays = stays

    def by(self, call: OutsideCall) -> None:
        """Note the data that a call sends out."""
        for sink in call.matches.sinks:
            taint: Taint = call.frame.guard if sink.arguments else {}
            for place in sink.arguments:
                taint = united(call.carried(call.at(place)), taint)
            for place in sink.files:
                names = names_of(call, "file", [call.at(place)])
                taint = united(taint, fetched(call, "file", names) if names else {})
            if not taint:
                continue
            channel, to = _way(call, sink)
            if not channel or self.stays(call, sink):
                continue
            owner = call.owner_name(sink.owner)
            _leave(call, taint, f"sinks/{sink.id}", sink.says, owner, channel, to)
            if channel in STORED:
                named = [*map(call.at, sink.to), to]
                stored(call, channel, names_of(call, channel, named), taint)

    def opens(self, call: OutsideCall, value: Value) -> None:
        """Note by which way, and to where, goes what is written into a stream."""
        for sink in call.matches.sinks:
            if not sink.opens:
                continue
            to = NOTHING
            for place in sink.to:
                to = join(to, texts_of(call.store, call.at(place)))
            opened = value if sink.opens == "return" else call.receiver
            for obj in opened.objects:
                call.store.write(obj, CHANNEL, text(sink.channel), strong=True)
                if to.atoms:
                    call.store.write(obj, TO, to, strong=True)


def by_annotation(call: OutsideCall, entry: Annotated) -> None:
    """Note the data that a method without code sends, as its annotation says."""
    taint: Taint = {}
    for value in call.parameters:
        taint = united(taint, call.carried(value))
    if taint and entry.channel is not None:
        owner = call.engine.world.owner_name(call.method)
        cites = f"annotated/{entry.id}"
        _leave(call, taint, cites, entry.says, owner, entry.channel, NOTHING)


def _leave(
    call: OutsideCall, taint: Taint, cites: str, says: str, owner: str, channel: str, to: Value
) -> None:
    place = SinkPlace(cites, says, owner, call.method.name, call.frame.method.row, call.pc, channel)
    call.engine.met(taint, place, to, call.frame.context)


def _way(call: OutsideCall, sink: Sink) -> tuple[str, Value]:
    """Channel of a sink and where to; of a stream those of what opened it."""
    holder = call.at(sink.to[0]) if sink.to else call.receiver
    opened, to = opened_as(call.store, holder)
    for place in sink.to:
        to = join(to, texts_of(call.store, call.at(place)))
    return (opened if sink.channel == "stream" else sink.channel), to
