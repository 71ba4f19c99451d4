"""Where data leaves the code of an app: networks, other apps, storage, logs."""

from typing import Literal

from witnessmark.knowledge.packs._members import POSITION, MemberRule

Channel = Literal[
    "http", "socket", "webview", "sms", "call", "email", "bluetooth", "nfc", "log", "file",
    "database", "preferences", "ipc", "clipboard", "notification", "xmpp", "mqtt", "ftp", "soap",
    "push", "analytics", "screen", "command", "stream",
]  # fmt: skip
"""What kind of way out it is."""


class Sink(MemberRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call by which data leaves.

    ``arguments``  what of the call leaves: positions from 0, ``this`` for the receiver. Positions
                   that an overload lacks do not matter.
    ``opens``      ``return`` or ``this``: the call makes a stream or connection, and what is then
                   written into it leaves by ``channel``.
    ``to``         what of the call says where to: address, number, path, name; none when nothing.
    ``files``      positions (or ``this``) that name a file, by path or as `File`: its content
                   leaves.
    ``returned``   outside code calls this method of the app: what it returns leaves.
    ``channel``    kind of way; ``stream`` for writing into a stream, whose way is that of the call
                   that opened it.
    """

    arguments: tuple[str, ...] = ()
    opens: Literal["", "return", "this"] = ""
    channel: Channel
    to: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    returned: bool = False

    def __post_init__(self) -> None:
        """ValueError for an argument that is no position."""
        for one in (*self.arguments, *self.to, *self.files):
            if not POSITION.fullmatch(one):
                raise ValueError(f"arguments: {one!r} is no position")


ENTRY = Sink
