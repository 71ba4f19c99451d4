"""report.html: the frozen document as one self-contained page.

Style and script are part of the page and named by hash in its content security policy, so that
nothing else can load or run: whatever the app's text holds stays text. Findings and their
evidence are plain HTML, readable and printable without the script (docs/decisions/0010).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from witnessmark.model.finding import CHAPTERS
from witnessmark.report.document import At, thaw
from witnessmark.report.names import category_name, key_name, lang_of_category, lang_of_key
from witnessmark.report.pictures import pictures
from witnessmark.report.pictures.svg import PAGE
from witnessmark.report.pictures.way import draw as draw_way
from witnessmark.report.recheck import commands
from witnessmark.report.sentences import sentences
from witnessmark.report.shown import plain, shown
from witnessmark.report.told import told as in_language
from witnessmark.report.view import (
    SHARES,
    View,
    coverage_name,
    hidden_name,
    method_name,
    unit_name,
    view,
)
from witnessmark.report.wireframe.screens import Screens
from witnessmark.report.words import ENGLISH, Words, words

LOWER_WORD = re.compile(r"[a-z]+ ")
PARTS = Path(__file__).with_name("html")


def render(document: bytes, lang: str = ENGLISH, kept: BytecodeCache | None = None) -> bytes:
    """The page for the bytes of a findings.json; equal bytes in, equal bytes out.

    ``kept`` holds templates compiled before. `CaseError` when the bytes are not a findings
    document, UsageError for a language without words.
    """
    thawed, told = thaw(document), words(lang)
    seen = view(thawed, told)
    screens = Screens(thawed)
    style, script = _part("report.css"), _part("report.js")
    page = (
        _environment(seen, told, screens, kept)
        .get_template("report.html")
        .render(
            doc=thawed,
            view=seen,
            chapters=CHAPTERS,
            pictures=pictures(thawed, told),
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            document_sha256=hashlib.sha256(document).hexdigest(),
        )
    )
    return page.encode("utf-8")


def _environment(
    seen: View, told: Words, screens: Screens, kept: BytecodeCache | None
) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=kept,
    )
    environment.globals |= {"t": told, "said": partial(_said, told), "shares": SHARES,
                            "told_people": partial(_told_people, told)}  # fmt: skip
    environment.filters |= {
        "shown": shown,
        "plain": plain,
        "category": partial(category_name, lang=told.lang),
        "category_lang": partial(lang_of_category, lang=told.lang),
        "key_lang": partial(lang_of_key, lang=told.lang),
        "hidden": partial(hidden_name, words=told),
        "method": method_name,
        "number": told.number,
        "words": partial(key_name, lang=told.lang),
        "told": partial(in_language, words=told),
        "percent": _percent,
        "columns": _columns,
        "coverage": partial(coverage_name, words=told),
        "unit": partial(unit_name, words=told),
        "language": partial(_language_name, told),
        "recheck": partial(_recheck, seen),
        "picture": screens.picture,
        "fields": screens.rows,
        "way": lambda one: Markup(draw_way(one, told, PAGE)),
    }
    return environment


def _said(told: Words, text: str, opening: bool = False) -> Markup:
    """A sentence that an analysis made: translated where its wording is known, else English.

    ``opening`` says that it stands alone and begins with a capital.
    """
    if opening and told.lang == ENGLISH and LOWER_WORD.match(text):
        text = text[0].upper() + text[1:]
    if told.lang == ENGLISH:
        return Markup('<bdi dir="auto">{}</bdi>').format(shown(text))
    translated = sentences(told.lang).translated(text)
    if translated is None:
        return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(shown(text))
    parts = (
        Markup("<bdi>{}</bdi>").format(shown(part)) if number % 2 else shown(part)
        for number, part in enumerate(translated)
    )
    return Markup('<bdi dir="{}" title="{}">{}</bdi>').format(
        told.direction, plain(text), Markup("").join(parts)
    )


def _told_people(told: Words, answer: str, people: Sequence[str], most: int) -> Markup:
    """An answer with the kinds of personal data that it concerns."""
    names = [f"\0{number}\0" for number in range(min(len(people), most))]
    if len(people) > most:
        names.append(told("people-more", n=len(people) - most))
    text = told("answer-people", answer=answer, people=told.all_of(names))
    parts = text.split("\0")
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(shown(people[int(part)])) if number % 2 else part
        for number, part in enumerate(parts)
    )


def _language_name(told: Words, tag: str) -> str:
    """``Chinese`` for ``zh-Hans``, in the language of the page; unknown tags as they stand."""
    if tag in ("", "und"):
        return told("language-unknown")
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag.replace("-r", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    return str(locale.get_display_name(told.lang) or tag)


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
