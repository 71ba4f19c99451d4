"""stix.json: endpoints, signers and the files themselves, for exchange of indicators.

Endpoints are observed data of an app; none is called malicious here.

Source: OASIS STIX version 2.1, sections 6 (cyber-observable objects) and 2.9 (identifiers:
version 5 UUIDs over the contributing properties).
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from witnessmark.report.document import Document, thaw

NAMESPACE = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Namespace of identifiers of cyber-observable objects (section 2.9)."""


def render(document: bytes) -> bytes:
    """The bundle for the bytes of a findings.json."""
    objects = {one["id"]: one for one in _objects(thaw(document))}
    listed = [objects[name] for name in sorted(objects)]
    bundle = {
        "type": "bundle",
        "id": f"bundle--{uuid5(NAMESPACE, ' '.join(sorted(objects)))}",
        "objects": listed,
    }
    return (json.dumps(bundle, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _objects(doc: Document) -> Iterator[dict[str, Any]]:
    for one in doc.app.inputs:
        hashes = {"SHA-256": one.sha256}
        yield _object("file", {"hashes": hashes}, {"name": one.name, "size": one.size})
    for signer in doc.app.signers:
        hashes = {"SHA-256": signer.sha256}
        yield _object("x509-certificate", {"hashes": hashes}, {"subject": signer.subject})
    for finding in doc.findings:
        if finding.kind != "sends.endpoint":
            continue
        url = finding.subject.get("url")
        host = finding.subject.get("host") or finding.subject.get("address")
        if isinstance(url, str) and url:
            yield _object("url", {"value": url}, {})
        if isinstance(host, str) and host:
            yield _host(host)


def _host(host: str) -> dict[str, Any]:
    try:
        version = ipaddress.ip_address(host).version
    except ValueError:
        return _object("domain-name", {"value": host}, {})
    return _object(f"ipv{version}-addr", {"value": host}, {})


def _object(kind: str, contributing: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    # RFC 8785 spelling: sorted keys, no spaces.
    spelled = json.dumps(contributing, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    name = f"{kind}--{uuid5(NAMESPACE, spelled)}"
    return {"type": kind, "spec_version": "2.1", "id": name, **contributing, **more}
