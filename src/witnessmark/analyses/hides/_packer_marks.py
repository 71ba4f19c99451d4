"""Marks of tools that hide code: classes, native libraries, members, texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from witnessmark.analyses.manifest import quote_attribute
from witnessmark.analyses.quotes import quote_class, quote_member
from witnessmark.facts.search import strings_holding
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import CLASSES
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.tables.native import NATIVE_LIBRARIES
from witnessmark.facts.view import Facts
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.packers import Packer
from witnessmark.knowledge.packs.sdks import any_matches, longest_prefix
from witnessmark.model.evidence import Evidence

MOST_EACH = 3
"""Marks of one sort that a finding quotes."""

COMMON_TOGETHER = 2
"""Names used by others, too, that must come together to count as a mark."""


class Marks(Struct):
    """What was found of one tool: ``sure`` marks decide, ``common`` ones only support."""

    packer: Packer
    sure: list[Evidence] = field(default_factory=list)
    common: list[Evidence] = field(default_factory=list)

    @property
    def decides(self) -> bool:
        """Whether the marks alone name the tool."""
        return bool(self.sure) or len(self.common) >= COMMON_TOGETHER


def find_marks(facts: Facts, packers: Sequence[Packer]) -> tuple[Marks, ...]:
    """Marks of every tool that left any, in the order of ``packers``."""
    found = {packer.id: Marks(packer) for packer in packers}
    _classes(facts, packers, found)
    _members(facts, packers, found)
    _texts(facts, packers, found)
    return tuple(marks for marks in found.values() if marks.sure or marks.common)


def _classes(facts: Facts, packers: Sequence[Packer], found: Mapping[str, Marks]) -> None:
    by_prefix = {prefix: packer.id for packer in packers for prefix in packer.code}
    rows: dict[str, list[int]] = {}
    for row in range(len(facts.table(CLASSES))):
        prefix = longest_prefix(facts.class_name(row), by_prefix)
        if prefix:
            rows.setdefault(by_prefix[prefix], []).append(row)
    for packer_id, several in rows.items():
        chosen = sorted(several, key=lambda row: (len(facts.class_name(row)), row))[:MOST_EACH]
        found[packer_id].sure += [quote_class(facts, row) for row in chosen]
    for name, node in facts.table(COMPONENTS).rows("class_name", "node"):
        prefix = longest_prefix(name, by_prefix)
        quoted = quote_attribute(facts, node, "name", f"the manifest declares {name}")
        if prefix and quoted:
            found[by_prefix[prefix]].sure.append(quoted)


def _members(facts: Facts, packers: Sequence[Packer], found: Mapping[str, Marks]) -> None:
    names: dict[str, int] = {}
    for row, name in enumerate(facts.table(MEMBERS)["name"].tolist()):
        if not name.startswith("res/"):
            names.setdefault(name, row)
    for packer in packers:
        marks = found[packer.id]
        libraries = [name for name in names if name.endswith(".so")]
        hits = [name for name in libraries if any_matches(packer.native, name.rpartition("/")[2])]
        hits += [name for name in names if any_matches(packer.members, name)]
        marks.sure += [_quoted(facts, names, name) for name in sorted(set(hits))[:MOST_EACH]]
        for pattern in packer.common:
            fits = sorted(name for name in names if any_matches((pattern,), name))
            marks.common += [_quoted(facts, names, name) for name in fits[:1]]


def _quoted(facts: Facts, names: Mapping[str, int], name: str) -> Evidence:
    return quote_member(facts, names[name], f"the package holds {name}")


def _texts(facts: Facts, packers: Sequence[Packer], found: Mapping[str, Marks]) -> None:
    wanted = {text.encode(): packer.id for packer in packers for text in packer.texts}
    if not wanted:
        return
    pattern = kept_regex(b"|".join(re.escape(text) for text in sorted(wanted, key=len)[::-1]))
    for evidence, text in (*_in_native(facts, pattern), *_in_code(facts, pattern, wanted)):
        marks = found[wanted[text]]
        if len(marks.sure) < MOST_EACH:
            marks.sure.append(evidence)


def _in_native(facts: Facts, pattern: re.Pattern[bytes]) -> Iterator[tuple[Evidence, bytes]]:
    for path, artifact in facts.table(NATIVE_LIBRARIES).rows("path", "artifact"):
        seen: set[bytes] = set()
        for match in pattern.finditer(facts.blob(artifact)):
            if match[0] not in seen:
                seen.add(match[0])
                says = f"{path} holds the text of the tool"
                length = match.end() - match.start()
                yield facts.quote(says, artifact, match.start(), length, "utf-8"), match[0]


def _in_code(
    facts: Facts, pattern: re.Pattern[bytes], texts: Iterable[bytes]
) -> Iterator[tuple[Evidence, bytes]]:
    for row in strings_holding(facts, texts):
        match = pattern.search(facts.string(row).encode("utf-8", "surrogatepass"))
        if match:
            yield facts.quote_string("a string constant names the tool", row), match[0]
