"""report.pdf: the document on paper, with every script shaped and its font embedded.

The words go to the typesetter as data, never as its language. Fonts come with Python packages or
with this one, none from the system, so that equal documents give equal bytes on any machine:
Libertinus Serif and DejaVu Sans Mono (in typst), Noto Sans CJK, and Noto for Arabic, Burmese, Thai,
Devanagari, Bengali and Tibetan, all under the SIL Open Font License.

Source: typst.app/docs, version 0.14; PDF 1.7.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from witnessmark.model.errors import UsageError
from witnessmark.report.document import FrozenEvidence, FrozenFinding, KindCoverage, thaw
from witnessmark.report.forms._lines import leaves, place
from witnessmark.report.names import category_name, key_name
from witnessmark.report.pictures import pictures
from witnessmark.report.pictures.svg import PRINT, PRINT_FONTS
from witnessmark.report.shown import plain
from witnessmark.report.told import told
from witnessmark.report.view import (
    SHARES,
    Chapter,
    GapGroup,
    View,
    coverage_name,
    hidden_name,
    unit_name,
    view,
)
from witnessmark.report.wireframe.screens import Screens
from witnessmark.report.words import ENGLISH, Words, words

PRINT_FOLDER = Path(__file__).parents[1] / "print"
CJK_FONT = "cvttf_NotoSansCJK_Regular"
MOST_QUOTES, MOST_WORDS, MOST_PLACES = 3, 12, 40
LONGEST = 600
"""Characters of a quotation; the page in HTML shows all."""

REGIONS = {"zh": "CN"}
"""Chinese in the shapes of the mainland, whatever the font prefers."""

UNPRINTED = frozenset({"type", "drawing", "steps"})
METHOD = ("act", "reach", "special", "nothing", "check")


def render(document: bytes, lang: str = ENGLISH) -> bytes:
    """The PDF for the bytes of a findings.json, in the given language."""
    # A large library that few commands need.
    import typst

    data = json.dumps(_Sheet(document, lang).data(), ensure_ascii=False)
    made: bytes = typst.compile(  # type: ignore[misc] # its stub cannot bind a variable
        (PRINT_FOLDER / "report.typ").read_bytes(),
        font_paths=[str(PRINT_FOLDER / "fonts"), _cjk_folder()],
        ignore_system_fonts=True,
        sys_inputs={"data": data.encode("utf-8", "replace").decode("utf-8")},
    )
    return made


def _cjk_folder() -> str:
    spec = find_spec(CJK_FONT)
    if spec is None or spec.origin is None:
        raise UsageError(
            "the font for Chinese is missing; pip install cvttf-notosanscjk-regular and try again"
        )
    return str(Path(spec.origin).parent)


class _Sheet:
    """The document in the words and the order in which it is printed."""

    def __init__(self, document: bytes, lang: str) -> None:
        self._bytes = document
        self._doc = thaw(document)
        self._t: Words = words(lang)
        self._view: View = view(self._doc, self._t)
        self._screens = Screens(self._doc)

    def data(self) -> dict[str, Any]:
        """What the template reads."""
        doc, t = self._doc, self._t
        name = doc.app.name or doc.app.package or t("unnamed-app")
        digest = hashlib.sha256(self._bytes).hexdigest()
        return {
            "lang": t.lang,
            "region": REGIONS.get(t.lang),
            "direction": t.direction,
            "title": t("title-page", app=plain(name)),
            "name": plain(name),
            "tagline": t("tagline"),
            "foot": plain(f"{name} · findings.json SHA-256 {digest[:16]}…"),
            "facts": self._facts(),
            "notes": self._notes(),
            "shows": t("what-it-shows"),
            "answers": [
                {
                    "question": one.question,
                    "answer": self._answer(one, 4),
                    "tally": self._tally(one),
                }
                for one in self._view.chapters
            ],
            "unseen": self._unseen(),
            "chapters": [self._chapter(one) for one in self._view.chapters],
            "gaps": self._gaps(),
            "coverage": self._coverage(),
            "law": self._law(),
            "method": {
                "name": t("method"),
                "question": t("how-to-read"),
                "lines": [[t(f"method-{one}-head"), t(f"method-{one}")] for one in METHOD],
            },
        }

    def _facts(self) -> list[list[str]]:
        app, t = self._doc.app, self._t
        rows = [[t("package"), plain(app.package or t("not-stated")), plain(app.version)]]
        rows += [
            [t("signed-by"), plain(one.subject or t("nameless-certificate")), one.sha256]
            for one in self._view.signers
        ]
        rows += [
            [t("file"), plain(f"{one.name} · {t('file-size', n=one.size)}"), one.sha256]
            for one in app.inputs
        ]
        return rows

    def _notes(self) -> list[str]:
        notes = [] if self._t.reviewed else [self._t("unreviewed")]
        if self._doc.redaction is not None:
            notes.append(self._t("masked", policy=self._doc.redaction.policy))
        return notes

    def _said(self, text: str) -> str:
        return plain(told(text, self._t))

    def _answer(self, chapter: Chapter, most: int) -> str:
        if not chapter.total:
            return chapter.answer
        if not chapter.people:
            return self._t("answer-whole", answer=chapter.answer)
        names = [plain(one) for one in chapter.people[:most]]
        if len(chapter.people) > most:
            names.append(self._t("people-more", n=len(chapter.people) - most))
        return self._t("answer-people", answer=chapter.answer, people=self._t.all_of(names))

    def _tally(self, chapter: Chapter) -> str:
        t = self._t
        parts = [t(f"tally-{state}", n=count) for state, count in chapter.reach.items() if count]
        if chapter.special:
            parts.append(t("special-tally", n=chapter.special))
        if chapter.gap_places:
            parts.append(t("gaps-tally", n=chapter.gap_places))
        return " · ".join(parts)

    def _hides(self, names: Iterable[str]) -> str:
        hidden = ", ".join(plain(hidden_name(name, self._t)) for name in names)
        return self._t("may-hide", what=hidden or self._t("nothing-known"))

    def _unseen(self) -> dict[str, Any]:
        t, seen = self._t, self._view
        lead = f"{t('places-not-seen', n=seen.gap_places)}. {t('may-change')}"
        coverage = [[self._kind(one.kind), self._read_of(one)] for one in seen.read_partly]
        coverage += [
            [self._kind(one.kind), t(SHARES[one.kind], read=one.read, present=one.present)]
            for one in seen.shares
        ]
        whole = ", ".join(
            f"{self._kind(one.kind)} {t.number(one.present)} {self._unit(one.unit)}"
            for one in seen.read_whole
        )
        if whole:
            coverage.append([t("read-whole"), whole])
        return {
            "title": t("what-we-could-not-see"),
            "lead": lead if seen.gaps else t("no-gap-met"),
            "reasons": [self._gap(one) for one in seen.gaps[:6]],
            "coverage": coverage,
            "remark": t("can-not-did"),
        }

    def _read_of(self, one: KindCoverage) -> str:
        unit = self._unit(one.unit)
        read = self._t("read-of", read=one.read, present=one.present, unit=unit)
        return f"{read}, {self._t('not-read', n=one.not_read)}"

    def _gap(self, one: GapGroup) -> dict[str, Any]:
        number = len(one.places)
        places = f"{self._t('places', n=number)}; " if number > 1 else ""
        return {
            "why": self._said(one.why),
            "what": f"{places}{self._hides(one.hides)}",
            "places": [plain(place) for place in one.places[:MOST_PLACES]],
            "more": self._more(len(one.places) - MOST_PLACES),
        }

    def _more(self, number: int) -> str:
        return self._t("more", n=number) if number > 0 else ""

    def _kind(self, kind: str) -> str:
        return plain(coverage_name(kind, self._t))

    def _unit(self, unit: str) -> str:
        return plain(unit_name(unit, self._t))

    def _chapter(self, one: Chapter) -> dict[str, Any]:
        drawn = pictures(self._doc, self._t, PRINT).get(one.name, ())
        return {
            "number": f"{one.number} · {one.title}",
            "question": one.question,
            "answer": self._answer(one, 40),
            "tally": self._tally(one),
            "pictures": [
                {"title": each.title, "says": each.says, "svg": str(each.svg)} for each in drawn
            ],
            "groups": [
                {
                    "heading": group.heading,
                    "findings": [self._finding(each) for each in group.findings],
                }
                for group in one.groups
            ],
            "maybe": [
                f"{self._t('more-may-be-hidden')} {self._said(gap.why)}" for gap in one.gaps[:5]
            ],
        }

    def _finding(self, one: FrozenFinding) -> dict[str, Any]:
        t = self._t
        meta = [t(f"reach-{one.reach.state}"), t(f"strength-{one.strength}"),
                t(f"about-{one.about}")]  # fmt: skip
        if one.special:
            meta.insert(0, t("special-category"))
        quotes = list(leaves(one.evidence))
        rows = _rows(one.subject, t)
        if one.categories:
            names = ", ".join(category_name(name, t.lang) for name in one.categories)
            rows.insert(0, [t("personal-data"), plain(names)])
        return {
            "says": self._said(one.says),
            "sketch": sketch(str(self._screens.picture(one))),
            "meta": " · ".join(meta),
            "own": [
                {"text": plain(each.text), "gloss": plain(each.gloss)}
                for each in one.original[:MOST_WORDS]
            ],
            "rows": rows,
            "leaves": [self._leaf(each) for each in quotes[:MOST_QUOTES]],
            "more": self._more(len(quotes) - MOST_QUOTES),
            "limits": [self._said(limit) for limit in one.limits],
            "id": one.id,
        }

    def _leaf(self, one: FrozenEvidence) -> dict[str, str]:
        excerpt = one.excerpt if len(one.excerpt) <= LONGEST else f"{one.excerpt[:LONGEST]}…"
        return {
            "says": self._said(one.says),
            "excerpt": plain(excerpt),
            "place": plain(place(one, self._t)),
        }

    def _gaps(self) -> dict[str, Any]:
        t, seen = self._t, self._view
        answer = t("gaps-none")
        if seen.gaps:
            places, reasons = t("places", n=seen.gap_places), t("reasons", n=len(seen.gaps))
            answer = t("gaps-answer", places=places, reasons=reasons)
        return {
            "name": t("gaps"),
            "question": t("gaps-question"),
            "answer": answer,
            "groups": [self._gap(one) for one in seen.gaps],
        }

    def _coverage(self) -> dict[str, Any]:
        t = self._t
        return {
            "name": t("coverage"),
            "question": t("coverage-question"),
            "head": [t("kind"), t("present"), t("read"), t("unread"), t("unit")],
            "rows": [
                [
                    self._kind(one.kind),
                    t.number(one.present),
                    t.number(one.read),
                    t.number(one.not_read),
                    self._unit(one.unit),
                ]
                for one in self._doc.coverage.by_kind
                if one.kind not in SHARES
            ],
        }

    def _law(self) -> dict[str, Any]:
        t, doc = self._t, self._doc
        return {
            "name": t("legal-readings"),
            "question": t("law-question"),
            "answer": t("law-answer") if doc.assessments else t("law-none"),
            "why": self._said(doc.law.why) if doc.law else "",
            "sought": {"title": t("notices"), "rows": self._sought(), "says": t("notices-says")},
            "instruments": [
                {
                    "title": f"{one.jurisdiction} · {self._said(one.title)}",
                    "provisions": [
                        {
                            "article": self._said(law.article),
                            "says": self._said(law.says),
                            "status": f"{self._said(law.status)} {t('source')}: {law.source}",
                            "readings": [self._reading(each) for each in readings],
                        }
                        for law, readings in one.provisions
                    ],
                }
                for one in self._view.law
            ],
        }

    def _sought(self) -> list[list[str]]:
        """Words that law asks for: what was found, or how much was read in vain."""
        t = self._t
        read = ", ".join(
            f"{t('read-of', read=one.read, present=one.present, unit=self._unit(one.unit))} "
            f"({self._kind(one.kind)})"
            for one in self._view.sought_in
        )
        none = t("notice-none", what=read or t("texts"))
        return [
            [
                t(f"notice-{one.purpose}"),
                " ".join(self._said(each.says) for each in one.findings) or none,
            ]
            for one in self._view.sought
        ]

    def _reading(self, one: Any) -> dict[str, Any]:
        t = self._t
        settles = [f"{t('settles')}: {self._said(one.settles)}"] if one.settles else []
        return {
            "element": self._said(one.element),
            "state": f"{t(f'law-{one.state}')}.",
            "bears": t("bears-on", n=len(one.findings)) if one.findings else "",
            "remarks": [*settles, *(self._said(limit) for limit in one.limits)],
        }


def sketch(svg: str) -> str:
    """A picture of a screen with the page's style inside, so that it stands alone."""
    if not svg:
        return ""
    css = (PRINT_FOLDER.parent / "html" / "report.css").read_text(encoding="utf-8")
    rules = re.findall(r"^svg\.wire (\S.*)$", css, re.MULTILINE)
    style = "".join(re.sub(r"(^|, )svg\.wire ", r"\1", rule) for rule in rules)
    opened = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    at = opened.index(">") + 1
    body = f'<g font-family="{PRINT_FONTS}">{opened[at:].removesuffix("</svg>")}</g>'
    return f"{opened[:at]}<style>{style}</style>{body}</svg>"


def _rows(subject: Mapping[str, Any], t: Words) -> list[list[str]]:
    """Keys of a subject and their values on one line each; empty ones left out."""
    rows = []
    for key, value in subject.items():
        content = _told(value, t)
        if key not in UNPRINTED and content:
            rows.append([key_name(key, t.lang), plain(content[:LONGEST])])
    return rows


def _told(value: Any, t: Words) -> str:
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, Mapping):
        parts = ((key_name(key, t.lang), _told(one, t)) for key, one in value.items())
        return ", ".join(f"{key}: {content}" for key, content in parts if content)
    if isinstance(value, list | tuple):
        return "; ".join(content for one in value if (content := _told(one, t)))
    return "" if value is None else str(value)
