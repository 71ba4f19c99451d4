"""Copies of a document in which names, numbers, addresses, samples of lists and keys are masked.

A policy (``redaction.yaml``) says what; a mask is the beginning of a keyed hash of the value, so
that whoever holds the salt and the value can prove that they belong together, and equal values
have equal masks in one case. The document itself stays; only copies are masked.

Source: HMAC, RFC 2104, with SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from witnessmark.model.errors import UsageError
from witnessmark.report.lines import as_lines

FILE = Path(__file__).with_name("redaction.yaml")
SHORTEST = 3
"""Values of fewer characters are masked in their own place only, or they would eat all text."""

DIGITS = 12
MASK = re.compile(r"\[[0-9a-f]{12}…\]")


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is masked for one audience."""

    id: str
    says: str
    patterns: tuple[str, ...]
    places: tuple[str, ...]


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts that look like something to mask, with what proves the expression."""

    id: str
    says: str
    pattern: str
    matches: tuple[str, ...]
    not_matches: tuple[str, ...]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keys of subjects of one kind; with ``excerpts`` the quotations of such findings too."""

    id: str
    kind: str
    keys: tuple[str, ...]
    excerpts: bool = False


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as a whole."""

    policies: tuple[Policy, ...]
    patterns: tuple[Pattern, ...]
    places: tuple[Place, ...]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Policies, patterns and places."""
    import yaml

    return msgspec.convert(yaml.safe_load(FILE.read_text(encoding="utf-8")), Rules)


def policy(name: str) -> Policy:
    """The policy of that name; UsageError when there is none."""
    for one in rules().policies:
        if one.id == name:
            return one
    names = ", ".join(one.id for one in rules().policies)
    raise UsageError(f"no policy is called {name!r}; there are {names}")


def mask(value: str, salt: bytes) -> str:
    """``[7f3a…]``: the mask of a value."""
    digest = hmac.new(salt, value.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"[{digest.hexdigest()[:DIGITS]}…]"


def redact(document: bytes, name: str, salt: bytes) -> bytes:
    """A copy of a findings.json by the policy ``name``; the court's is the document itself."""
    chosen = policy(name)
    if not (chosen.patterns or chosen.places):
        return document
    told = json.loads(document)
    masked = _Masker(chosen, salt, told).masked()
    masked["redaction"] = {
        "policy": name,
        "of": hmac.new(salt, document, hashlib.sha256).hexdigest(),
        "masked": len(set(MASK.findall(json.dumps(masked, ensure_ascii=False)))),
    }
    return as_lines(masked)


class _Masker:
    def __init__(self, chosen: Policy, salt: bytes, document: dict[str, Any]) -> None:
        self._salt = salt
        self._document = document
        self._places = [one for one in rules().places if one.id in chosen.places]
        self._values = self._sensitive()
        parts = [re.escape(value) for value in self._long_first()]
        parts += [one.pattern for one in rules().patterns if one.id in chosen.patterns]
        self._pattern = re.compile("|".join(f"(?:{part})" for part in parts))
        self._bytes = [
            value.encode(encoding, "surrogatepass")
            for value in self._long_first()
            for encoding in ("utf-8", "utf-16-le")
        ]

    def masked(self) -> dict[str, Any]:
        """The document with everything masked that the policy names."""
        told: dict[str, Any] = self._walk(self._document)
        for before, after in zip(self._document["findings"], told["findings"], strict=True):
            if any(one.excerpts for one in self._of(before)):
                for node in _nodes(after["evidence"]):
                    node["excerpt"] = mask(node["excerpt"], self._salt) if node["excerpt"] else ""
            for key in {key for one in self._of(before) for key in one.keys}:
                if key in after["subject"]:
                    after["subject"][key] = self._whole(before["subject"][key])
        for before, after in zip(
            self._document["app"]["signers"], told["app"]["signers"], strict=True
        ):
            if any(one.kind == "embeds.attribution" for one in self._places):
                after["subject"] = mask(before["subject"], self._salt) if before["subject"] else ""
        return told

    def _of(self, finding: dict[str, Any]) -> list[Place]:
        return [one for one in self._places if one.kind == finding["kind"]]

    def _sensitive(self) -> set[str]:
        return {
            text
            for finding in self._document["findings"]
            for one in self._of(finding)
            for key in one.keys
            for text in _texts(finding["subject"].get(key))
        } | {
            text
            for one in self._places
            if one.kind == "embeds.attribution"
            for signer in self._document["app"]["signers"]
            for text in [signer["subject"]]
        }

    def _long_first(self) -> list[str]:
        return sorted(
            (value for value in self._values if len(value) >= SHORTEST),
            key=lambda value: (-len(value), value),
        )

    def _whole(self, value: Any) -> Any:
        """A value whose every text is masked whole."""
        if isinstance(value, str):
            return mask(value, self._salt) if value else ""
        if isinstance(value, list):
            return [self._whole(one) for one in value]
        if isinstance(value, dict):
            return {key: self._whole(one) for key, one in value.items()}
        return value

    def _walk(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._pattern.sub(lambda match: mask(match[0], self._salt), value)
        if isinstance(value, list):
            return [self._walk(one) for one in value]
        if isinstance(value, dict):
            return {key: self._kept(key, one, value) for key, one in value.items()}
        return value

    def _kept(self, key: str, value: Any, holder: dict[str, Any]) -> Any:
        """Ids and hashes stay as they are; hexadecimal quotations hide what they spell."""
        if key in ("id", "sha256", "kind", "format"):
            return value
        if key == "excerpt" and isinstance(value, str):
            place = (holder.get("at") or {}).get("place", {})
            if place.get("reads_as") == "hex" and self._spells(value):
                return mask(value, self._salt)
            if place.get("reads_as") in ("hex", "sha256"):
                return value
        return self._walk(value)

    def _spells(self, hexadecimal: str) -> bool:
        try:
            data = bytes.fromhex(hexadecimal)
        except ValueError:
            return False
        return any(value in data for value in self._bytes)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _nodes(evidence: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in evidence:
        yield node
        yield from _nodes(node["because"])
