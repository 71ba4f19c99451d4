"""Addresses in text: URLs, and hosts that stand alone.

Syntax of URLs: RFC 3986; private address ranges: RFC 1918.
"""

from __future__ import annotations

import ipaddress
import re

from msgspec import Struct

from witnessmark.formats.patterns import kept_regex

SCHEMES = (
    "https?|wss?|s?ftps?|mqtts?|amqps?|tcp|ssl|rtsp|rtmp|xmpp|socket|udp|ldaps?|smb|rediss?"
    r"|mongodb(?:\+srv)?|jdbc:[a-z0-9:]{2,24}"
)
URL = kept_regex(
    rf"(?i)(?<![a-z0-9+.-])(?P<scheme>{SCHEMES})(?:://|(?<=thin):@(?://)?)(?:[^\s/?#@\"'<>\\^`{{|}}\x00-\x1f]*@)?(?P<host>\[[0-9a-f:.]+\]|[^\s/?#;:@\"'<>\\^`{{|}}\x00-\x1f]+)"
    r"(?::(?P<port>\d{1,5}))?(?P<path>[/?#][^\s\"'<>\\^`{|}\x00-\x1f]*)?"
)
URL_BYTES = kept_regex(rb"(?i)(?:" + SCHEMES.encode() + rb")://")
ADDRESS_BYTES = kept_regex(rb"(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.])")
ADDRESS = kept_regex(r"(?P<host>\d{1,3}(?:\.\d{1,3}){3})(?::(?P<port>\d{1,5}))?")
HOST = kept_regex(
    r"(?i)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})\.?"
)
CLEARTEXT = frozenset({"http", "ws", "ftp", "mqtt", "amqp", "tcp", "rtsp", "rtmp", "socket", "udp"})
DATABASE = "jdbc:"
"""Addresses of database servers; behind ``;`` or ``?`` stand settings, passwords among them."""

LEAST_TELLING = 100
"""A number that the parts of a version hardly reach; most addresses have one above it."""

TRAILING = ".,;:!)'\u3002\uff0c\uff1b\uff09"
ENTITY = kept_regex(r"&(?:quot|lt|gt|apos|#\d+|#x[0-9a-fA-F]+);|%n")
"""A sign that HTML spells out, which ends an address as the sign itself does, not ``&amp;``; or the
end of a line as `java.util.Formatter` writes it.
"""

BEHIND_PATH = TRAILING + "]*"
"""What stands behind an address in a sentence, a list or a pattern."""


def in_clear(scheme: str) -> bool | None:
    """Whether what goes over ``scheme`` can be read on the way; None where it does not say."""
    return None if not scheme or scheme.startswith(DATABASE) else scheme in CLEARTEXT


class Address(Struct, frozen=True):
    """One address; ``scheme`` and ``path`` are empty for a bare host, ``port`` 0 when unstated."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address as a URL without query and fragment; a bare host as ``host[:port]``."""
        port = f":{self.port}" if self.port else ""
        path = re.split(r"[?#]", self.path)[0]
        return f"{self.scheme}://{self.host}{port}{path}" if self.scheme else f"{self.host}{port}"

    @property
    def is_private(self) -> bool:
        """An address on a local network, which no one outside can reach."""
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_private
        except ValueError:
            return self.host.endswith((".local", ".lan", ".internal"))


def addresses(text: str) -> list[Address]:
    """URLs in ``text``, in order; a hole (``?`` in the host) is kept out."""
    found: list[Address] = []
    if "://" not in text and ":@" not in text:
        return found
    for match in URL.finditer(text):
        host = match["host"].casefold().rstrip(TRAILING)
        port = int(match["port"] or 0)
        if is_host(host) and port < 65536:
            path = ENTITY.split(match["path"] or "")[0].replace("&amp;", "&").rstrip(BEHIND_PATH)
            scheme = match["scheme"].casefold()
            if scheme.startswith(DATABASE):
                path = path.partition(";")[0]
            found.append(Address(scheme, host, port, path))
    return found


def bare_address(text: str) -> Address | None:
    """``text`` as a dotted IPv4 address with optional port, when it is nothing else.

    Version numbers look alike, so only addresses that a network hands out count: no leading
    zeros, a first number from 1 to 223 that is not loopback; of public ones without a port only
    those with a number that versions hardly reach.
    """
    match = ADDRESS.fullmatch(text.strip())
    if match is None:
        return None
    parts = match["host"].split(".")
    if any((len(part) > 1 and part[0] == "0") or int(part) > 255 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if not 1 <= numbers[0] <= 223 or numbers[0] == 127:
        return None
    public = not ipaddress.ip_address(match["host"]).is_private
    if not match["port"] and public and max(numbers) < LEAST_TELLING:
        return None
    return Address("", match["host"], int(match["port"] or 0), "")


def is_host(host: str) -> bool:
    """Whether ``host`` can be the name or address of a machine other than this one."""
    if host in ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "10.0.2.2"):
        return False
    if ADDRESS.fullmatch(host):
        return all(int(part) <= 255 for part in host.split("."))
    return bool(HOST.fullmatch(host)) or _is_six(host)


def _is_six(host: str) -> bool:
    """An address of IPv6 between brackets, RFC 3986, 3.2.2; a class of a pattern is none."""
    try:
        return host[:1] == "[" and host[-1:] == "]" and bool(ipaddress.IPv6Address(host[1:-1]))
    except ValueError:
        return False
