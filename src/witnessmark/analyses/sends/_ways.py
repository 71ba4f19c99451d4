"""Ways out of the app's code, by channel of pack `sinks`: words, and what tells a recipient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from witnessmark.analyses.sends._urls import addresses
from witnessmark.formats.patterns import kept_regex

NUMBER = kept_regex(r"\+?[\d ()-]{3,20}")
PATH = kept_regex(r"[^\s?*\"<>|]{0,200}[/.][^\s?*\"<>|]{1,200}")
CONTENT = kept_regex(r"content://\S+")
NAMED = kept_regex(r"[A-Za-z]\w*(?:\.\w+){2,}")
NAME = kept_regex(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")


class Way(Struct, frozen=True):
    """``does`` ends the sentence “The app reads … and”; ``to`` stands before the recipient.

    ``leaves``  the data goes to somebody else than the app: what people typed is told.
    ``form``    what a recipient of this way looks like; None for addresses of a network.
    ``nobody``  this way has no recipient.
    """

    does: str
    to: str = "to"
    leaves: bool = True
    form: re.Pattern[str] | None = None
    nobody: bool = False


WAYS: Mapping[str, Way] = {
    "http": Way("sends it in a request"),
    "socket": Way("sends it through a network connection"),
    "webview": Way("hands it to a web page"),
    "sms": Way("sends it in a text message", form=NUMBER),
    "call": Way("uses it for a phone call", form=NUMBER),
    "email": Way("sends it in a mail", form=NAME),
    "bluetooth": Way("sends it over Bluetooth"),
    "nfc": Way("sends it to a device held close"),
    "xmpp": Way("sends it in a chat message", form=NAME),
    "mqtt": Way("sends it through a message broker"),
    "ftp": Way("puts it on a file server"),
    "soap": Way("sends it in a call of a web service"),
    "push": Way("gives it to a push service"),
    "analytics": Way("gives it to a service that measures use"),
    "ipc": Way("hands it to other apps", "under the name", form=NAMED),
    "clipboard": Way("puts it on the clipboard", nobody=True),
    "notification": Way("shows it in a notification", nobody=True),
    "log": Way("writes it to the log of the device", nobody=True),
    "file": Way("writes it to a file", "under", form=PATH),
    "command": Way("puts it into a command that it runs", nobody=True),
    "stream": Way("writes it to a stream whose other end is not known", nobody=True),
    "database": Way("keeps it in a database", "under", leaves=False, form=CONTENT),
    "preferences": Way("keeps it in its settings", leaves=False, nobody=True),
}
"""Ways that are told; ``screen`` is none of them."""


def is_known(text: str) -> bool:
    """Whether an address says more than that something is not known."""
    return bool(text.strip("? "))


def recipients(way: Way, texts: Iterable[str]) -> tuple[str, ...]:
    """Those of ``texts`` that name a recipient, in a fixed order."""
    listed = sorted(set(filter(is_known, texts)))
    if way.nobody:
        return ()
    if way.form is not None:
        return tuple(text for text in listed if way.form.fullmatch(text))
    found = {one.url: None for text in listed for one in addresses(text) if one.host.strip("?.")}
    return tuple(found)
