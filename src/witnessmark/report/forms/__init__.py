"""Forms of the frozen document for other tools; each module renders bytes from bytes.

Equal documents give equal bytes: no clock, no locale, no order of hashing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from importlib import import_module

from witnessmark.model.errors import UsageError

ENGLISH = "en"

Render = Callable[[bytes], bytes]


class Form(StrEnum):
    """Forms of a report by the name of their module."""

    HTML = "html"
    PDF = "pdf"
    JSON = "json"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    DPV = "dpv"
    PROV = "prov"
    STIX = "stix"
    OPENAPI = "openapi"
    BUNDLE = "bundle"
    """The whole case with the means to check it; made by `case.bundle`, not from the document."""

    @property
    def file_name(self) -> str:
        """Name of the file in a case."""
        return _FILES[self]


_FILES = {
    Form.HTML: "report.html", Form.PDF: "report.pdf", Form.JSON: "findings.json",
    Form.XLSX: "tables.xlsx", Form.MARKDOWN: "report.md", Form.SARIF: "findings.sarif",
    Form.DPV: "dpv.jsonld", Form.PROV: "prov.jsonld", Form.STIX: "stix.json",
    Form.OPENAPI: "openapi.json", Form.BUNDLE: "bundle.zip",
}  # fmt: skip

SPEAKING = (Form.HTML, Form.PDF, Form.XLSX, Form.MARKDOWN)
"""Forms that exist in other languages than English."""


def renderer(form: Form, lang: str = ENGLISH) -> Render:
    """The function that makes ``form``; its module loads now and not before.

    UsageError for a form that speaks English only.
    """
    if form not in SPEAKING and lang != ENGLISH:
        raise UsageError(f"the form {form} is in English only; leave --lang out")
    if form is Form.JSON:
        return _same
    module = "witnessmark.report.html" if form is Form.HTML else f"{__name__}.{form.value}"
    render: Callable[..., bytes] = import_module(module).render
    return partial(render, lang=lang) if form in SPEAKING else render


def file_name(form: Form, lang: str = ENGLISH, audience: str = "") -> str:
    """``report.html``, ``report.ug.html``, ``report.publication.html``."""
    stem, _, suffix = form.file_name.rpartition(".")
    parts = [stem, *([lang] if lang != ENGLISH else []), *([audience] if audience else []), suffix]
    return ".".join(parts)


def _same(document: bytes) -> bytes:
    return document
