"""App text made safe to look at.

App text may carry characters that nobody sees and that change how its neighbours are read:
direction overrides (Trojan Source, CVE-2021-42574), zero-width signs, terminal escapes, halves
of surrogate pairs. They are shown by name instead. Joiners (U+200C, U+200D) stay: Arabic,
Uyghur and Indic scripts need them, and they move nothing.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def shown(text: object) -> Markup:
    """``text`` escaped, with each unseen character as a visible ``U+XXXX`` mark."""
    plain = str(text)
    if UNSEEN.search(plain) is None:
        return escape(plain)
    parts: list[str] = []
    end = 0
    for match in UNSEEN.finditer(plain):
        parts.append(escape(plain[end : match.start()]))
        parts.append(f"<i class=u>{code_point(match.group())}</i>")
        end = match.end()
    parts.append(escape(plain[end:]))
    return Markup("".join(parts))


def plain(text: object) -> str:
    """The same for places that hold no markup, such as a title."""
    return UNSEEN.sub(lambda match: f"[{code_point(match.group())}]", str(text))


def code_point(character: str) -> str:
    """``U+202E``, as the Unicode standard writes code points."""
    return f"U+{ord(character):04X}"
