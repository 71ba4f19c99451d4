"""Boxes, lines and words of SVG, as text; every word of the app is escaped.

Widths of words are estimated, since fonts differ: a CJK character is one em, others about half.
Source: W3C Scalable Vector Graphics 1.1.
"""

from __future__ import annotations

import re

from markupsafe import escape
from msgspec import Struct, field

from witnessmark.report.shown import plain

WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffe6]"
)
NARROW = frozenset("iljftrI.,:;'|!()[] ")
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Palette(Struct, frozen=True):
    """Colours of a picture: variables of the page, or fixed ones for print."""

    ink: str
    soft: str
    line: str
    sheet: str
    accent: str
    wash: str
    font: str


PAGE = Palette("var(--ink)", "var(--soft)", "var(--line)", "var(--sheet)", "var(--accent)",
               "var(--accent-wash)", "var(--sans)")  # fmt: skip
PRINT_FONTS = "Libertinus Serif, Noto Sans CJK TC, Noto Naskh Arabic, Noto Sans Myanmar"
PRINT = Palette("#1d1c1a", "#5d5a53", "#cfcabd", "#f6f4ee", "#1b5566", "#e4edee",
                PRINT_FONTS)  # fmt: skip


def width_of(text: str, size: float) -> float:
    """Estimated width of a line of text in units of the drawing."""
    ems = sum(1.0 if WIDE.match(c) else 0.3 if c in NARROW else 0.56 for c in text)
    return ems * size


def fitted(text: str, size: float, width: float) -> str:
    """``text`` cut with an ellipsis so that it fits into ``width``."""
    text = " ".join(text.split())
    if width_of(text, size) <= width:
        return text
    while text and width_of(text, size) > width - size:
        text = text[:-1]
    return f"{text.rstrip()}…"


class Drawing(Struct):
    """A picture that grows element by element."""

    palette: Palette
    width: float
    rtl: bool = False
    parts: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, fill: str = "",
            stroke: str = "") -> None:  # fmt: skip
        """A rectangle with round corners."""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" '
            f'fill="{fill or self.palette.sheet}" stroke="{stroke or "none"}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = "",
             width: float = 1) -> None:  # fmt: skip
        """A straight line."""
        self.parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" '
            f'stroke="{stroke or self.palette.line}" stroke-width="{width:g}"/>'
        )

    def curve(self, x1: float, y1: float, x2: float, y2: float, width: float = 1,
              stroke: str = "", opacity: float = 0.55) -> None:  # fmt: skip
        """A line that leaves and arrives level."""
        middle = (x1 + x2) / 2
        self.parts.append(
            f'<path d="M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}" '
            f'fill="none" stroke="{stroke or self.palette.accent}" stroke-width="{width:g}" '
            f'stroke-opacity="{opacity:g}"/>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float, rise: float = 0) -> None:
        """An arrow, straight or over a bow that rises by ``rise`` and comes down on its end."""
        colour = self.palette.accent
        if rise:
            path = f"M{x1:g} {y1:g}C{x1:g} {y1 - rise:g} {x2:g} {y2 - rise:g} {x2:g} {y2:g}"
            head = f"M{x2 - 4:g} {y2 - 7:g}L{x2:g} {y2:g}L{x2 + 4:g} {y2 - 7:g}"
        else:
            path = f"M{x1:g} {y1:g}L{x2:g} {y2:g}"
            head = f"M{x2 - 7:g} {y2 - 4:g}L{x2:g} {y2:g}L{x2 - 7:g} {y2 + 4:g}"
        self.parts.append(f'<path d="{path}{head}" fill="none" stroke="{colour}"/>')

    def dot(self, x: float, y: float, radius: float = 4, fill: str = "") -> None:
        """A filled circle."""
        self.parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill or self.palette.accent}"/>'
        )

    def text(self, x: float, y: float, text: str, *, size: float = 12, width: float = 0,
             fill: str = "", anchor: str = "start", bold: bool = False) -> None:  # fmt: skip
        """One line of text on the base line ``y``, cut to ``width`` when that is given."""
        told = UNFIT.sub("�", plain(fitted(text, size, width) if width else text))
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}" '
            f'fill="{fill or self.palette.ink}"{weight}>{escape(told)}</text>'
        )

    def open_link(self, finding: str) -> None:
        """What follows leads to a finding, until `close_link`."""
        self.parts.append(f'<a href="#{escape(finding)}">')

    def close_link(self) -> None:
        """End of what `open_link` began."""
        self.parts.append("</a>")

    def done(self, height: float, title: str) -> str:
        """The picture as SVG; ``title`` names it for those who do not see it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {height:g}" '
            f'width="{self.width:g}" height="{height:g}" role="img" '
            f'font-family="{escape(self.palette.font)}" direction="ltr">'
            f"<title>{escape(title)}</title>{''.join(self.parts)}</svg>"
        )
