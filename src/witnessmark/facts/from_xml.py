"""Binary XML as tables: the manifest, and every file that may hold words or structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from witnessmark.facts.from_resources import ReadTables
from witnessmark.facts.tables.manifest import (
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
    XML_TEXTS,
)
from witnessmark.facts.values import Values
from witnessmark.formats.arsc import ResourceTable
from witnessmark.formats.axml import Attribute, XmlTree, read_axml
from witnessmark.formats.axml.tree import ANDROID_NAMESPACE
from witnessmark.formats.chunks import ValueType
from witnessmark.model.distinct import among, distinct
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap
from witnessmark.model.table import Table, as_column
from witnessmark.package.app import App, Oddity, Part
from witnessmark.package.tree import is_kept_aside

if TYPE_CHECKING:
    from witnessmark.facts.from_tree import TreeResources

READ_FOLDERS = frozenset({"manifest", "layout", "menu", "xml", "navigation"})
"""Resource types whose files hold words or structure; pictures, motion and colours do not."""

PREFIXES: Mapping[str, str] = {
    ANDROID_NAMESPACE: "android",
    "http://schemas.android.com/apk/res-auto": "app",
    "http://schemas.android.com/tools": "tools",
}
RESOURCE_NAMESPACE = "http://schemas.android.com/apk/res/"
Row = tuple[Any, ...]


class Place(Struct, frozen=True):
    """What a resource table says of a file: its type, name and qualifiers."""

    folder: str
    name: str
    configuration: str


class XmlFile(Struct, frozen=True):
    """One file that was read; ``first_node`` is the row of its root in ``xml_nodes``."""

    part: int
    place: Place
    artifact: int
    tree: XmlTree
    first_node: int
    format: str = "axml"


class XmlFacts(Struct, frozen=True):
    """Tables, the files behind them, what was odd or unread, and unread files by folder."""

    tables: Mapping[str, Table]
    files: tuple[XmlFile, ...]
    oddities: tuple[Oddity, ...]
    gaps: tuple[Gap, ...]
    read: Counter[str]
    unread: Counter[str]

    def manifest(self, part: int) -> XmlFile | None:
        """The manifest of a part, None where it has none."""
        return next(
            (one for one in self.files if one.part == part and one.place.folder == "manifest"), None
        )


def xml_facts(app: App, resources: ReadTables, values: Values) -> XmlFacts:
    """Read the XML of all parts, binary or decoded."""
    files: list[XmlFile] = []
    gaps: list[Gap] = []
    read: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    nodes = 0
    for number, part in enumerate(app.parts):
        table = resources.by_artifact.get(part.resources)
        source = resources.trees.get(part.container)
        for artifact, place in _places(app, part, table):
            if place.folder not in READ_FOLDERS:
                unread[place.folder] += 1
                continue
            form = xml_form(app, part, artifact)
            tree = part.tree if artifact == part.manifest else _read(app, artifact, form, gaps)
            if tree is not None and form == "xml":
                tree = _typed(tree, source)
            if tree is None:
                unread[place.folder] += 1
                continue
            read[place.folder] += 1
            files.append(XmlFile(number, place, artifact, tree, nodes, form))
            nodes += len(tree.elements)
    oddities = tuple(odd for file in files for odd in _oddities(file))
    gaps += _lost(app, files)
    return XmlFacts(_tables(app, files, values), tuple(files), oddities, tuple(gaps), read, unread)


def _typed(tree: XmlTree, source: TreeResources | None) -> XmlTree:
    """A decoded file with the values that a compiler would have put into it."""
    from witnessmark.facts.from_tree import typed_tree
    from witnessmark.facts.source_values import Names

    return typed_tree(tree, source.names if source is not None else Names("", {}))


def _places(app: App, part: Part, table: ResourceTable | None) -> Iterator[tuple[int, Place]]:
    """Artifacts of one part that are XML, and what each is, the manifest first."""
    if part.manifest >= 0 and part.tree is not None:
        yield part.manifest, Place("manifest", "AndroidManifest", "")
    if part.container < 0:
        return
    members = {
        one.name: one.content
        for one in reversed(app.members)
        if one.container == part.container and one.content >= 0
    }
    named = _named_by(table, members) if table is not None else {}
    for name in sorted(members):
        artifact = members[name]
        if artifact == part.manifest or is_kept_aside(name):
            continue
        if app.artifacts[artifact].type == "axml":
            yield artifact, named.get(name) or place_by_path(name)
        elif name.startswith(f"{part.root}res/") and name.endswith(".xml"):
            place = place_by_path(name.removeprefix(part.root))
            if place.folder != "values" and _is_decoded(app, part):
                yield artifact, place


def _is_decoded(app: App, part: Part) -> bool:
    """Whether a part has its resources as text or, in a bundle, as protobuf."""
    return part.resources < 0 or bool(part.texts) or xml_form(app, part, -1) == "protobuf"


def xml_form(app: App, part: Part, artifact: int) -> str:
    """How an XML file of a part is written: axml, xml (text) or protobuf."""
    if artifact >= 0 and app.artifacts[artifact].type in ("axml", "xml"):
        return app.artifacts[artifact].type
    resources = app.artifacts[part.resources].type if part.resources >= 0 else ""
    is_bundle = part.archive is None and bool(part.root) and not part.texts
    return "protobuf" if is_bundle and resources in ("", "protobuf") else "xml"


def _named_by(table: ResourceTable, members: Mapping[str, int]) -> Mapping[str, Place]:
    """Files that the resource table names, whatever obfuscated path they have."""
    entries = table.entries
    used: dict[str, Place] = {}
    indices = {
        index: text
        for index in distinct(entries.data[entries.type == ValueType.STRING]).tolist()
        if (text := table.pool.text(index)) in members
    }
    wanted = among(entries.data, list(indices)) & (entries.type == ValueType.STRING)
    for row in np.flatnonzero(wanted).tolist():
        folder, _, name = table.row_name(row).partition("/")
        configuration = table.configs[int(entries.config[row])].qualifiers
        if folder != "string":
            path = indices[int(entries.data[row])] or ""
            used.setdefault(path, Place(folder, name, configuration))
    return used


def place_by_path(path: str) -> Place:
    """What a path such as ``res/layout-land/main.xml`` says; ``other`` outside of ``res``."""
    parts = path.split("/")
    folder, _, configuration = parts[-2].partition("-") if len(parts) >= 2 else ("", "", "")
    name = parts[-1].removesuffix(".xml")
    if parts[0] not in ("res", "r") or not folder:
        return Place("other", name, "")
    return Place(folder, name, configuration)


def _read(app: App, artifact: int, form: str, gaps: list[Gap]) -> XmlTree | None:
    try:
        data = bytes(app.blob(artifact))
        if form == "axml":
            return read_axml(data)
        if form == "protobuf":
            from witnessmark.formats.protobuf import read_xml_node

            return read_xml_node(data)
        from witnessmark.formats.textxml import read_text_xml

        return read_text_xml(data).tree
    except FormatError as error:
        gaps.append(Gap(app.path(artifact), f"cannot be read as XML: {error.what}", ("asks",)))
        return None


def _oddities(file: XmlFile) -> Iterator[Oddity]:
    for one in file.tree.anomalies:
        yield Oddity(file.format, one.kind, one.says, file.artifact, one.span)


def _lost(app: App, files: Sequence[XmlFile]) -> Iterator[Gap]:
    """A gap for each file of which something could not be read."""
    for file in files:
        losses = [one.says for one in file.tree.anomalies if one.loses]
        if losses:
            hides = ("takes/permission", "orders") if file.place.folder == "manifest" else ("asks",)
            yield Gap(app.path(file.artifact), f"was read in part: {losses[0]}", hides)


def _tables(app: App, files: Sequence[XmlFile], values: Values) -> Mapping[str, Table]:
    file_rows: list[Row] = []
    node_rows: list[Row] = []
    attributes = _AttributeColumns(values)
    for number, file in enumerate(files):
        place = file.place
        path = "!".join(app.artifacts[file.artifact].member) or app.path(file.artifact)
        file_rows.append((path, place.folder, place.name, place.configuration, file.artifact))
        for index, element in enumerate(file.tree.elements):
            parent = file.first_node + element.parent if element.parent >= 0 else -1
            span = element.span
            node_rows.append(
                (number, parent, element.depth, element.name, element.line & 0x7FFFFFFF,
                 file.artifact, span.offset, span.length)
            )  # fmt: skip
            for attribute in element.attributes:
                attributes.add(file.first_node + index, file.artifact, attribute)
    return {
        XML_FILES.name: Table.from_rows(XML_FILES, file_rows),
        XML_NODES.name: Table.from_rows(XML_NODES, node_rows),
        XML_ATTRIBUTES.name: attributes.table(),
        XML_TEXTS.name: Table.from_rows(XML_TEXTS, _text_rows(files)),
    }


def _text_rows(files: Sequence[XmlFile]) -> Iterator[Row]:
    for file in files:
        for text in file.tree.texts:
            told = text.text.strip()
            if not told:
                continue
            span, reads_as = text.span, "hex"
            if text.text_span is not None and text.encoding is not None:
                span, reads_as = text.text_span, text.encoding
            node = file.first_node + text.parent if text.parent >= 0 else -1
            yield node, told, reads_as, file.artifact, span.offset, span.length


class _AttributeColumns:
    """Rows of ``xml_attributes`` in the making."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._rows: list[Row] = []

    def add(self, node: int, artifact: int, attribute: Attribute) -> None:
        """One attribute; the span is that of its text, else the typed value's eight bytes."""
        span, reads_as = attribute.value_span, "hex"
        is_text = attribute.type == ValueType.STRING or attribute.is_source
        if is_text and attribute.text_span is not None and attribute.encoding is not None:
            span, reads_as = attribute.text_span, attribute.encoding
        self._rows.append(
            (node, prefix(attribute.namespace), attribute.name, self._values.attribute(attribute),
             attribute.data if attribute.is_reference else 0, reads_as,
             artifact, span.offset, span.length)
        )  # fmt: skip

    def table(self) -> Table:
        """The finished table."""
        columns = list(zip(*self._rows, strict=True)) or [()] * len(XML_ATTRIBUTES.columns)
        return Table(
            XML_ATTRIBUTES,
            {
                column.name: as_column(column, found)
                for column, found in zip(XML_ATTRIBUTES.columns, columns, strict=True)
            },
        )


def prefix(namespace: str) -> str:
    """The customary prefix of a namespace, its URI where there is none."""
    known = PREFIXES.get(namespace)
    if known is not None:
        return known
    return "app" if namespace.startswith(RESOURCE_NAMESPACE) else namespace
