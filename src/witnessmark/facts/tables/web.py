"""Tables of web pages inside the app.

Source: HTML Living Standard, html.spec.whatwg.org, sections 4.10 (forms) and 13 (syntax).
"""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, EVERY_INPUT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

WEB_ELEMENTS = TableSchema(
    "web_elements",
    "Elements of HTML pages and templates, in the order of the page; the span is the start tag.",
    (
        Column("parent", "i4", "element around it, -1 for none", "web_elements"),
        Column("tag", "text", "name of the element, lower case"),
        Column("attributes", "text", "JSON object of its attributes; of two alike the first"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)

WEB_TEXTS = TableSchema(
    "web_texts",
    "Text between the tags of HTML pages, blank runs left out; scripts and styles excluded.",
    (
        Column("element", "i4", "element that holds it directly, -1 for none", "web_elements"),
        Column("before", "i4", "elements that begin before it on its page, all pages counted"),
        Column("text", "text", "the text, white space joined, references resolved"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)
