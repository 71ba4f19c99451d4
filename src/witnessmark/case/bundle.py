"""A bundle to hand over: the case, how it was made, and the means to check it.

One zip with a fixed date. Inside, a bag (RFC 8493) whose payload is described by RO-Crate 1.1
metadata, with the verifier as one file of Python that needs nothing but Python 3.9.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from witnessmark.model.errors import UsageError
from witnessmark.verify import bag

NEVER = (1980, 1, 1, 0, 0, 0)
FOLDER = "witnessmark-bundle"
"""The one folder of the zip, so that unpacking it mixes it with nothing."""

VERIFIER = ("archive", "spelling", "folder", "custody", "quotes", "check", "ed25519",
            "signatures", "timestamps", "bag", "__main__")  # fmt: skip
"""Modules of the verifier, each after those it leans on."""

HOW = """How to check this bundle

1. Get the app that was examined; case.json names it and its SHA-256.
2. Unpack this bundle, and go into its folder, in which bagit.txt lies.
3. Run there, with Python 3.9 or newer and nothing else:

       python3 data/verify.py . APP

It recomputes the hash of every file here, follows the log of the case, and re-reads every quoted
byte from the app. data/verify.py is short and made to be read.

Where the bundle was signed or stamped (files tagmanifest-sha256.txt.sig, .ed25519, .tsr), it says
with which key and when; compare the key with what the signer told you.

To sign it with a key of your own, in the unpacked bundle:

       ssh-keygen -Y sign -n witnessmark -f YOUR_ED25519_KEY tagmanifest-sha256.txt

To have the time attested, make a request, send it to an authority, and put its answer here as
tagmanifest-sha256.txt.tsr:

       openssl ts -query -data tagmanifest-sha256.txt -sha256 -cert -out request.tsq

data/case/report.html is the report; it loads nothing from the network.
"""


def bundle(case: Path, version: str, apps: Sequence[Path] = (), key: Path | None = None) -> bytes:
    """The zip for a case; equal cases give equal bytes. ``version`` is that of witnessmark.

    ``apps`` are the files that were examined, when the bundle shall carry them; UsageError for one
    that the case does not know.
    """
    files = {
        f"data/case/{one.name}": one.read_bytes()
        for one in case.iterdir()
        if one.is_file() and not one.name.startswith(".")
    }
    files |= _apps(case, apps)
    files["data/verify.py"] = verifier().encode()
    files["data/HOW-TO-CHECK.txt"] = HOW.encode()
    files["data/ro-crate-metadata.json"] = _crate(sorted(files), version)
    tags = {
        "bagit.txt": bag.DECLARATION.encode(),
        "bag-info.txt": f"Bag-Software-Agent: witnessmark {version}\n".encode(),
        bag.PAYLOAD: bag.listing(files),
    }
    tags[bag.TAGS] = bag.listing(tags)
    if key is not None:
        tags[f"{bag.TAGS}.ed25519"] = signature(key, tags[bag.TAGS])
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, **tags}.items()):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", NEVER)
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def signature(key: Path, message: bytes) -> bytes:
    """Public key and signature in hexadecimal, a line each; UsageError for an unfit key file."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    data = key.read_bytes()
    load = (
        serialization.load_ssh_private_key
        if b"OPENSSH PRIVATE KEY" in data
        else serialization.load_pem_private_key
    )
    try:
        private = load(data, None)
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"{key} cannot be used ({error}); keys with a passphrase sign by ssh-keygen -Y sign"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"{key} is no Ed25519 key; ssh-keygen -t ed25519 makes one")
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return (
        f"{private.public_key().public_bytes(*raw).hex()}\n{private.sign(message).hex()}\n".encode()
    )


def _apps(case: Path, apps: Sequence[Path]) -> dict[str, bytes]:
    """Files below data/app, each one that case.json names by its hash."""
    known = {one["sha256"] for one in json.loads((case / "case.json").read_bytes())["inputs"]}
    found = {}
    for path in apps:
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() not in known:
            raise UsageError(f"{path} is none of the files that this case examined")
        found[f"data/app/{path.name}"] = data
    return found


def verifier() -> str:
    """The package ``verify`` as one file, its modules one after another."""
    folder = Path(bag.__file__).parent
    parts = ['"""Checks a bundle or case of witnessmark; see HOW-TO-CHECK.txt."""\n',
             "from __future__ import annotations\n"]  # fmt: skip
    for name in VERIFIER:
        text = (folder / f"{name}.py").read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if not line.startswith("from .")]
        parts.append("\n".join((f"\n# {'=' * 20} {name} {'=' * 20}\n", *kept)))
    return "\n".join(parts) + "\n"


def _crate(names: list[str], version: str) -> bytes:
    """RO-Crate 1.1 metadata of the payload."""
    inside = [name.removeprefix("data/") for name in names]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Examination of an app",
        "hasPart": [{"@id": name} for name in inside],
        "mainEntity": {"@id": "case/findings.json"},
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }
    tool = {"@id": "#witnessmark", "@type": "SoftwareApplication", "name": "witnessmark",
            "version": version}  # fmt: skip
    action = {
        "@id": "#examination",
        "@type": "CreateAction",
        "instrument": {"@id": "#witnessmark"},
        "result": [{"@id": name} for name in inside if name.startswith("case/")],
    }
    parts = [{"@id": name, "@type": "File"} for name in inside]
    graph = [descriptor, root, tool, action, *parts]
    told = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return (json.dumps(told, indent=1) + "\n").encode()
