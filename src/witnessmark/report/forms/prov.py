"""prov.jsonld: how each finding came about, in the W3C provenance vocabulary.

The app is an entity, so is each quoted span of it, each analysis an activity by the tool, each
finding an entity that was derived from its quotations. No time is told, since none is recorded.

Source: W3C PROV-O (Recommendation of 30 April 2013), JSON-LD 1.1; spans as of RFC 5147 by byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from witnessmark.report.document import At, Document, FrozenFinding, thaw
from witnessmark.report.forms._lines import leaves

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "wm": "urn:witnessmark:",
}
TOOL = "urn:witnessmark:tool"
EXAMINATION = "urn:witnessmark:examination"


def render(document: bytes) -> bytes:
    """The graph for the bytes of a findings.json."""
    told = {"@context": CONTEXT, "@graph": list(_graph(thaw(document)))}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _graph(doc: Document) -> Iterator[dict[str, Any]]:
    yield {"@id": TOOL, "@type": ["prov:Agent", "prov:SoftwareAgent"], "dct:title": "witnessmark"}
    yield {
        "@id": EXAMINATION,
        "@type": "prov:Activity",
        "prov:wasAssociatedWith": {"@id": TOOL},
        "prov:used": [{"@id": f"urn:sha256:{one.sha256}"} for one in doc.app.inputs],
    }
    for one in doc.app.inputs:
        yield {"@id": f"urn:sha256:{one.sha256}", "@type": "prov:Entity", "dct:title": one.name,
               "dct:extent": one.size}  # fmt: skip
    seen: set[str] = set()
    for finding in doc.findings:
        yield from _spans(finding, seen)
        yield _finding(finding)
    for reading in doc.assessments:
        yield {
            "@id": f"urn:witnessmark:reading:{reading.provision.id}:{_slug(reading.element)}",
            "@type": "prov:Entity",
            "rdfs:comment": f"{reading.element} {reading.state}",
            "prov:wasDerivedFrom": [{"@id": _name(one)} for one in reading.findings],
            "prov:wasGeneratedBy": {"@id": EXAMINATION},
            "prov:hadPrimarySource": reading.provision.source,
        }


def _spans(finding: FrozenFinding, seen: set[str]) -> Iterator[dict[str, Any]]:
    for leaf in leaves(finding.evidence):
        assert leaf.at is not None
        name = _span(leaf.at)
        if name not in seen:
            seen.add(name)
            yield {
                "@id": name,
                "@type": "prov:Entity",
                "prov:specializationOf": {"@id": f"urn:sha256:{leaf.at.sha256}"},
                "wm:member": list(leaf.at.member),
                "wm:offset": leaf.at.offset,
                "wm:length": leaf.at.length,
            }


def _finding(one: FrozenFinding) -> dict[str, Any]:
    spans = dict.fromkeys(_span(leaf.at) for leaf in leaves(one.evidence) if leaf.at is not None)
    return {
        "@id": _name(one.id),
        "@type": "prov:Entity",
        "rdfs:comment": one.says,
        "wm:strength": one.strength,
        "wm:reach": one.reach.state,
        "prov:wasGeneratedBy": {"@id": EXAMINATION},
        "prov:wasAttributedTo": {"@id": TOOL},
        "prov:wasDerivedFrom": [{"@id": name} for name in spans],
    }


def _name(finding: str) -> str:
    return f"urn:witnessmark:finding:{finding}"


def _span(at: At) -> str:
    """A name that holds the whole chain of members, so that equal spans are one entity."""
    inside = "!".join(at.member).encode("utf-8", "surrogatepass").hex()
    return f"urn:sha256:{at.sha256}#member={inside}&byte={at.offset},{at.offset + at.length}"


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
