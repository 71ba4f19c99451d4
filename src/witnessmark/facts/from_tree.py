"""Resources of an app that was decoded into files, as the resource table they were decoded from.

Places count in one row of all resource files, one behind the other; `TreeResources.place` tells
the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from witnessmark.facts.source_values import Names, Typed
from witnessmark.facts.tree_table import TableRows, declared_ids, file_entry, value_entries
from witnessmark.formats.arsc import ResourceTable
from witnessmark.formats.axml import Attribute, XmlTree
from witnessmark.formats.axml.tree import ANDROID_NAMESPACE
from witnessmark.formats.textxml import TextXml, plain_text, read_text_xml
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table
from witnessmark.package.app import App, Oddity, Part
from witnessmark.package.parts import package_name

HIDES = ("asks", "marks", "sends/endpoint")
MOST_NAMED = 5


class ResourceFile(Struct, frozen=True):
    """A file below ``res``: its folder and name, and where it begins in the row of all."""

    artifact: int
    path: str
    start: int

    @property
    def folder(self) -> str:
        """``values-zh-rCN`` of ``res/values-zh-rCN/strings.xml``."""
        return self.path.split("/")[-2]


class TreeResources(Struct, frozen=True):
    """The resource files of one part as one table, and the names that its XML may use."""

    table: ResourceTable
    names: Names
    files: tuple[ResourceFile, ...]
    oddities: tuple[Oddity, ...]
    gaps: tuple[Gap, ...]

    def placed(self, table: Table, container: int) -> Table:
        """``table`` with the rows that stand in ``container`` told in the files themselves."""
        rows = np.flatnonzero(table["artifact"] == container)
        if not len(rows) or not self.files:
            return table
        starts = np.array([one.start for one in self.files], dtype=np.int64)
        artifacts = np.array([one.artifact for one in self.files], dtype=np.int32)
        columns = {name: table[name] for name in table.schema.column_names()}
        file = np.searchsorted(starts, columns["offset"][rows], side="right") - 1
        columns["artifact"] = columns["artifact"].copy()
        columns["offset"] = columns["offset"].copy()
        columns["reads_as"] = columns["reads_as"].copy()
        columns["artifact"][rows] = artifacts[file]
        columns["offset"][rows] -= starts[file]
        columns["reads_as"][rows] = "utf-8"
        return Table(table.schema, columns)

    def file_at(self, offset: int) -> ResourceFile:
        """The file in which a place of the row of all files lies."""
        return self.files[bisect_right([one.start for one in self.files], offset) - 1]


def tree_resources(app: App, part: Part) -> TreeResources:
    """Resources of a part that has them as files; empty for one that has none."""
    files = tuple(_resource_files(app, part))
    gaps: list[Gap] = []
    values = [
        (one, found)
        for one in files
        if one.folder.partition("-")[0] == "values" and (found := _read(app, one, gaps)) is not None
    ]
    package = package_name(part)
    known = declared_ids(values, [one.path for one in files])
    names = Names(package, known)
    rows = TableRows(package, names)
    for one, text in values:
        for entry in value_entries(one.start, one.folder, text):
            rows.add(entry)
    for one in files:
        if one.folder.partition("-")[0] != "values":
            size = app.artifacts[one.artifact].size
            rows.add(file_entry(one.path, one.start, min(size, 64)))
    gaps += _without_files(app, part, known, rows.present())
    oddities = []
    for one, text in values:
        for anomaly in text.tree.anomalies:
            oddities.append(Oddity("xml", anomaly.kind, anomaly.says, one.artifact, anomaly.span))
            gaps.append(Gap(app.path(one.artifact), f"was read in part: {anomaly.says}", HIDES))
    size = sum(app.artifacts[one.artifact].size + 1 for one in files)
    return TreeResources(rows.finished(size), names, files, tuple(oddities), tuple(gaps))


def _without_files(
    app: App, part: Part, known: Iterable[str], present: Collection[str]
) -> Iterator[Gap]:
    """One gap for all layouts that the list of resources names and that are not here."""
    lost = sorted(
        name.partition("/")[2]
        for name in known
        if name.startswith("layout/") and name not in present
    )
    if lost:
        which = ", ".join(lost[:MOST_NAMED]) + (", ..." if len(lost) > MOST_NAMED else "")
        why = f"{_layouts(len(lost))} that its list of resources names: {which}"
        yield Gap(app.path(part.container), why, ("asks",))


def _layouts(count: int) -> str:
    return "lacks the file of a screen" if count == 1 else f"lacks the files of {count} screens"


def _resource_files(app: App, part: Part) -> Iterator[ResourceFile]:
    """Files in ``res/FOLDER/``, by name."""
    start = 0
    below = f"{part.root}res/"
    found = sorted(
        (one.member, one.content)
        for one in app.members
        if one.container == part.container and one.content >= 0 and one.member.startswith(below)
    )
    for name, artifact in found:
        path = name.removeprefix(part.root)
        if path.count("/") == 2:
            yield ResourceFile(artifact, path, start)
            start += app.artifacts[artifact].size + 1


def _read(app: App, file: ResourceFile, gaps: list[Gap]) -> TextXml | None:
    if app.artifacts[file.artifact].type == "axml":
        return None
    try:
        return read_text_xml(bytes(app.blob(file.artifact)))
    except FormatError as error:
        why = f"cannot be read as XML: {error.what}"
        gaps.append(Gap(app.path(file.artifact), why, HIDES))
        return None


def typed_tree(tree: XmlTree, names: Names) -> XmlTree:
    """A text document with attributes typed as a build tool types them."""
    elements = tuple(
        replace(one, attributes=tuple(_typed(attribute, names) for attribute in one.attributes))
        for one in tree.elements
    )
    return replace(tree, elements=elements)


def _typed(attribute: Attribute, names: Names) -> Attribute:
    is_framework = attribute.namespace == ANDROID_NAMESPACE
    number = names.attribute(attribute.name, framework=is_framework) if attribute.namespace else 0
    typed: Typed | None = names.attribute_value(
        attribute.name, attribute.text or "", framework=is_framework
    )
    if typed is None:
        text = attribute.text or ""
        text = plain_text(text) if "\\" in text else text
        return replace(attribute, resource_id=number, text=text)
    return replace(attribute, resource_id=number, type=typed[0], data=typed[1])
