"""Tables of code: identities shared by all dex files of an app, and every use of them.

Strings keep one row a dex file and string id, because joining them all would cost more than
reading; types, prototypes, fields and methods are joined across files. Columns hold row
indices; text is decoded when asked for. ``pc`` counts 16-bit code units from the start of a
method's instructions, as the format's debug information and tools do.

Source: Dalvik executable format, source.android.com/docs/core/runtime/dex-format.
"""

from __future__ import annotations

from witnessmark.facts.tables.artifacts import ARTIFACT, LENGTH, OFFSET
from witnessmark.model.table import Column, InputKind, TableSchema

CODE_INPUTS: tuple[InputKind, ...] = ("apk", "dex", "smali", "java")
_METHOD = Column("method", "i4", "method whose code holds it", "methods")
_PC = Column("pc", "u4", "place in that method, in 16-bit code units")
_OPCODE = Column("opcode", "u1", "opcode of the instruction")

DEX_FILES = TableSchema(
    "dex_files",
    "Dex files in load order.",
    (
        Column("artifact", "i4", "blob", "artifacts"),
        Column("base", "i8", "where this dex starts in the blob (dex 041 containers hold several)"),
        Column("version", "i4", "format version, e.g. 39"),
        Column("first_string", "i4", "row of its first string", "strings"),
        Column("strings", "i4", "how many strings"),
        Column("classes", "i4", "how many class definitions"),
    ),
    CODE_INPUTS,
)

STRINGS = TableSchema(
    "strings",
    "String constants; the span is the MUTF-8 bytes without the closing zero.",
    (ARTIFACT, OFFSET, LENGTH),
    CODE_INPUTS,
)

TYPES = TableSchema(
    "types",
    "Type descriptors.",
    (
        Column("descriptor", "i4", "descriptor, e.g. Ljava/lang/String;", "strings"),
        Column("class", "i4", "its definition in the app, -1 for none", "classes"),
    ),
    CODE_INPUTS,
)

PROTOS = TableSchema(
    "protos",
    "Method prototypes.",
    (
        Column("return_type", "i4", "return type", "types"),
        Column("first_parameter", "i4", "first row in proto_parameters", "proto_parameters"),
        Column("parameters", "i4", "how many parameters"),
    ),
    CODE_INPUTS,
)

PROTO_PARAMETERS = TableSchema(
    "proto_parameters",
    "Parameter types of prototypes, in order.",
    (Column("type", "i4", "parameter type", "types"),),
    CODE_INPUTS,
)

