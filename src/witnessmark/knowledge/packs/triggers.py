"""What sets an app in motion without its user: events, times, messages from afar."""

from typing import Literal

from witnessmark.knowledge.schema import Rule

Event = Literal[
    "start", "power", "network", "call", "message", "package", "user", "place", "nearby", "time",
    "work", "sync", "push", "remote_config", "file", "device", "service", "admin",
]  # fmt: skip
"""What kind of event it is."""


class Trigger(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One trigger, recognised by any of its marks.

    ``event``     kind of event.
    ``actions``   broadcasts and intents that a component declares, or code registers for.
    ``classes``   classes (with dots) below which a class of the app answers the event.
    ``declared``  such a class counts only when the manifest declares it.
    ``calls``     methods ``pkg.Class.method`` whose call plants the trigger.
    ``below``     calls through subclasses of the app's own count too.
    ``meta_data``  names of ``meta-data`` elements that plant it.
    ``interval``  position of the argument that holds the interval, -1 for none.
    ``unit``      seconds that one unit of the interval is, 0 where another argument names it.
    ``repeats``   whether it comes again and again.
    ``takes_task``  the calls are given the object whose ``run`` they plan.
    ``compared_by``  methods ``pkg.Class.method``; the calls count only where one of these compares
                  a constant behind them: the words by which the app is commanded.
    ``argument``  a constant that the calls must be given, empty for none.
    ``word``      regular expression that such words match as a whole, empty for any.
    ``needs``     permissions of which the app must have one to be told of the event.
    """

    event: Event
    actions: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    declared: bool = False
    calls: tuple[str, ...] = ()
    below: bool = False
    meta_data: tuple[str, ...] = ()
    interval: int = -1
    unit: float = 0.001
    repeats: bool = False
    takes_task: bool = False
    compared_by: tuple[str, ...] = ()
    argument: str = ""
    word: str = ""
    needs: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is a mark: an action, ``pkg.Class``, ``pkg.Class.method()``, or
        ``meta-data:name``.
        """
        if text.startswith("meta-data:"):
            return text[len("meta-data:") :] in self.meta_data
        if text.endswith("()"):
            return text[:-2] in self.calls
        return text in self.actions or text in self.classes


ENTRY = Trigger
