"""dpv.jsonld: which personal data the app touches, in the Data Privacy Vocabulary.

Findings are what the bytes of an app show, not processing that took place; the comment of each
``dpv:PersonalDataHandling`` says so.

Source: W3C DPVCG, Data Privacy Vocabulary 2.2, w3id.org/dpv; JSON-LD 1.1.
"""

from __future__ import annotations

import json
from typing import Any

from witnessmark.report.document import FrozenFinding, thaw

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "wm": "urn:witnessmark:personal-data:",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dct": "http://purl.org/dc/terms/",
}
PROCESSING = {
    "asks": "dpv:Collect", "takes": "dpv:Collect", "keeps": "dpv:Store", "marks": "dpv:Assess",
    "sends": "dpv:Transmit", "orders": "dpv:Use", "embeds": "dpv:Use", "hides": "dpv:Use",
}  # fmt: skip
"""What a chapter's findings are about, as the vocabulary's processing operations."""

SUBJECTS = {
    "user": "dpv:User",
    "operator": "dpv:Employee",
    "third_person": "dpv:DataSubject",
    "unknown": "dpv:DataSubject",
}


def render(document: bytes) -> bytes:
    """The graph for the bytes of a findings.json."""
    doc = thaw(document)
    app = f"urn:sha256:{doc.app.inputs[0].sha256}" if doc.app.inputs else "urn:witnessmark:app"
    graph: list[dict[str, Any]] = [
        {
            "@id": app,
            "@type": "dpv:Technology",
            "dct:title": doc.app.name,
            "dct:identifier": doc.app.package,
        }
    ]
    graph += [_handling(app, one) for one in doc.findings if one.categories]
    told = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _handling(app: str, one: FrozenFinding) -> dict[str, Any]:
    return {
        "@id": f"{app}#{one.id}",
        "@type": "dpv:PersonalDataHandling",
        "rdfs:comment": f"{one.says} (as the app's bytes show; {one.reach.state}, {one.strength})",
        "dpv:hasProcessing": {"@id": PROCESSING[one.chapter]},
        "dpv:hasPersonalData": [{"@id": name} for name in one.categories],
        "dpv:hasDataSubject": {"@id": SUBJECTS[one.about]},
        "dpv:isImplementedUsingTechnology": {"@id": app},
    }
