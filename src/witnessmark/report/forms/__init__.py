"""Forms of the frozen document for other tools; each module renders bytes from bytes.

Equal documents give equal bytes: no clock, no locale, no order of hashing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module

Render = Callable[[bytes], bytes]


class Form(StrEnum):
    """Forms of a report by the name of their module."""

    HTML = "html"
    JSON = "json"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    DPV = "dpv"
    STIX = "stix"
    BUNDLE = "bundle"
    """The whole case with the means to check it; made by `case.bundle`, not from the document."""

    @property
    def file_name(self) -> str:
        """Name of the file in a case."""
        return _FILES[self]


_FILES = {
    Form.HTML: "report.html", Form.JSON: "findings.json", Form.XLSX: "tables.xlsx",
    Form.MARKDOWN: "report.md", Form.SARIF: "findings.sarif", Form.DPV: "dpv.jsonld",
    Form.STIX: "stix.json", Form.BUNDLE: "bundle.zip",
}  # fmt: skip


def renderer(form: Form) -> Render:
    """The function that makes ``form``; its module loads now and not before."""
    if form is Form.JSON:
        return _same
    module = "witnessmark.report.html" if form is Form.HTML else f"{__name__}.{form.value}"
    render: Render = import_module(module).render
    return render


def _same(document: bytes) -> bytes:
    return document
