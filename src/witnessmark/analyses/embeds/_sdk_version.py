"""The version of a library, where the app says it in so many words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.embeds._ownership import Owners
from witnessmark.analyses.embeds._sdk_texts import Said
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import FIELDS, STATIC_VALUES
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.model.evidence import Evidence

VERSION = kept_regex(r"v?\d{1,4}(\.\d{1,8}){1,4}([._-][0-9A-Za-z]+){0,4}")
VERSION_FIELDS = frozenset(
    (
        "VERSION", "VERSION_NAME", "VERSION_STRING", "SDK_VERSION", "SDK_VERSION_NAME",
        "SDK_VERSION_CODE", "SDK_VER", "SDKVERSION", "LIB_VERSION", "LIBRARY_VERSION",
        "version", "sdkVersion", "sdk_version", "versionName",
    )
)  # fmt: skip
"""Names of constants by which libraries tell their version."""

VERSION_MEMBER = kept_regex(r"META-INF/(?P<group>[A-Za-z][\w.]*)_[\w.-]+\.version")
"""Where the Android build tools put the version of a library (``group_artifact.version``)."""

LARGEST_VERSION_FILE = 4096


def is_version(text: str) -> bool:
    """Whether a text is a version, and not one that nobody filled in (``0.0.0``)."""
    return VERSION.fullmatch(text) is not None and bool(text.strip("v0."))


class Version(Struct, frozen=True):
    """A version as spelled, and where."""

    text: str
    evidence: Evidence


class _Claim(Struct, frozen=True):
    """One place that tells a version; the lowest ``rank`` is believed."""

    rank: tuple[int, ...]
    text: str
    evidence: Evidence


def find_versions(
    facts: Facts, sdks: Sequence[Sdk], owners: Owners, texts: Mapping[str, Sequence[Said]]
) -> Mapping[str, Version]:
    """Version by library id.

    A member made for the purpose is believed before a constant, a constant of the outermost
    package before those further in, and these before ``texts`` that merely hold a version.
    Where the first in rank contradict each other, none is told.
    """
    claims: dict[str, list[_Claim]] = {}
    for sdk_id, claim in (
        *_from_members(facts, sdks, owners),
        *_from_constants(facts, owners),
        *_from_texts(facts, texts),
    ):
        claims.setdefault(sdk_id, []).append(claim)
    found: dict[str, Version] = {}
    for sdk_id, told in claims.items():
        best = min(claim.rank for claim in told)
        first = [claim for claim in told if claim.rank == best]
        if len({claim.text for claim in first}) == 1:
            found[sdk_id] = Version(first[0].text, first[0].evidence)
    return found


def _from_members(
    facts: Facts, sdks: Sequence[Sdk], owners: Owners
) -> Iterator[tuple[str, _Claim]]:
    named = tuple(sdk for sdk in sdks if sdk.version_files)
    for path, content in facts.table(MEMBERS).rows("name", "content"):
        if content < 0:
            continue
        grouped = VERSION_MEMBER.fullmatch(path)
        if grouped:
            owner = owners.of(grouped["group"] + ".any")
            if owner.startswith("sdk:"):
                yield from _claims(facts, owner[4:], path, content, b"")
        elif path.endswith(".properties"):
            name = path.rpartition("/")[2]
            for sdk in named:
                if any_matches(sdk.version_files, name):
                    yield from _claims(facts, sdk.id, path, content, b"version=")


def _claims(
    facts: Facts, sdk_id: str, path: str, artifact: int, key: bytes
) -> Iterator[tuple[str, _Claim]]:
    data = bytes(facts.blob(artifact)[:LARGEST_VERSION_FILE])
    start = 0
    for line in data.splitlines(keepends=True):
        value = line[len(key) :].strip() if line.startswith(key) else b""
        text = value.decode("ascii", "replace")
        if is_version(text):
            offset = start + line.index(value, len(key))
            says = f"{path} says version {text}"
            evidence = facts.quote(says, artifact, offset, len(value), "utf-8", {"file": path})
            yield sdk_id, _Claim((0,), text, evidence)
            return
        start += len(line)


def _from_constants(facts: Facts, owners: Owners) -> Iterator[tuple[str, _Claim]]:
    fields = facts.table(FIELDS)
    values = facts.table(STATIC_VALUES)
    for field, kind, text, ref in values.rows("field", "kind", "text", "ref"):
        if kind != "string" or ref < 0 or not is_version(text):
            continue
        row = int(fields["class"][field])
        if not 0 <= row < len(owners.owners) or not owners.owners[row].startswith("sdk:"):
            continue
        name = facts.string(int(fields["name"][field]))
        if name not in VERSION_FIELDS:
            continue
        class_name = owners.names[row]
        says = f"the constant {name} of {class_name} is {text}"
        generated = class_name.rpartition(".")[2] == "BuildConfig"
        rank = (1, 0 if generated else 1, class_name.count("."))
        yield owners.owners[row][4:], _Claim(rank, text, facts.quote_string(says, ref))


def _from_texts(facts: Facts, texts: Mapping[str, Sequence[Said]]) -> Iterator[tuple[str, _Claim]]:
    for sdk_id, listed in texts.items():
        for said in listed:
            if said.version and is_version(said.version):
                says = f"a constant of the library tells version {said.version}"
                yield sdk_id, _Claim((2,), said.version, facts.quote_string(says, said.string))
