"""Sentences about flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

WAYS: Final[Mapping[str, tuple[str, str]]] = {
    "http": ("sends {} over the network", " to {}"),
    "soap": ("sends {} over the network", " to {}"),
    "socket": ("sends {} over the network", " to {}"),
    "mqtt": ("sends {} to a message broker", " ({})"),
    "xmpp": ("sends {} in a chat message", " to {}"),
    "ftp": ("sends {} to a file server", " ({})"),
    "email": ("sends {} by mail", " to {}"),
    "sms": ("sends {} in a text message", " to {}"),
    "call": ("dials with {}", ""),
    "bluetooth": ("sends {} over Bluetooth", ""),
    "nfc": ("gives {} to a reader or tag nearby", ""),
    "push": ("gives {} to a push service", ""),
    "analytics": ("gives {} to a service that counts or reports", ""),
    "webview": ("gives {} to a web page", " ({})"),
    "log": ("writes {} into the log of the phone", ""),
    "file": ("writes {} into a file", " ({})"),
    "database": ("stores {} in a database", " ({})"),
    "preferences": ("stores {} in its settings", " ({})"),
    "clipboard": ("puts {} on the clipboard, which other apps may read", ""),
    "notification": ("shows {} in a notification", ""),
    "command": ("puts {} into a command that it runs", ""),
    "ipc": ("hands {} to other apps or parts of the system", ""),
}
"""What is done by each way out, and how it is told where to."""

OTHERWISE: Final = ("passes on {}", " to {}")
ENTERED: Final = "what is typed or chosen on a screen"
MOST_LABELS: Final = 4


def says(subject: Mapping[str, Any], labels: Sequence[str]) -> str:
    """The sentence about a flow of the app's own code."""
    source, sink = subject["source"], subject["sink"]
    begins = f"It comes in at {_call(source)} in {_place(source)}"
    if source["pc"] == 0 and source["method"] == source["in_method"]:
        begins = f"It comes in as the system calls {_place(source)}"
    ends = f"leaves by {_call(sink)} in {_place(sink)}"
    return f"The app {_done(subject, labels)}. {begins} and {ends}."


def says_of_library(subject: Mapping[str, Any], labels: Sequence[str]) -> str:
    """The sentence about flows that begin and end in a library."""
    return f"A library in the app ({subject['library']}) {_done(subject, labels)}."


def _done(subject: Mapping[str, Any], labels: Sequence[str]) -> str:
    way, to = WAYS.get(subject["sink"]["channel"], OTHERWISE)
    known = [one for one in subject["recipients"] if one.strip("?/")]
    named = to.format(known[0]) if to and len(known) == 1 else ""
    return way.format(_what(subject, labels)) + named


def _what(subject: Mapping[str, Any], labels: Sequence[str]) -> str:
    if not labels:
        return ENTERED
    listed = ", ".join(labels[:MOST_LABELS])
    more = f" and {len(labels) - MOST_LABELS} more kinds" if len(labels) > MOST_LABELS else ""
    entered = ", as entered on a screen," if subject["source"]["kind"] == "form" else ""
    return f"data about people ({listed}{more}){entered}"


def _call(end: Mapping[str, Any]) -> str:
    return f"{_short(str(end['class']))}.{end['method']}"


def _place(end: Mapping[str, Any]) -> str:
    return f"{_short(str(end['in_class']))}.{end['in_method']}"


def _short(name: str) -> str:
    return name.replace("/", ".").rpartition(".")[2]