CLASSES = TableSchema(
    "classes",
    "Classes defined in the app; where two files define one, the first in load order counts.",
    (
        Column("type", "i4", "the class", "types"),
        Column("super_type", "i4", "superclass, -1 for none", "types"),
        Column("access", "u4", "access flags"),
        Column("source_file", "i4", "source file name, -1 for none", "strings"),
        Column("dex", "i4", "defining file", "dex_files"),
        Column(
            "shadowed", "bool", "an earlier file defines the same class, so this one never loads"
        ),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)

INTERFACES = TableSchema(
    "interfaces",
    "Interfaces that classes implement directly.",
    (Column("class", "i4", "class", "classes"), Column("type", "i4", "interface", "types")),
    CODE_INPUTS,
)

FIELDS = TableSchema(
    "fields",
    "Fields that code names or classes define.",
    (
        Column("class_type", "i4", "class it is named through", "types"),
        Column("name", "i4", "name", "strings"),
        Column("type", "i4", "type", "types"),
        Column("class", "i4", "defining class, -1 when only named", "classes"),
        Column("access", "u4", "access flags, 0 when only named"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)

METHODS = TableSchema(
    "methods",
    "Methods that code names or classes define.",
    (
        Column("class_type", "i4", "class it is named through", "types"),
        Column("name", "i4", "name", "strings"),
        Column("proto", "i4", "prototype", "protos"),
        Column("class", "i4", "defining class, -1 when only named", "classes"),
        Column("access", "u4", "access flags, 0 when only named"),
        Column("registers", "u2", "registers of its code, 0 without code"),
        Column("ins", "u2", "registers taken by arguments"),
        Column("code_offset", "i8", "first byte of its instructions in the blob, -1 without code"),
        Column("code_units", "i4", "16-bit units of its instructions"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)

INSTRUCTIONS = TableSchema(
    "instructions",
    "Every instruction boundary, payloads included, ordered by method and pc.",
    (_METHOD, _PC, _OPCODE),
    CODE_INPUTS,
)

CALLS = TableSchema(
    "calls",
    "Call sites: invoke instructions with the method they name.",
    (_METHOD, _PC, _OPCODE, Column("callee", "i4", "method as named", "methods")),
    CODE_INPUTS,
)

FIELD_USES = TableSchema(
    "field_uses",
    "Reads and writes of fields.",
    (_METHOD, _PC, _OPCODE, Column("field", "i4", "field as named", "fields")),
    CODE_INPUTS,
)

STRING_USES = TableSchema(
    "string_uses",
    "Loads of string constants.",
    (_METHOD, _PC, _OPCODE, Column("string", "i4", "the string", "strings")),
    CODE_INPUTS,
)

TYPE_USES = TableSchema(
    "type_uses",
    "Uses of types: new-instance, check-cast, instance-of, const-class, arrays.",
    (_METHOD, _PC, _OPCODE, Column("type", "i4", "the type", "types")),
    CODE_INPUTS,
)

TRY_HANDLERS = TableSchema(
    "try_handlers",
    "Exception handlers of try ranges.",
    (
        _METHOD,
        Column("start", "u4", "first pc covered"),
        Column("end", "u4", "first pc after the range"),
        Column("handler", "u4", "pc of the handler"),
        Column("type", "i4", "exception type, -1 for catch-all", "types"),
    ),
    CODE_INPUTS,
)

ARRAY_PAYLOADS = TableSchema(
    "array_payloads",
    "Constant array contents in code (fill-array-data); the span is the elements.",
    (
        _METHOD,
        Column("pc", "u4", "pc of the payload"),
        Column("width", "u2", "bytes an element"),
        Column("count", "i4", "elements"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)

_ENCODED = (
    Column(
        "kind",
        "text",
        "byte, short, char, int, long, float, double, string, type, field, method, enum, array, "
        "annotation, null, boolean, method_type, method_handle",
    ),
    Column("text", "text", "value as text; identities in their descriptor form"),
    Column("ref", "i4", "row of the string, type, field or method it names, -1 for none"),
    ARTIFACT,
    OFFSET,
    LENGTH,
)

STATIC_VALUES = TableSchema(
    "static_values",
    "Initial values of static fields.",
    (Column("field", "i4", "field", "fields"), *_ENCODED),
    CODE_INPUTS,
)

ANNOTATIONS = TableSchema(
    "annotations",
    "Annotations of classes, fields, methods and parameters, one row an element "
    "(a marker annotation has one row with an empty name); items of arrays follow one another.",
    (
        Column("target", "text", "class, field, method, parameter"),
        Column("row", "i4", "row of the class, field or method"),
        Column("parameter", "i4", "parameter position, -1 for none"),
        Column("type", "i4", "annotation type", "types"),
        Column("visibility", "text", "build, runtime, system"),
        Column("name", "text", "element name"),
        Column("position", "i4", "place in an array value, 0 otherwise"),
        *_ENCODED,
    ),
    CODE_INPUTS,
)

DEBUG_LINES = TableSchema(
    "debug_lines",
    "Line numbers of code, where the build kept them.",
    (_METHOD, _PC, Column("line", "u4", "line in the source file")),
    CODE_INPUTS,
)

CALL_SITES = TableSchema(
    "call_sites",
    "Dynamic call sites (invoke-custom), linked by a bootstrap method.",
    (
        Column("bootstrap", "i4", "bootstrap method, -1 when it is no method", "methods"),
        Column("name", "text", "method name asked for"),
        Column("proto", "i4", "prototype asked for", "protos"),
        Column("arguments", "text", "JSON array of the extra bootstrap arguments as text"),
        ARTIFACT,
        OFFSET,
        LENGTH,
    ),
    CODE_INPUTS,
)

DYNAMIC_CALLS = TableSchema(
    "dynamic_calls",
    "invoke-custom instructions.",
    (_METHOD, _PC, _OPCODE, Column("call_site", "i4", "call site", "call_sites")),
    CODE_INPUTS,
)

HIDDEN_API = TableSchema(
    "hidden_api",
    "Hidden-API flags of fields and methods, where a dex carries them.",
    (
        Column("target", "text", "field or method"),
        Column("row", "i4", "row of the field or method"),
        Column("flags", "u4", "restriction flags"),
    ),
    CODE_INPUTS,
)
