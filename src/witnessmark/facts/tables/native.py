"""Tables of native libraries and executables."""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, LENGTH, OFFSET
from witnessmark.model.table import Column, TableSchema

_LIBRARY = Column("library", "i4", "library", "native_libraries")

NATIVE_LIBRARIES = TableSchema(
    "native_libraries",
    "ELF files.",
    (
        Column("path", "text", "member name"),
        Column("machine", "text", "processor: aarch64, arm, x86_64, i386, ..."),
        Column("kind", "text", "library, executable, object"),
        Column("soname", "text", "name it gives itself"),
        Column("build_id", "text", "build id in hex, empty for none"),
        Column("needed", "text", "JSON array of libraries it needs"),
        Column("artifact", "i4", "blob", "artifacts"),
    ),
    ("apk", "elf", "smali", "java"),
)

NATIVE_SYMBOLS = TableSchema(
    "native_symbols",
    "Dynamic symbols; the span is the name in the string table.",
    (
        _LIBRARY,
        Column("name", "text", "name as stored"),
        Column("kind", "text", "import or export"),
        Column("java_class", "text", "class a JNI name binds to, empty for none"),
        Column("java_method", "text", "method a JNI name binds to, empty for none"),
        Column("address", "i8", "virtual address, 0 for imports"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk", "elf", "smali", "java"),
)

NATIVE_STRINGS = TableSchema(
    "native_strings",
    "Printable strings of read-only data, at least 5 characters.",
    (_LIBRARY, Column("text", "text", "the string"), ARTIFACT, OFFSET, LENGTH),
    ("apk", "elf", "smali", "java"),
)
