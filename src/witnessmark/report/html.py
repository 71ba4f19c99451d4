"""report.html: the frozen document as one self-contained page.

Style and script are part of the page and named by hash in its content security policy, so that
nothing else can load or run: whatever the app's text holds stays text. Findings and their
evidence are plain HTML, readable and printable without the script (docs/decisions/0010).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from witnessmark.report.document import At, thaw
from witnessmark.report.recheck import commands
from witnessmark.report.shown import plain, shown
from witnessmark.report.view import View, category_name, method_name, view

PARTS = Path(__file__).with_name("html")


def render(document: bytes) -> bytes:
    """The page for the bytes of a findings.json; equal bytes in, equal bytes out.

    `CaseError` when the bytes are not a findings document.
    """
    words = json.loads((PARTS / "words.json").read_text(encoding="utf-8"))
    thawed = thaw(document)
    seen = view(thawed, words)
    style, script = _part("report.css"), _part("report.js")
    page = (
        _environment(seen)
        .get_template("report.html")
        .render(
            doc=thawed,
            view=seen,
            words=words,
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            document_sha256=hashlib.sha256(document).hexdigest(),
        )
    )
    return page.encode("utf-8")


def _environment(seen: View) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "shown": shown,
        "plain": plain,
        "category": category_name,
        "method": method_name,
        "number": "{:,}".format,
        "words": _key_words,
        "percent": _percent,
        "columns": _columns,
        "recheck": partial(_recheck, seen),
    }
    return environment


def _part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Content Security Policy level 3 that allows this style and this script, nothing else."""
    return (
        f"default-src 'none'; style-src '{_source_hash(style)}'; "
        f"script-src '{_source_hash(script)}'; base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _key_words(key: str) -> str:
    return key.replace("_", " ")


def _percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` as a width, never rounded up to everything nor down to nothing."""
    if not whole or not part:
        return "0"
    return "100" if part >= whole else f"{min(max(100 * part / whole, 0.5), 99.5):.1f}"


def _columns(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Keys of all rows, in order of first appearance."""
    return list(dict.fromkeys(key for row in rows for key in row))


def _recheck(seen: View, at: At) -> str:
    return commands(at, seen.file_names.get(at.sha256, "FILE"))
