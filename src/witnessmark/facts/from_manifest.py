"""What the manifest declares: app, components, filters, permissions, meta-data.

Follows developer.android.com/guide/topics/manifest and, where it is silent, AOSP
``ParsingPackageUtils``/``PackageParser``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from witnessmark.facts.from_xml import XmlFacts, XmlFile
from witnessmark.facts.permissions import implied_permissions
from witnessmark.facts.tables.manifest import (
    APP,
    COMPONENTS,
    INTENT_FILTERS,
    META_DATA,
    PERMISSIONS,
)
from witnessmark.facts.values import Values
from witnessmark.formats.axml import Attribute, Element
from witnessmark.model.table import Table
from witnessmark.package.app import App

KINDS: Mapping[str, str] = {
    "application": "application", "activity": "activity", "activity-alias": "alias",
    "service": "service", "receiver": "receiver", "provider": "provider",
}  # fmt: skip
PERMISSION_KINDS: Mapping[str, str] = {
    "uses-permission": "uses", "uses-permission-sdk-23": "uses_sdk_23",
    "uses-permission-sdk-m": "uses_sdk_23", "permission": "defines", "permission-tree": "defines",
    "uses-feature": "feature",
}  # fmt: skip
FILTER_PARTS: Mapping[str, Mapping[str, str]] = {
    "action": {"name": "action"},
    "category": {"name": "category"},
    "data": {
        "scheme": "scheme", "host": "host", "port": "port", "path": "path",
        "pathPrefix": "path_prefix", "pathPattern": "path_pattern", "pathSuffix": "path_suffix",
        "pathAdvancedPattern": "path_pattern", "ssp": "ssp", "sspPrefix": "ssp_prefix",
        "sspPattern": "ssp_pattern", "mimeType": "mime_type",
    },
}  # fmt: skip
APP_STATES: Mapping[str, Mapping[str, str]] = {
    "manifest": {
        "package": "package", "versionCode": "version_code", "versionName": "version_name",
        "sharedUserId": "shared_user_id", "installLocation": "install_location",
        "compileSdkVersion": "compile_sdk", "isolatedSplits": "isolated_splits",
    },
    "uses-sdk": {
        "minSdkVersion": "min_sdk", "targetSdkVersion": "target_sdk", "maxSdkVersion": "max_sdk",
    },
    "application": {
        "label": "label", "name": "application_class", "debuggable": "debuggable",
        "allowBackup": "allow_backup", "usesCleartextTraffic": "uses_cleartext_traffic",
        "networkSecurityConfig": "network_security_config", "hasCode": "has_code",
        "testOnly": "test_only", "process": "process", "permission": "permission",
        "requestLegacyExternalStorage": "legacy_external_storage", "persistent": "persistent",
        "fullBackupContent": "full_backup_content",
        "dataExtractionRules": "data_extraction_rules", "appComponentFactory": "component_factory",
        "extractNativeLibs": "extract_native_libs",
    },
}  # fmt: skip
SDK_KEYS = {"minSdkVersion": "min_sdk", "targetSdkVersion": "target_sdk"}
NEWEST_SDK_CODENAME = 10_000
"""A preview's code name in place of a number, as Android's own CUR_DEVELOPMENT."""

Row = tuple[Any, ...]


class _Rows(Struct):
    """Rows of the five tables in the making."""

    app: list[Row] = field(default_factory=list)
    components: list[Row] = field(default_factory=list)
    filters: list[Row] = field(default_factory=list)
    permissions: list[Row] = field(default_factory=list)
    meta_data: list[Row] = field(default_factory=list)


def manifest_facts(
    app: App,
    xml: XmlFacts,
    values: Values,
    type_rows: Mapping[str, int],
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, Table]:
    """Tables of what the manifests declare.

    ``type_rows`` maps descriptors of types in the code to their rows in ``types``. A split
    adds components and permissions; what the base says of the app itself counts first.
    ``renamed`` maps descriptors that a decompiler gave to those in the code.
    """
    rows = _Rows()
    first_attribute = _first_attributes(xml.files)
    base: _Manifest | None = None
    for number in range(len(app.parts)):
        file = xml.manifest(number)
        if file is None:
            continue
        manifest = _Manifest(file, first_attribute[file.artifact], values, type_rows, rows, renamed)
        manifest.said = app.parts[number].said
        base = base or manifest
        manifest.package = base.stated("manifest", "package", "")
        manifest.target_sdk = base.sdk("targetSdkVersion", base.sdk("minSdkVersion", 1))
        manifest.read()
    if base is not None:
        _implied(rows, base)
    return {
        APP.name: Table.from_rows(APP, rows.app),
        COMPONENTS.name: Table.from_rows(COMPONENTS, rows.components),
        INTENT_FILTERS.name: Table.from_rows(INTENT_FILTERS, rows.filters),
        PERMISSIONS.name: Table.from_rows(PERMISSIONS, rows.permissions),
        META_DATA.name: Table.from_rows(META_DATA, rows.meta_data),
    }


def _first_attributes(files: Sequence[XmlFile]) -> Mapping[int, list[int]]:
    """Row in ``xml_attributes`` of each element's first attribute, by artifact."""
    found: dict[int, list[int]] = {}
    row = 0
    for file in files:
        firsts = found[file.artifact] = []
        for element in file.tree.elements:
            firsts.append(row)
            row += len(element.attributes)
    return found


