"""Tables of the bytes themselves: files, members, anomalies, coverage."""

from __future__ import annotations

from witnessmark.model.table import Column, InputKind, TableSchema

EVERY_INPUT: tuple[InputKind, ...] = (
    "apk", "dex", "smali", "java", "binary_xml", "arsc", "elf", "web",
)  # fmt: skip

ARTIFACT = Column("artifact", "i4", "blob in which the row stands", "artifacts")
OFFSET = Column("offset", "i8", "first byte of the row's record, from the start of the blob")
LENGTH = Column("length", "i4", "bytes of that record")

INPUTS = TableSchema(
    "inputs",
    "Files handed in.",
    (
        Column("name", "text", "file name"),
        Column("size", "i8", "bytes"),
        Column("sha256", "text", "SHA-256, lower-case hex"),
        Column("sha1", "text", "SHA-1, for matching with older records"),
        Column("md5", "text", "MD5, for matching with older records"),
        Column("type", "text", "detected type"),
        Column("split", "text", "split name its manifest states, empty for a base or no APK"),
    ),
    EVERY_INPUT,
)

ARTIFACTS = TableSchema(
    "artifacts",
    "Every blob that was read: the files handed in and the members unpacked from them.",
    (
        Column("input", "i4", "index of the file handed in"),
        Column("root_sha256", "text", "SHA-256 of the file handed in"),
        Column("member", "text", "JSON array of nested member names, [] for the file itself"),
        Column("type", "text", "detected type: zip, dex, axml, arsc, elf, text, png, ..."),
        Column("size", "i8", "unpacked bytes"),
        Column("sha256", "text", "SHA-256 of the unpacked bytes"),
    ),
    EVERY_INPUT,
)

MEMBERS = TableSchema(
    "members",
    "Entries of every container, as its directory lists them, read or not.",
    (
        Column("container", "i4", "container that lists the entry", "artifacts"),
        Column("name", "text", "name as stored, undecodable bytes replaced"),
        Column("member", "text", "unambiguous name used in locations"),
        Column("method", "i4", "compression method as declared"),
        Column("flags", "i4", "general purpose flags as declared"),
        Column("packed", "i8", "compressed bytes"),
        Column("size", "i8", "unpacked bytes as declared"),
        Column("type", "text", "detected type of the content"),
        Column("content", "i4", "the unpacked blob, -1 when it was not unpacked", "artifacts"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    ("apk",),
)

ANOMALIES = TableSchema(
    "anomalies",
    "Places where bytes contradict their format yet could be read.",
    (
        Column("format", "text", "reader that met it: zip, axml, arsc, dex, elf, signing"),
        Column("code", "text", "short stable name of the anomaly"),
        Column("says", "text", "what is odd, one sentence"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    EVERY_INPUT,
)

READING_GAPS = TableSchema(
    "reading_gaps",
    "Places that could not be read, or not fully, while the app was turned into tables.",
    (
        Column("at", "text", "file, member or method"),
        Column("why", "text", "the reason, one sentence"),
        Column("hides", "text", "JSON array of the chapters that may be incomplete because of it"),
    ),
    EVERY_INPUT,
)

COVERAGE = TableSchema(
    "coverage",
    "What was present, read and not read, by member and kind of content.",
    (
        Column("member", "text", "member or file"),
        Column("kind", "text", "kind of content: code, resources, native, web, media, ..."),
        Column("unit", "text", "what is counted: bytes, methods, strings, ..."),
        Column("present", "i8", "how many there are"),
        Column("read", "i8", "how many were read"),
        Column("why", "text", "why the rest was not read; empty when all was"),
    ),
    EVERY_INPUT,
)

TEXT_SPANS = TableSchema(
    "text_spans",
    "Where code that was read from text stands in it. Such code is put together as dex bytes; "
    "each instruction, name, string and value of them has a row, ordered by artifact and offset.",
    (
        ARTIFACT,
        OFFSET,
        LENGTH,
        Column("text", "i4", "the text that it was read from", "artifacts"),
        Column("text_offset", "i8", "first byte in the text"),
        Column("text_length", "i4", "bytes in the text"),
    ),
    ("smali", "java"),
)
