"""Messages between threads and processes: Handler, Message, Messenger, Binder.

Source: developer.android.com/reference/android/os/Message, .../Messenger, .../Binder.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.flow.taint.outcall import OutsideCall, Special
from witnessmark.flow.taint.store import CONTENT
from witnessmark.flow.taint.transfer import inside, run_named
from witnessmark.flow.taint.values import NOTHING, Obj, Value, join, number

TARGET = "target"
MESSAGE = "Landroid/os/Message;"
MESSAGE_FIELDS = ("what", "arg1", "arg2")


def _handle(call: OutsideCall, handlers: Value, message: Value) -> None:
    """Handlers of the app among ``handlers``, or the callback they were made with, get it."""
    given = {0: message} if message.objects else {}
    for obj in handlers.objects:
        if call.engine.world.is_own(obj.node):
            run_named(call, obj, "handleMessage", given)


def _send(call: OutsideCall) -> Value | None:
    """``Handler.sendMessage`` and the like."""
    message = next((v for v in call.parameters if v.objects), NOTHING)
    _handle(call, join(call.receiver, inside(call, call.receiver)), message)
    return call.anything()


def _obtained(call: OutsideCall) -> Value | None:
    """``Message.obtain`` and ``Handler.obtainMessage``: a message that knows its handler.

    A new one holds what it is given and zeros, so that its kind tells what its handler does with
    it; a copy of another may hold more.
    """
    made = call.anything()
    names = {"Landroid/os/Handler;": TARGET, "Ljava/lang/Object;": "obj"}
    numbers = iter(MESSAGE_FIELDS)
    if MESSAGE not in call.method.parameters:
        made = Value(tuple(made.objects))
        for obj in made.objects:
            for name in MESSAGE_FIELDS[call.method.parameters.count("I") :]:
                call.store.write(obj, name, number(0), strong=True)
    for place, kind in enumerate(call.method.parameters):
        name = next(numbers, "what") if kind == "I" else names.get(kind, CONTENT)
        for obj in made.objects:
            call.store.write(obj, name, call.given(call.parameter(place)), strong=False)
    if call.method.name == "obtainMessage":
        for obj in made.objects:
            call.store.write(obj, TARGET, call.receiver, strong=False)
    return made


def _set_target(call: OutsideCall) -> Value | None:
    for obj in call.receiver.objects:
        call.store.write(obj, TARGET, call.parameter(0), strong=True)
    return NOTHING


def _send_to_target(call: OutsideCall) -> Value | None:
    for message in call.receiver.objects:
        handlers = call.store.peek(message, TARGET)
        _handle(call, join(handlers, inside(call, handlers)), call.receiver)
    return NOTHING


def _send_by_messenger(call: OutsideCall) -> Value | None:
    """``Messenger.send``: handlers of the app that a messenger was made of get the message."""
    _handle(call, handlers_of(call, call.receiver), call.parameter(0))
    return NOTHING


def handlers_of(call: OutsideCall, messenger: Value, depth: int = 4) -> Value:
    """Handlers of the app within messengers and binders, also within one another."""
    world = call.engine.world
    found = NOTHING
    for obj in messenger.objects:
        if world.is_a(obj.node, "android/os/Handler"):
            found = join(found, Value((obj,)))
        if depth:
            inner = call.store.peek(obj, CONTENT)
            found = join(found, handlers_of(call, inner, depth - 1))
    return found


def _local_interface(call: OutsideCall) -> Value | None:
    """``IBinder.queryLocalInterface``: the binder itself, where it is an object of the app."""
    own: tuple[Obj, ...] = tuple(
        obj for obj in call.receiver.objects if call.engine.world.is_own(obj.node)
    )
    return Value(own) if own else None


def _binder_of(call: OutsideCall) -> Value | None:
    """``Messenger.getBinder``: leads back to the messenger's handler."""
    made = call.anything()
    for obj in made.objects:
        call.store.write(obj, CONTENT, call.receiver, strong=False)
    return made


SENDS = (
    "sendMessage", "sendMessageDelayed", "sendMessageAtTime", "sendMessageAtFrontOfQueue",
    "dispatchMessage",
)  # fmt: skip

MESSAGE_SPECIALS: Mapping[tuple[str, str], Special] = {
    **{("android/os/Handler", name): _send for name in SENDS},
    ("android/os/Handler", "obtainMessage"): _obtained,
    ("android/os/Message", "obtain"): _obtained,
    ("android/os/Message", "setTarget"): _set_target,
    ("android/os/Message", "sendToTarget"): _send_to_target,
    ("android/os/Messenger", "send"): _send_by_messenger,
    ("android/os/Messenger", "getBinder"): _binder_of,
    ("android/os/IBinder", "queryLocalInterface"): _local_interface,
    ("android/os/Binder", "queryLocalInterface"): _local_interface,
}
