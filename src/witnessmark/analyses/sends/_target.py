"""Where a request goes: its address put together of what was said about it, with holes.

Syntax of addresses: RFC 3986.
"""

from __future__ import annotations

import re

from msgspec import Struct

from witnessmark.analyses.sends._message import Sent
from witnessmark.flow.values.objects import HOLE, HOLES
from witnessmark.formats.patterns import kept_regex

SCHEMES = {
    "http": "http", "soap": "http", "webview": "http", "websocket": "ws", "socket": "tcp",
    "udp": "udp", "mqtt": "tcp", "ftp": "ftp", "sftp": "sftp", "xmpp": "xmpp", "mail": "smtp",
}  # fmt: skip
"""What stands before the host of a way for which only host and port are told."""

FULL = kept_regex(r"([A-Za-z][\w+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.DOTALL)
HOST_BEFORE_HOLE = kept_regex(
    rf"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{{2,12}}(?={HOLE})(?!{HOLES.pattern}[.:\w])"
)
"""A host that is whole where the piece behind it is not known."""

JDBC = kept_regex(r"(?i)(jdbc:[\w:]+?)(?:://|:@(?://)?)([^/?#;]*)([^?#;]*)")
"""Address of a database server as java.sql takes it (JDBC 4.3, 9.4); behind ``;`` or ``?`` stand
settings, passwords among them.
"""

NOT_NETWORK = kept_regex(
    r"(?i)jdbc:(?![\w:]+?(?://|:@))|(?:file|content|data|about|javascript|blob|android\.resource|res|asset|market|tel|mailto"
    r"|sms|intent|geo|chrome|chrome-error):"
)

MAY_BE_SECRET = frozenset({"http", "soap", "webview", "websocket"})
"""Channels whose address says whether they are encrypted; without one nothing is known of it."""


class Target(Struct, frozen=True):
    """An address in pieces, each with holes; empty for what was not said.

    ``base``  a hole that stands for all before the path.
    """

    scheme: str
    host: str
    port: str
    path: str
    query: str
    base: str = ""

    @property
    def text(self) -> str:
        """The address without its query."""
        if self.base:
            return self.base + self.path
        if not self.host and not self.port:
            return self.path
        port = f":{self.port}" if self.port else ""
        scheme = f"{self.scheme}://" if self.scheme else ""
        return f"{scheme}{self.host}{port}{self.path}"

    @property
    def known(self) -> bool:
        """Whether anything of the address is known but its scheme."""
        return bool(HOLES.sub("", self.host + self.path.strip("/") + self.port))


NOBODY = "0"
"""How nothing in place of a host reads; a call that is given it fails."""


def target_of(sent: Sent) -> Target | None:
    """Where a request goes; None when it does not leave the device."""
    url, base = sent.word("url").strip(), sent.word("base").strip()
    if NOT_NETWORK.match(url) or sent.word("host") == NOBODY:
        return None
    if base and url and "://" not in url and not HOLES.match(url):
        url = _joined(base, url, resolve=sent.word("join") == "resolve")
    elif base and not url:
        url = base
    target = _of_url(url) if url and url != HOLE else None
    if target is None or (not target.host and not target.base and sent.word("host")):
        target = _of_pieces(sent, target.path if target else "")
    added = "".join("/" + one.strip("/") for one in sent.segments if one)
    return Target(
        sent.word("scheme") or target.scheme,
        sent.word("host") or target.host,
        sent.word("port") or target.port,
        target.path.rstrip("/") + added if added else target.path,
        target.query,
        target.base,
    )


def _joined(base: str, path: str, *, resolve: bool) -> str:
    """A path behind a base, or resolved against it like a link in a page."""
    match = FULL.match(base)
    if resolve and match is not None:
        if path.startswith("/"):
            return f"{match[1]}://{match[2]}{path}"
        return f"{match[1]}://{match[2]}{match[3].rpartition('/')[0]}/{path}"
    return base.rstrip("/") + "/" + path.lstrip("/")


def _of_url(url: str) -> Target:
    if url[:5].lower() == "jdbc:":
        return _of_jdbc(url)
    match = FULL.match(url)
    if match:
        whole = HOST_BEFORE_HOLE.match(match[2])
        cut = whole.end() if whole else len(match[2])
        host, port = _split(match[2][:cut].rpartition("@")[2])
        path, _, more = (match[2][cut:] + match[3]).partition("&")
        query = "&".join(one for one in (more, match[4] or "") if one)
        return Target(match[1].lower(), host, port, path, query)
    hole = HOLES.match(url)
    head, mark, query = url.partition("?")
    if hole is not None:
        return Target("", "", "", head[hole.end() :], query, hole[0])
    if head.startswith("/") or "/" in head or mark:
        return Target("", "", "", head if head.startswith("/") else "/" + head, query)
    host, port = _split(head)
    if "." in host or port:
        return Target("", host, port, "", query)
    return Target("", "", "", "", query, HOLE)


def _of_jdbc(url: str) -> Target:
    """A database server; its settings are left out."""
    match = JDBC.match(url)
    if match is None:
        return Target("", "", "", "", "", HOLE)
    host, colon, name = match[2].rpartition("@")[2].partition(":")
    port, colon, name = name.partition(":")
    return Target(match[1].lower(), host, port, colon + name + match[3], "")


def _split(authority: str) -> tuple[str, str]:
    """Host and port."""
    if authority.startswith("["):
        host, _, rest = authority.partition("]")
        return host + "]", rest.lstrip(":")
    host, colon, port = authority.rpartition(":")
    numeric = bool(re.fullmatch(r"\d{1,5}", port)) or HOLES.fullmatch(port) is not None
    return (host, port) if colon and numeric else (authority, "")


def _of_pieces(sent: Sent, path: str) -> Target:
    channel = sent.word("channel")
    scheme = "" if channel in MAY_BE_SECRET and not sent.word("host") else SCHEMES.get(channel, "")
    return Target(scheme, sent.word("host"), sent.word("port"), sent.word("path") or path, "")
