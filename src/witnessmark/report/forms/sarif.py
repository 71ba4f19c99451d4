"""findings.sarif: results for tools that gather results.

Source: OASIS Static Analysis Results Interchange Format (SARIF) version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from witnessmark.report.document import FrozenEvidence, FrozenFinding, thaw
from witnessmark.report.forms._lines import leaves

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST_PLACES = 20


def render(document: bytes) -> bytes:
    """The log for the bytes of a findings.json."""
    doc = thaw(document)
    names = {one.sha256: one.name for one in doc.app.inputs}
    kinds = sorted({one.kind for one in doc.findings})
    run = {
        "tool": {
            "driver": {
                "name": "witnessmark",
                "rules": [{"id": kind, "name": kind.partition(".")[2]} for kind in kinds],
            }
        },
        "artifacts": [
            {
                "location": {"uri": quote(one.name)},
                "length": one.size,
                "hashes": {"sha-256": one.sha256},
            }
            for one in doc.app.inputs
        ],
        "results": [_result(one, kinds, names) for one in doc.findings],
        "columnKind": "utf16CodeUnits",
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _result(one: FrozenFinding, kinds: list[str], names: dict[str, str]) -> dict[str, Any]:
    places = _once(_location(leaf, names) for leaf in leaves(one.evidence))[:MOST_PLACES]
    return {
        "ruleId": one.kind,
        "ruleIndex": kinds.index(one.kind),
        "kind": "informational",
        "level": "none",
        "message": {"text": one.says},
        "locations": places[:1],
        "relatedLocations": places[1:],
        "partialFingerprints": {"witnessmark/finding": one.id},
        "properties": {
            "reach": one.reach.state,
            "strength": one.strength,
            "about": one.about,
            "special": one.special,
            "tags": list(one.categories),
        },
    }


def _once(places: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each place once (section 3.27.22: the elements of relatedLocations are unique)."""
    return list({json.dumps(one, sort_keys=True): one for one in places}.values())


def _location(leaf: FrozenEvidence, names: dict[str, str]) -> dict[str, Any]:
    assert leaf.at is not None
    chain = "!/".join(quote(part) for part in (names.get(leaf.at.sha256, ""), *leaf.at.member))
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": chain},
            "region": {"byteOffset": leaf.at.offset, "byteLength": leaf.at.length},
        },
        "message": {"text": leaf.says},
    }
