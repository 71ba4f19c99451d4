"""Score the classifier on the labelled strings; ``--write`` puts the tables into the reference."""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from witnessmark.knowledge.load import load
from witnessmark.knowledge.packs.glossary import Term
from witnessmark.knowledge.packs.people import Category, by_term, wider_terms
from witnessmark.knowledge.people import PACKS, Classification, Classifier

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "docs/reference"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
RECORD = ("sfzh", "csrq", "hjdz")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row of ``strings.csv``; ``wanted`` is empty for a string that must stay silent."""

    text: str
    lang: str
    kind: str
    wanted: tuple[str, ...]
    about: str
    set: str = ""
    """Which of the fresh sets it belongs to."""

    @property
    def held_out(self) -> bool:
        return hashlib.sha256(self.text.encode()).digest()[-1] % 2 == 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled string and what the classifier made of it."""

    row: Labelled
    got: Classification
    right: bool


def labelled(name: str = "strings.csv") -> Iterator[Labelled]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            wanted = () if row["categories"] == "-" else tuple(row["categories"].split("|"))
            of = row.get("set", "")
            yield Labelled(row["text"], row["lang"], row["kind"], wanted, row["about"], of)


def outcomes(name: str = "strings.csv") -> list[Outcome]:
    know = load(PACKS)
    classifier = Classifier(know)
    people = by_term(know.entries("people", Category))
    found = []
    for row in labelled(name):
        neighbours = RECORD if row.kind == "pinyin in record" else ()
        got = classifier.classify(row.text, row.lang, neighbours)
        right = any(
            want in wider_terms(term, people) or term in wider_terms(want, people)
            for want in row.wanted
            for term in got.categories
        )
        found.append(Outcome(row, got, right))
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    strings: int
    positive: int
    told: int
    right: int

    @classmethod
    def of(cls, found: Iterable[Outcome]) -> Figures:
        found = list(found)
        return cls(
            len(found),
            sum(bool(one.row.wanted) for one in found),
            sum(bool(one.got.categories) for one in found),
            sum(one.right for one in found),
        )

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.positive if self.positive else 1.0

    def cells(self) -> str:
        return f"{self.strings} | {self.positive} | {self.precision:.3f} | {self.recall:.3f}"


def tables(found: list[Outcome]) -> str:
    held = [one for one in found if one.row.held_out]
    lines = ["| strings | number | about people | precision | recall |", "|---|---|---|---|---|"]
    lines.append(f"| held out | {Figures.of(held).cells()} |")
    lines.append(f"| development | {Figures.of(o for o in found if not o.row.held_out).cells()} |")
    said = [one for one in held if one.row.about and one.right]
    right = sum(one.got.about == one.row.about for one in said)
    lines += ["", f"Whose fact it is: {right} of {len(said)} held-out strings that say so.", ""]
    lines += ["| language (held out) | number | about people | precision | recall |"]
    lines += ["|---|---|---|---|---|"]
    langs = sorted({(one.row.lang, one.row.lang) for one in held})
    for lang, name in langs:
        part = [one for one in held if one.row.lang == lang]
        shown = "identifiers" if name == "und" else name
        lines.append(f"| {shown} | {Figures.of(part).cells()} |")
    lines += ["", "| category (held out, first label) | number | found |", "|---|---|---|"]
    count = Counter(one.row.wanted[0] for one in held if one.row.wanted)
    hits = Counter(one.row.wanted[0] for one in held if one.row.wanted and one.right)
    lines += [f"| {term} | {number} | {hits[term]} |" for term, number in sorted(count.items())]
    return "\n".join(lines)


def fresh_table(found: list[Outcome]) -> str:
    """Figures of the fresh sets as they are now, in Markdown."""
    lines = ["| fresh set, now | number | about people | precision | recall |"]
    lines.append("|---|---|---|---|---|")
    for name in sorted({one.row.set for one in found}):
        lines.append(f"| {name} | {Figures.of(o for o in found if o.row.set == name).cells()} |")
    lines.append(f"| all | {Figures.of(found).cells()} |")
    said = [one for one in found if one.row.about and one.right]
    right = sum(one.got.about == one.row.about for one in said)
    return "\n".join([*lines, "", f"Whose fact it is: {right} of {len(said)} fresh strings."])


def glossary_table() -> str:
    """Terms of the glossary by language and origin, in Markdown."""
    terms = load(["glossary"]).entries("glossary", Term)
    count = Counter((term.lang, term.source) for term in terms)
    lines = ["| language | origin | terms |", "|---|---|---|"]
    lines += [f"| {lang} | {source} | {n} |" for (lang, source), n in sorted(count.items())]
    every = Counter(term.lang for term in terms)
    lines += [f"| {lang} | all | {n} |" for lang, n in sorted(every.items())]
    return "\n".join(lines)


def write_figures(page: str, figures: str) -> None:
    """Put ``figures`` between the marks of a page of the reference."""
    path = REFERENCE / page
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    text = f"{before}{BEGIN}\n{figures}\n{END}{rest.partition(END)[2]}"
    path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/reference/classify.md")
    parser.add_argument("--mistakes", action="store_true", help="mistakes of the development half")
    chosen = parser.parse_args()
    found = outcomes()
    if chosen.mistakes:
        for one in found:
            wrong = one.got.categories and not one.right
            if not one.row.held_out and (wrong or (one.row.wanted and not one.right)):
                row = one.row
                told = f"{row.wanted} -> {one.got.categories} {one.got.because}"
                sys.stdout.write(f"{row.lang} {row.text} {told}\n")
    if chosen.write:
        write_figures("classify.md", f"{tables(found)}\n\n{fresh_table(outcomes('fresh.csv'))}")
        write_figures("glossary.md", glossary_table())
    for name, half in (("held out", True), ("development", False)):
        figures = Figures.of(o for o in found if o.row.held_out is half)
        sys.stdout.write(f"{name}: {figures}\n")


if __name__ == "__main__":
    main()
