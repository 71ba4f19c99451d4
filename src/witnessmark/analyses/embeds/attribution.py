"""Traces of the makers: signer, names, e-mail addresses, notices, build paths.

What it finds
    Whatever tells who built the app (``embeds.attribution``): the signing certificate, the
    organisation in the package name, other names that much code bears, and in the app's own texts
    e-mail addresses, copyright notices, names of companies and authorities in many languages,
    folders of the computers on which it was built. Each with a grade and with what speaks
    against it.

Why it matters
    Behind an app of an authority stands a company that wrote it. Its name is seldom on the
    label and often in the app.

How it decides
    Only texts of the app's own code, its resources, its manifest, and native libraries that no
    known library brings are read; what belongs to known libraries is their makers' trace, not
    the builder's. Licence texts, placeholders and the folders of build services are left out.
    ``supporting`` is a trace that makers leave on purpose, ``weak`` one that may have come with
    foreign code, ``none`` one that says nothing (debug and published test keys). No trace alone
    is proof: anyone can write any name.

What it misses
    Makers who use borrowed names; traces in pictures, in encoded texts and in renamed classes.
    Lists of people inside the app are not searched, so that nobody in them is taken for a maker:
    where own code holds many addresses, they are counted and not quoted.

Example
    ``技术支持：某某市甲乙信息技术有限公司`` in the text ``about_us``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial

from witnessmark.analyses.app_texts import Text, app_texts
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.embeds._named_code import named_findings
from witnessmark.analyses.embeds._signer import signer_findings
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.code import (
    CLASSES,
    FIELDS,
    METHODS,
    STATIC_VALUES,
    STRING_USES,
    STRINGS,
)
from witnessmark.facts.tables.manifest import APP, XML_ATTRIBUTES
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.signing import SIGNERS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.attribution import Trace
from witnessmark.knowledge.packs.namespaces import Namespace
from witnessmark.knowledge.packs.sdks import Sdk
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.gap import Gap

ATTRIBUTION = Analysis(
    id="embeds/attribution",
    version=2,
    reads=(
        SIGNERS, APP, XML_ATTRIBUTES, CLASSES, STRINGS, STRING_USES, STATIC_VALUES, FIELDS, METHODS,
        RESOURCES, RESOURCE_VALUES, NATIVE_LIBRARIES, NATIVE_STRINGS, SDK_CLASSES, REACH,
    ),
    knows=("attribution", "sdks", "namespaces"),
)  # fmt: skip

MOST_OF_A_KIND = 20
"""Different values of one kind beyond which they are data rather than traces of makers."""

MOST_PLACES = 3
PATH_DEPTH = 5
"""Folders of a build path that are told; deeper ones say nothing more about the builder."""

_WHAT = {
    "email": "e-mail address",
    "copyright": "copyright notice",
    "organisation": "organisation",
    "build_path": "build path",
}
_AGAINST = {
    "email": "It may be a contact that somebody else chose, or have come with copied code.",
    "copyright": "Notices are copied along with texts and code.",
    "organisation": "The app may speak of this organisation without being made by it.",
    "build_path": "The file may have been built by somebody else than the app.",
}
_NOTICE_WORDS = kept_regex(
    r"(?i)copyright|\(c\)|all rights? reserved|版权所有|保留所有权利|無断転載禁ず|"
    r"Все права защищены"
)


@ATTRIBUTION.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield a finding a trace."""
    traces = know.entries("attribution", Trace)
    sdks = know.entries("sdks", Sdk)
    yield from signer_findings(app, [trace for trace in traces if trace.kind == "shared_key"])
    yield from named_findings(app, know.entries("namespaces", Namespace), traces)
    found: dict[tuple[str, str], list[tuple[Trace, Text]]] = {}
    for trace, text, value in _matches(
        app_texts(app, sdks), traces, cache(partial(_vendors, sdks))
    ):
        found.setdefault((trace.kind, value), []).append((trace, text))
    for kind, words in _WHAT.items():
        values = sorted(value for found_kind, value in found if found_kind == kind)
        if len(values) > MOST_OF_A_KIND:
            yield Gap(
                f"{len(values)} texts of the kind {words}",
                "there are too many to be traces of makers; they were counted, not quoted",
                ("embeds/attribution",),
            )
            continue
        for value in values:
            yield _finding(app, kind, value, found[kind, value])


def _vendors(sdks: Sequence[Sdk]) -> re.Pattern[str]:
    """Names of the makers of known libraries, whose traces are not the builder's."""
    names = {part.strip() for sdk in sdks for part in re.split(r"[,/()]", sdk.vendor)}
    telling = sorted(name for name in names if len(name) > 3 and name not in ("several", "others"))
    return kept_regex(r"(?i)(?<!\w)(?:" + "|".join(map(re.escape, telling)) + r")(?!\w)")


def _matches(
    sources: Iterable[Text], traces: Sequence[Trace], vendors: Callable[[], re.Pattern[str]]
) -> Iterator[tuple[Trace, Text, str]]:
    patterns = [trace for trace in traces if trace.kind in _WHAT]
    stops = [trace for trace in traces if trace.kind == "no_trace"]
    for text in sources:
        wanted = (
            [trace for trace in patterns if trace.kind == "build_path"]
            if text.source == "native"
            else patterns
        )
        hits = [(trace, match) for trace in wanted if (match := trace.search(text.text))]
        if not hits or any(stop.recognises(text.text) for stop in stops):
            continue
        for trace, match in hits:
            value = match[0].strip(" \t-–—:：,，。.|\u200b")
            if trace.kind == "copyright" and not _names_somebody(value):
                continue
            if trace.kind == "build_path" or not vendors().search(value):
                yield trace, text, _folder(value) if trace.kind == "build_path" else value


def _names_somebody(notice: str) -> bool:
    """Whether a copyright notice holds a name, and no blank that is filled in later."""
    rest = _NOTICE_WORDS.sub("", notice)
    return "%" not in notice and len(re.findall(r"[^\W\d_]", rest)) > 1


def _folder(path: str) -> str:
    parts = re.split(r"([\\/])", path)
    return "".join(parts[: 2 * PATH_DEPTH - 1])


def _finding(app: Facts, kind: str, value: str, places: Sequence[tuple[Trace, Text]]) -> Finding:
    trace, first = places[0]
    against = [_AGAINST[kind]]
    if all(text.source == "native" for _, text in places):
        against.append("Native libraries are often bought ready-made.")
    grade = "weak" if kind == "build_path" else "supporting"
    methods = sorted({method for _, text in places for method in text.methods})
    return Finding(
        kind="embeds.attribution",
        subject={"what": kind, "value": value, "grade": grade, "against": against},
        says=f"{_WHAT[kind][:1].upper()}{_WHAT[kind][1:]} in {first.where}: {value}",
        original=(Original(value, trace.lang or "und"),),
        evidence=tuple(_evidence(app, places, value)),
        strength="read",
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=tuple(against),
        identity=f"{kind} {value}",
    )


def _evidence(app: Facts, places: Sequence[tuple[Trace, Text]], value: str) -> Iterator[Evidence]:
    for trace, text in places[:MOST_PLACES]:
        quoted = text.quote(app, f"{text.where[:1].upper()}{text.where[1:]} holds it", value)
        yield Evidence(
            quoted.says, quoted.at, quoted.excerpt, quoted.because, f"attribution/{trace.id}"
        )
