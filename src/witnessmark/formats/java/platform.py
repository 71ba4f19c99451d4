"""Classes of the Android and Java platform, as ``platform.csv`` beside this file lists them, and
of open libraries, ``libraries.csv``: a decompiled tree may lack those that its code calls.

A line is a class: name, flags, generic signature, fields, methods, separated by tabs; members
by blanks. Flags: ``i`` interface, ``a`` abstract, ``e`` enum, ``s`` static, ``?`` members not
listed. Before a member ``+`` means static, ``~`` abstract, ``*`` any number of arguments. A
field is ``name:type`` and ``=constant``, a text after an apostrophe; a method is name, prototype
and, behind ``|``, generic signature. ``!`` is String, ``@`` is Object.

Made by ``tools/java_platform.py`` and ``tools/java_libraries.py`` from class files; names, types
and constants only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from witnessmark.formats.java.members import (
    ABSTRACT,
    ENUM,
    INTERFACE,
    STATIC,
    VARARGS,
    ClassInfo,
    Constant,
    FieldInfo,
    MethodInfo,
)
from witnessmark.formats.java.types import SignatureReader, Type

HERE = Path(__file__).parent
TABLES = ("libraries.csv", "platform.csv")
FLAGS = {"i": INTERFACE, "a": ABSTRACT, "e": ENUM, "s": STATIC}
METHOD = re.compile(r"([+~*]*)([^(]+)(\([^)]*\)[^|]*)(?:\|(.*))?")


@lru_cache(maxsize=1)
def _lines() -> Mapping[str, str]:
    """The line of each class by name; where both tables have it, the one with members."""
    found: dict[str, str] = {}
    for table in TABLES:
        for line in (HERE / table).read_text("utf-8").split("\n")[1:]:
            name, _, rest = line.partition("\t")
            if name and not (name in found and "?" in rest.partition("\t")[0]):
                found[name] = line
    return found


@lru_cache(maxsize=1)
def _nested() -> Mapping[str, tuple[str, ...]]:
    """Names of the classes that stand right inside of a class."""
    found: dict[str, list[str]] = {}
    for name in _lines():
        outer, dollar, _ = name.rpartition("$")
        if dollar:
            found.setdefault(outer, []).append(name)
    return {outer: tuple(names) for outer, names in found.items()}


@lru_cache(maxsize=1)
def platform_packages() -> frozenset[str]:
    """Packages that the table has classes of, ``java/lang``."""
    return frozenset(name.rpartition("/")[0] for name in _lines())


def has_platform_class(desc: str) -> bool:
    """Whether the table lists the class."""
    return desc[1:-1] in _lines()


@lru_cache(maxsize=4096)
def platform_class(desc: str) -> ClassInfo | None:
    """The class as the table lists it; None for one that is not listed."""
    name = desc[1:-1]
    line = _lines().get(name)
    if line is None:
        return None
    _, flags, above, fields, methods = line.split("\t")
    access = 0
    for letter, bit in FLAGS.items():
        access |= bit if letter in flags else 0
    reader = SignatureReader(above, {})
    parameters = reader.parameters()
    supers = []
    while reader.more():
        supers.append(reader.type())
    listed: dict[str, list[MethodInfo]] = {}
    for text in _parted(methods):
        one = _method(desc, text, reader.bounds)
        listed.setdefault(one.name, []).append(one)
    outer, dollar, _ = name.rpartition("$")
    return ClassInfo(
        desc, access, parameters, tuple(supers),
        {one.name: one for one in (_field(desc, text, reader.bounds) for text in _parted(fields))},
        {key: tuple(found) for key, found in listed.items()},
        {one.rpartition("$")[2]: f"L{one};" for one in _nested().get(name, ())},
        f"L{outer};" if dollar else None,
        "?" not in flags,
        tuple(one.split(":")[0].lstrip("+") for one in _parted(fields)) if "e" in flags else (),
    )  # fmt: skip


def _parted(listed: str) -> list[str]:
    return listed.split(" ") if listed else []


def _field(owner: str, text: str, bounds: Mapping[str, Type]) -> FieldInfo:
    name, _, rest = text.partition(":")
    spelled, equals, value = rest.partition("=")
    kind = SignatureReader(spelled, bounds).type()
    constant = _constant(kind.desc, unquote(value)) if equals else None
    return FieldInfo(
        owner, name.lstrip("+"), kind, name.startswith("+"),
        (lambda: constant) if constant is not None else None,
    )  # fmt: skip


def _constant(kind: str, text: str) -> Constant | None:
    if text.startswith("'"):
        return text[1:]
    if kind in "FD":
        return float(text)
    return text == "1" if kind == "Z" else int(text)


def _method(owner: str, text: str, bounds: Mapping[str, Type]) -> MethodInfo:
    found = METHOD.fullmatch(text)
    assert found is not None, text
    marks, name, spelled, generic = found.groups()
    access = STATIC * ("+" in marks) | ABSTRACT * ("~" in marks) | VARARGS * ("*" in marks)
    plain = _parts(SignatureReader(spelled, bounds))
    reader = SignatureReader(generic or spelled, bounds)
    parameters = reader.parameters()
    rich = _parts(reader)
    if len(rich) != len(plain):
        rich = plain
    kinds = tuple(_erased(one, two) for one, two in zip(rich, plain, strict=True))
    return MethodInfo(owner, name, kinds[:-1], kinds[-1], access, parameters)


def _parts(reader: SignatureReader) -> list[Type]:
    """Parameters and, last, what is returned."""
    reader.at += 1
    found = []
    while reader.more():
        found.append(reader.type())
    reader.at += 1
    return [*found, reader.type()]


def _erased(rich: Type, plain: Type) -> Type:
    """The generic type with the erasure that the prototype says."""
    return Type(plain.desc, rich.args, rich.var)
