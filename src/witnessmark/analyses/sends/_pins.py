"""Hosts for which the app accepts only certificates whose key it knows.

A call that is given a pattern of hosts beside the digest of a key lists it, whatever the client is
called after renaming.

Source: RFC 7469 section 2.4 (``sha256/`` and Base64); OkHttp, CertificatePinner (patterns of hosts
begin with ``*.`` and ``**.``); the network security configuration (``pin-set``).
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from witnessmark.analyses.deeds import Argument, arguments_of, quote_argument
from witnessmark.analyses.network_config import NetworkConfig, Part, network_config, quote_config
from witnessmark.analyses.sends._urls import is_host
from witnessmark.facts.search import strings_matching
from witnessmark.facts.tables.code import CALLS, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.model.distinct import among, distinct
from witnessmark.model.evidence import Evidence

DIGEST = kept_regex(rb"sha256/[A-Za-z0-9+/]{43}=")
MOST_QUOTED = 4

WILD = ("**.", "*.")
"""Beginnings of patterns for hosts below one."""


PINNED = "There the app accepts only certificates whose key it knows, where it uses that list."
CONFIGURED = (
    "There the system accepts only certificates whose key the app lists, in connections for which "
    "it asks the system."
)


class Pin(Struct, frozen=True):
    """A pattern of hosts, and the call (with its method) that is given it beside a digest."""

    pattern: str
    method: int
    call: int
    named: Argument
    digest: Argument | None

    def covers(self, host: str) -> bool:
        """Whether a host is meant."""
        for wild in WILD:
            if self.pattern.startswith(wild):
                above = self.pattern.removeprefix(wild)
                below = host.removesuffix(f".{above}")
                return below != host and (wild == "**." or "." not in below)
        return host == self.pattern

    @property
    def limits(self) -> tuple[str, ...]:
        """What it does not show."""
        return (PINNED,)

    def quote(self, app: Facts) -> Evidence:
        """The call, with the pattern and the digest."""
        pc = int(app.table(CALLS)["pc"][self.call])
        because = [app.quote_instruction("the call", self.method, pc)]
        for one in (self.named, self.digest):
            quoted = None if one is None else quote_argument(app, self.method, one)
            because += [] if quoted is None else [quoted]
        return Evidence("code lists keys that certificates must have", because=tuple(because))


class ConfiguredPin(Struct, frozen=True):
    """Keys that the network security configuration lists for the servers of one part."""

    config: NetworkConfig
    part: Part

    def covers(self, host: str) -> bool:
        """Whether the part decides for a host."""
        return self.config.of(host) == self.part

    @property
    def limits(self) -> tuple[str, ...]:
        """What it does not show, and until when it holds."""
        if not self.part.expires:
            return (CONFIGURED,)
        return (CONFIGURED, f"The list of keys holds until {self.part.expires} only.")

    def quote(self, app: Facts) -> Evidence:
        """The digests, the servers and the day."""
        told = [quote_config(app, "a server that is meant", text=one.text)
                for one in self.part.domains[:MOST_QUOTED]]  # fmt: skip
        told += [quote_config(app, "the digest of a key", text=row)
                 for row in self.part.pins[:MOST_QUOTED]]  # fmt: skip
        if self.part.expires:
            told.append(quote_config(app, "the day until which it holds", self.part.expires_row))
        says = "the network configuration lists keys that certificates must have"
        return Evidence(says, because=tuple(told))


def configured_pins(app: Facts) -> tuple[ConfiguredPin, ...]:
    """One for each part of the configuration that lists keys."""
    config = network_config(app)
    return tuple(ConfiguredPin(config, part) for part in config.parts if part.pins)


def pins(app: Facts) -> tuple[Pin, ...]:
    """One for each pattern that one call is given beside a digest, in the order of calls."""
    digests = strings_matching(app, DIGEST, holding=b"sha256/")
    uses, calls = app.table(STRING_USES), app.table(CALLS)
    methods = distinct(uses["method"][among(uses["string"], np.asarray(digests, np.int64))])
    rows = np.flatnonzero(among(calls["method"], methods)).tolist() if len(methods) else []
    found: dict[str, Pin] = {}
    for call, given in sorted(arguments_of(app, rows).items()):
        told = [one for arguments in given.values() for one in arguments]
        digest = next((one for one in told if DIGEST.search(one.text.encode())), None)
        for one in told if digest is not None else ():
            bare = one.text.casefold().removeprefix("**.").removeprefix("*.")
            if one.kind == "string" and "." in bare and is_host(bare):
                pin = Pin(one.text.casefold(), int(calls["method"][call]), call, one, digest)
                found.setdefault(pin.pattern, pin)
    return tuple(found.values())