def _implied(rows: _Rows, base: _Manifest) -> None:
    """Permissions that come with others; they stand where the app element stands."""
    asked = [row[1] for row in rows.permissions if row[0] in ("uses", "uses_sdk_23")]
    span = base.elements[0].span
    for name in implied_permissions(asked, base.target_sdk):
        rows.permissions.append(
            ("implied", name, 0, "", base.file.first_node, -1,
             base.file.artifact, span.offset, span.length)
        )  # fmt: skip


class _Manifest:
    """One manifest being read into rows."""

    def __init__(
        self,
        file: XmlFile,
        first_attribute: list[int],
        values: Values,
        type_rows: Mapping[str, int],
        rows: _Rows,
        renamed: Mapping[str, str],
    ) -> None:
        self.file = file
        self.elements = file.tree.elements
        self.package = ""
        self.target_sdk = 1
        self.said: Mapping[str, str] = {}
        self._first_attribute = first_attribute
        self._values = values
        self._type_rows = type_rows
        self._rows = rows
        self._renamed = renamed
        self._children: dict[int, list[int]] = {}
        for index, element in enumerate(self.elements):
            self._children.setdefault(element.parent, []).append(index)

    def read(self) -> None:
        """Fill all rows, in document order."""
        self._read_app()
        for index, element in enumerate(self.elements):
            if element.name in KINDS and self._is_component(element):
                self._component(index, element)
            elif element.name in PERMISSION_KINDS and element.depth == 1:
                self._permission(index, element)

    def stated(self, element_name: str, attribute: str, namespace: str | None = None) -> str:
        """Value of an attribute of the first element of that name; empty when absent."""
        for element in self.elements:
            if element.name == element_name:
                return self._values.resolved(_attribute(element, attribute, namespace))
        return ""

    def sdk(self, attribute: str, default: int) -> int:
        """An API level of ``uses-sdk``; ``default`` when absent."""
        value = self.stated("uses-sdk", attribute) or self.said.get(SDK_KEYS[attribute], "")
        if not value:
            return default
        return int(value) if value.isdecimal() and len(value) < 6 else NEWEST_SDK_CODENAME

    def _is_component(self, element: Element) -> bool:
        parent = self.elements[element.parent].name if element.parent >= 0 else ""
        return parent == ("manifest" if element.name == "application" else "application")

    def _read_app(self) -> None:
        if self.file.part and self._rows.app:
            return
        seen = set()
        for index, element in enumerate(self.elements):
            names = APP_STATES.get(element.name) if element.depth <= 1 else None
            if names is None or element.name in seen:
                continue
            seen.add(element.name)
            for number, attribute in enumerate(element.attributes):
                key = names.get(attribute.name)
                if key is not None:
                    value = self._values.resolved(attribute)
                    if key == "application_class":
                        value = self.full_name(value)
                    self._rows.app.append((key, value, self._first_attribute[index] + number))
        stated = {row[0] for row in self._rows.app}
        implied = {"min_sdk": "1", "target_sdk": str(self.sdk("minSdkVersion", 1)), **self.said}
        self._rows.app += [(key, value, -1) for key, value in implied.items() if key not in stated]

    def full_name(self, name: str) -> str:
        """Class name as Android completes it: a leading dot, or no dot, means the package."""
        if name.startswith("."):
            return self.package + name
        return f"{self.package}.{name}" if name and "." not in name else name

    def _declared_name(self, name: str) -> str:
        """The name as the code has it: decompilers write nested classes with a dot."""
        outer, inner = name, ""
        while outer:
            candidate = outer + inner
            old = self._renamed.get(f"L{candidate.replace('.', '/')};")
            if old is not None:
                return old[1:-1].replace("/", ".")
            if f"L{candidate.replace('.', '/')};" in self._type_rows:
                return candidate
            outer, _, last = outer.rpartition(".")
            inner = f"${last}{inner}"
        return name

    def _component(self, index: int, element: Element) -> None:
        own = self._text(element, "name")
        name = self._text(element, "targetActivity") if element.name == "activity-alias" else own
        filters = [
            child
            for child in self._children.get(index, ())
            if self.elements[child].name == "intent-filter"
        ]
        kind = KINDS[element.name]
        class_name = self._declared_name(self.full_name(name))
        if kind == "application" and not class_name:
            class_name = "android.app.Application"
        exported, because = self._exported(element, kind, bool(filters))
        row = len(self._rows.components)
        self._rows.components.append(
            (kind, class_name, self._type_rows.get(f"L{class_name.replace('.', '/')};", -1),
             exported, because, self._is_enabled(element),
             self._guard(element, kind), self._text(element, "process"),
             self._values.resolved(element.attribute("label")),
             self.file.first_node + index, *self._span(element))
        )  # fmt: skip
        for child in self._children.get(index, ()):
            if self.elements[child].name == "meta-data":
                self._meta_data(row, child)
        for child in filters:
            self._filter(row, child)

    def _guard(self, element: Element, kind: str) -> str:
        """The permission a caller needs; components inherit that of the application."""
        own = self._text(element, "permission")
        if kind == "provider" and not own:
            both = (self._text(element, "readPermission"), self._text(element, "writePermission"))
            own = " | ".join(dict.fromkeys(one for one in both if one))
        if not own and kind != "application":
            own = self.stated("application", "permission")
        return own

    def _exported(self, element: Element, kind: str, has_filter: bool) -> tuple[bool, str]:
        """Whether other apps may call the component, and why.

        Without a word in the manifest: an intent filter opens it; a provider is open for apps
        whose target SDK is below 17 (developer.android.com/guide/topics/manifest/provider-element).
        """
        stated = element.attribute("exported")
        if kind == "application":
            return False, "default"
        if stated is not None:
            return self._values.resolved(stated) != "false", "stated"
        if kind == "provider":
            return self.target_sdk < 17, "provider default"
        return (True, "intent filter") if has_filter else (False, "default")

    def _filter(self, component: int, index: int) -> None:
        element = self.elements[index]
        node = self.file.first_node + index
        for name in ("priority", "autoVerify"):
            attribute = element.attribute(name)
            if attribute is not None:
                part = "priority" if name == "priority" else "auto_verify"
                self._filter_part(component, node, part, attribute)
        for child in self._children.get(index, ()):
            parts = FILTER_PARTS.get(self.elements[child].name, {})
            for attribute in self.elements[child].attributes:
                if attribute.name in parts:
                    self._filter_part(component, node, parts[attribute.name], attribute)

    def _filter_part(self, component: int, node: int, part: str, attribute: Attribute) -> None:
        value = self._values.resolved(attribute)
        self._rows.filters.append((component, node, part, value, *self._value_span(attribute)))

    def _meta_data(self, component: int, index: int) -> None:
        element = self.elements[index]
        value = element.attribute("value") or element.attribute("resource")
        self._rows.meta_data.append(
            (component, self._text(element, "name"), self._values.resolved(value),
             self.file.first_node + index, *self._span(element))
        )  # fmt: skip

    def _permission(self, index: int, element: Element) -> None:
        number = next((at for at, one in enumerate(element.attributes) if one.name == "name"), None)
        name = self._text(element, "name")
        kind = PERMISSION_KINDS[element.name]
        if number is None and kind == "feature":
            name = f"OpenGL ES {self._text(element, 'glEsVersion')}"
        highest = self._text(element, "maxSdkVersion")
        protection = self._text(element, "protectionLevel") or "normal"
        self._rows.permissions.append(
            (kind, name,
             int(highest) if highest.isdecimal() and len(highest) < 6 else 0,
             protection if kind == "defines" else "",
             self.file.first_node + index,
             -1 if number is None else self._first_attribute[index] + number,
             *self._span(element))
        )  # fmt: skip

    def _is_enabled(self, element: Element) -> bool:
        """Whether a component is switched on, on some versions or devices at least."""
        stated = element.attribute("enabled")
        return (
            stated is None
            or not self._values.can_be(stated, "false")
            or (self._values.can_be(stated, "true"))
        )

    def _text(self, element: Element, name: str) -> str:
        return self._values.resolved(element.attribute(name))

    def _span(self, element: Element) -> tuple[int, int, int]:
        return self.file.artifact, element.span.offset, element.span.length

    def _value_span(self, attribute: Attribute) -> tuple[int, int, int]:
        span = attribute.text_span or attribute.value_span
        return self.file.artifact, span.offset, span.length


def _attribute(element: Element, name: str, namespace: str | None) -> Attribute | None:
    return element.attribute(name) if namespace is None else element.attribute(name, namespace)
