"""Text as content of XML and HTML.

As ``xml.sax.saxutils.escape`` spells it, which loads all that Python has for asking web servers:
16 ms, which small apps would feel.
"""

from __future__ import annotations


def escaped(text: str) -> str:
    """``text`` with ``&``, ``<`` and ``>`` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
