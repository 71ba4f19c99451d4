"""Hosts that stand without a scheme, under a name that says what they are: in settings files, text
resources and constants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from witnessmark.analyses.bounded import first, too_large
from witnessmark.analyses.sends._urls import ADDRESS, HOST, Address, is_host
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import FIELDS, STATIC_VALUES
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.host_keys import HostKey
from witnessmark.knowledge.packs.web_files import WebFile
from witnessmark.model.location import ReadsAs

HIDES = ("sends/endpoint",)
TYPES = ("json", "xml", "properties", "text", "yaml")
LARGEST = 1 << 20
"""Bytes of a file of settings at most."""

MOST = 4_000
NAME = r"""(?P<name>[^\s=:#;<>"'{}\[\],][^=:<>"'{}\[\],\r\n]{0,59}?)"""
VALUE = r"(?P<value>[A-Za-z0-9_.\-]{2,253}(?::\d{1,5})?)"
PAIRS = tuple(
    kept_regex(pattern.replace("NAME", NAME).replace("VALUE", VALUE))
    for pattern in (
        r"""(?m)^[ \t]*NAME[ \t]*[=:][ \t]*["']?VALUE["']?[ \t]*;?\r?$""",
        r"""["']NAME["']\s*:\s*["']?VALUE["']?\s*[,}\]\r\n]""",
        r"""<NAME>\s*VALUE\s*</""",
        r"""\b(?:name|key|id)\s*=\s*["']NAME["']\s*(?:value\s*=\s*["']|>\s*)VALUE["'\s<]""",
        r"""\bNAME\s*=\s*["']VALUE["']""",
    )
)
"""Lines of settings, members of JSON, elements, entries and attributes of XML."""


class NamedHost(Struct, frozen=True):
    """One host: its name, and where the value stands; ``string`` row of a constant, -1 for none;
    ``holder`` the class of that constant.
    """

    address: Address
    says: str
    span: tuple[int, int, int] = (-1, 0, 0)
    reads_as: ReadsAs = "utf-8"
    string: int = -1
    holder: int = -1


def named_hosts(
    app: Facts, keys: Sequence[HostKey], kinds: Sequence[WebFile]
) -> Iterator[NamedHost]:
    """Hosts under telling names, in the order of files, resources and constants."""
    for key in keys:
        yield from _in_files(app, key, kinds)
        yield from _in_resources(app, key)
        yield from _in_constants(app, key)


def _in_files(app: Facts, key: HostKey, kinds: Sequence[WebFile]) -> Iterator[NamedHost]:
    for name, kind, artifact in app.table(MEMBERS).rows("name", "type", "content"):
        if artifact < 0 or kind not in TYPES:
            continue
        if any(one.recognises(name) for one in kinds):
            continue
        if too_large(app, len(app.blob(artifact)), LARGEST, name, HIDES):
            continue
        data = bytes(app.blob(artifact))
        text = data.decode("latin-1")
        listed = [match for pattern in PAIRS for match in pattern.finditer(text)]
        found = first(app, listed, MOST, "settings of this file", name, HIDES)
        ports = {
            key.stem(_name(match)): int(match["value"])
            for match in found
            if match["value"].isdecimal() and key.is_port(_name(match))
        }
        told: set[tuple[int, int]] = set()
        for match in found:
            span = match.span("value")
            address = _host(key, _name(match), match["value"], ports)
            if address is not None and span not in told:
                told.add(span)
                says = f"the setting {_name(match)} in {name}"
                yield NamedHost(address, says, (artifact, span[0], span[1] - span[0]))


def _name(match: re.Match[str]) -> str:
    spelled: str = match["name"]
    return spelled.encode("latin-1").decode("utf-8", "replace").strip()


def _in_resources(app: Facts, key: HostKey) -> Iterator[NamedHost]:
    names = {int(number): str(name) for number, name in
             app.table(RESOURCES).rows("resource", "name")}  # fmt: skip
    table = app.table(RESOURCE_VALUES)
    columns = ("resource", "kind", "text", "artifact", "offset", "length", "reads_as")
    for resource, kind, text, artifact, offset, length, reads_as in table.rows(*columns):
        name = names.get(int(resource), "")
        if kind == "string" and name:
            address = _host(key, name, text.strip(), {})
            if address is not None:
                span = (int(artifact), int(offset), int(length))
                yield NamedHost(address, f"the text resource {name}", span, reads_as)


def _in_constants(app: Facts, key: HostKey) -> Iterator[NamedHost]:
    owners = app.table(FIELDS)["class"]
    for field, kind, string in app.table(STATIC_VALUES).rows("field", "kind", "ref"):
        if kind != "string" or string < 0:
            continue
        name = app.field_signature(field).partition("->")[2].partition(":")[0]
        address = _host(key, name, app.string(string).strip(), {})
        if address is not None:
            holder = int(owners[field])
            yield NamedHost(address, f"the constant {name}", string=string, holder=holder)


def _host(key: HostKey, name: str, value: str, ports: dict[str, int]) -> Address | None:
    """The host that a setting holds, with the port that goes with it."""
    if not key.recognises(name):
        return None
    host, _, port = value.partition(":")
    host = host.casefold()
    numeric = ADDRESS.fullmatch(host) is not None
    named = HOST.fullmatch(host) is not None and host == value.partition(":")[0].lower()
    if not (numeric or (named and key.may_be_host(host))) or not is_host(host):
        return None
    number = int(port) if port.isdecimal() else ports.get(key.stem(name), 0)
    return Address("", host, number if number < 1 << 16 else 0, "")
