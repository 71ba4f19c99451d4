"""Names under which members of objects are written as JSON, where an attribute gives one.

Source: ECMA-335 part II.23.3 (custom attributes); the attributes' own references.
"""

from __future__ import annotations

from witnessmark.formats.dotnet.members import Members
from witnessmark.formats.dotnet.metadata import Metadata
from witnessmark.model.errors import FormatError

NAMING = frozenset({
    "Newtonsoft.Json.JsonPropertyAttribute",
    "System.Text.Json.Serialization.JsonPropertyNameAttribute",
    "Refit.AliasAsAttribute",
})  # fmt: skip
PROLOG = b"\x01\0"
NOTHING = 0xFF


def wire_names(metadata: Metadata, members: Members) -> dict[str, str]:
    """Written names by ``Namespace.Type.Property``."""
    owners = _owners(metadata)
    found: dict[str, str] = {}
    for row in range(1, metadata.rows("CustomAttribute") + 1):
        try:
            table, property_row = metadata.chosen(
                "HasCustomAttribute", metadata.value("CustomAttribute", row, 0)
            )
            if table != "Property" or property_row not in owners:
                continue
            kind, maker = metadata.chosen(
                "CustomAttributeType", metadata.value("CustomAttribute", row, 1)
            )
            token = (0x0A if kind == "MemberRef" else 0x06) << 24 | maker
            if members.callee(token).name.removesuffix("..ctor") not in NAMING:
                continue
            written = _first_text(metadata, metadata.value("CustomAttribute", row, 2))
            own = metadata.name(metadata.value("Property", property_row, 1))
        except FormatError:
            continue
        if written:
            owner = members.type_name("TypeDef", owners[property_row])
            found[f"{owner}.{own}"] = written
    return found


def _owners(metadata: Metadata) -> dict[int, int]:
    """Types by their properties."""
    return {
        one: metadata.value("PropertyMap", row, 0)
        for row, properties in metadata.ranges("PropertyMap", "Property", 1)
        for one in properties
    }


def _first_text(metadata: Metadata, place: int) -> str:
    """The first text that an attribute is given; empty where it is given none."""
    at, end = metadata.blob(place)
    if (
        end - at < 4
        or bytes(metadata.data[at : at + 2]) != PROLOG
        or metadata.data[at + 2] == NOTHING
    ):
        return ""
    length, size = metadata.packed(at + 2)
    start = at + 2 + size
    if not size or start + length > end:
        return ""
    return bytes(metadata.data[start : start + length]).decode("utf-8", "replace")
