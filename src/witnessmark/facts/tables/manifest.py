"""Tables of binary XML and of what the manifest declares."""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

XML_FILES = TableSchema(
    "xml_files",
    "Binary or textual XML: the manifest, layouts, menus, preferences and others.",
    (
        Column("path", "text", "member name"),
        Column("folder", "text", "resource type: manifest, layout, menu, xml, drawable, ..."),
        Column("name", "text", "resource name (file name without ending when none refers to it)"),
        Column("configuration", "text", "resource qualifiers, empty for the default"),
        Column("artifact", "i4", "blob", "artifacts"),
    ),
    ("apk", "binary_xml", "smali", "java"),
)

XML_NODES = TableSchema(
    "xml_nodes",
    "Elements in document order.",
    (
        Column("file", "i4", "file", "xml_files"),
        Column("parent", "i4", "enclosing element, -1 for a root", "xml_nodes"),
        Column("depth", "i4", "0 for a root"),
        Column("name", "text", "element name"),
        Column("line", "i4", "line in the source as recorded, 0 unknown"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)

XML_ATTRIBUTES = TableSchema(
    "xml_attributes",
    "Attributes of elements. The span is that of the value: string bytes or attribute record.",
    (
        Column("node", "i4", "element", "xml_nodes"),
        Column("namespace", "text", "prefix: android, app, tools or the URI; empty for none"),
        Column("name", "text", "attribute name"),
        Column("value", "text", "value as text; references as @type/name"),
        Column("resource", "u4", "resource id the value refers to, 0 for none"),
        Column("reads_as", "text", "how the span spells: utf-8, utf-16le, hex"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)

XML_TEXTS = TableSchema(
    "xml_texts",
    "Text between the tags of elements, where it is more than white space. The span is the text.",
    (
        Column("node", "i4", "element, -1 for none", "xml_nodes"),
        Column(
            "text",
            "text",
            "as it is meant, white space at both ends left out; the span as it is written",
        ),
        Column("reads_as", "text", "how the span spells: utf-8, utf-16le, hex"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)

APP = TableSchema(
    "app",
    "What the app says of itself, one row a property.",
    (
        Column(
            "key", "text", "package, version_name, version_code, min_sdk, target_sdk, label, ..."
        ),
        Column("value", "text", "value, references resolved to the default locale"),
        Column("attribute", "i4", "where it is stated, -1 when implied", "xml_attributes"),
    ),
    ("apk", "binary_xml", "smali", "java"),
)

COMPONENTS = TableSchema(
    "components",
    "Application, activities, aliases, services, receivers, providers.",
    (
        Column("kind", "text", "application, activity, alias, service, receiver, provider"),
        Column("class_name", "text", "full class name with dots; for an alias its target"),
        Column("type", "i4", "class in the code, -1 when the app holds none of that name", "types"),
        Column("exported", "bool", "open to other apps, stated or implied by a filter"),
        Column("exported_because", "text", "stated, intent filter, provider default, default"),
        Column("enabled", "bool", "not switched off in the manifest"),
        Column("permission", "text", "permission a caller needs, empty for none"),
        Column("process", "text", "process name when one is stated"),
        Column("label", "text", "label in the default locale"),
        Column("node", "i4", "element", "xml_nodes"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)

INTENT_FILTERS = TableSchema(
    "intent_filters",
    "Parts of intent filters, one row a part.",
    (
        Column("component", "i4", "component", "components"),
        Column("filter", "i4", "filter element", "xml_nodes"),
        Column(
            "part",
            "text",
            "action, category, scheme, host, port, path, path_prefix, mime_type, priority, ...",
        ),
        Column("value", "text", "value"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)

PERMISSIONS = TableSchema(
    "permissions",
    "Permissions asked for or defined.",
    (
        Column(
            "kind", "text", "uses, uses_sdk_23, implied (granted with another), defines, feature"
        ),
        Column("name", "text", "full permission name"),
        Column("max_sdk", "i4", "asked for only up to this API level, 0 for no bound"),
        Column("protection", "text", "protection level of a defined permission"),
        Column("node", "i4", "element", "xml_nodes"),
        Column("attribute", "i4", "its name attribute", "xml_attributes"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)

META_DATA = TableSchema(
    "meta_data",
    "Named values in the manifest, often keys of SDKs.",
    (
        Column("component", "i4", "component that carries it", "components"),
        Column("name", "text", "name"),
        Column("value", "text", "value, references resolved to the default locale"),
        Column("node", "i4", "element", "xml_nodes"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "binary_xml", "smali", "java"),
)
