"""Types as far as lowering needs them: an erased dex type, and what it is parameterised with.

Source: The Java Language Specification, SE 17, 4.3 to 4.6 (reference types, erasure) and 5.1
(conversions); The Java Virtual Machine Specification 4.7.9.1 (generic signatures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

RESERVED = "unresolved-name"
"""Package of names that could not be resolved: no Java source and no rule can name it."""

DEEPEST_TYPE = 24


class Type(Struct, frozen=True):
    """``desc`` is the erasure as dex spells it; ``var`` names a type variable, if it is one."""

    desc: str
    args: tuple[Type, ...] = ()
    var: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it takes two registers."""
        return self.desc in ("J", "D")

    @property
    def is_primitive(self) -> bool:
        """Whether it is a number, a truth value or void."""
        return len(self.desc) == 1

    @property
    def is_array(self) -> bool:
        """Whether it is an array."""
        return self.desc.startswith("[")

    @property
    def is_unknown(self) -> bool:
        """Whether nothing tells which class it is."""
        return self.desc.lstrip("[").startswith(f"L{RESERVED}/")

    def element(self) -> Type:
        """What an array holds; unknown for what is no array."""
        return Type(self.desc[1:], self.args, self.var) if self.is_array else UNKNOWN


def spoken(desc: str) -> str:
    """A type as a reader knows it: ``com.example.Outer.Inner[]``."""
    name = desc.lstrip("[")
    if name.startswith("L"):
        name = name[1:-1].replace("/", ".").replace("$", ".")
    return name + "[]" * (len(desc) - len(desc.lstrip("[")))


def reference(name: str) -> Type:
    """The class ``java.lang.String``, dots also before nested classes as slashes tell them."""
    return Type(f"L{name};")


def unresolved(name: str) -> Type:
    """A type of which only the written name is known."""
    kept = "".join(one if one.isalnum() or one in "_$" else "-" for one in name[:200])
    return Type(f"L{RESERVED}/{kept or 'Unknown'};")


UNKNOWN = unresolved("Unknown")
OBJECT, STRING = reference("java/lang/Object"), reference("java/lang/String")
CLASS, THROWABLE = reference("java/lang/Class"), reference("java/lang/Throwable")
BOOLEAN, BYTE, CHAR, SHORT, INT = Type("Z"), Type("B"), Type("C"), Type("S"), Type("I")
LONG, FLOAT, DOUBLE, VOID = Type("J"), Type("F"), Type("D"), Type("V")
NULL = Type("Lunresolved-name/null;")

PRIMITIVES: Mapping[str, Type] = {
    "boolean": BOOLEAN, "byte": BYTE, "char": CHAR, "short": SHORT, "int": INT, "long": LONG,
    "float": FLOAT, "double": DOUBLE, "void": VOID,
}  # fmt: skip

BOXES: Mapping[str, str] = {
    "Z": "Ljava/lang/Boolean;", "B": "Ljava/lang/Byte;", "C": "Ljava/lang/Character;",
    "S": "Ljava/lang/Short;", "I": "Ljava/lang/Integer;", "J": "Ljava/lang/Long;",
    "F": "Ljava/lang/Float;", "D": "Ljava/lang/Double;",
}  # fmt: skip
UNBOXED: Mapping[str, str] = {box: letter for letter, box in BOXES.items()}
GETTERS: Mapping[str, str] = {
    "Z": "booleanValue", "B": "byteValue", "C": "charValue", "S": "shortValue", "I": "intValue",
    "J": "longValue", "F": "floatValue", "D": "doubleValue",
}  # fmt: skip
RANKS: Mapping[str, int] = {"B": 1, "S": 2, "C": 2, "I": 3, "J": 4, "F": 5, "D": 6}
"""Order of widening; byte goes to short, not to char."""


def array_of(element: Type, dimensions: int = 1) -> Type:
    """An array of ``element``."""
    if dimensions <= 0:
        return element
    return Type("[" * min(dimensions, 255) + element.desc, element.args, element.var)


def of_value(kind: Type) -> Type:
    """A type that values can have: void is none, whatever broken source says."""
    return OBJECT if kind.desc.endswith("V") and kind.desc.lstrip("[") == "V" else kind


def unboxed(kind: Type) -> Type:
    """The number type behind a box, or the type itself."""
    return Type(UNBOXED[kind.desc]) if kind.desc in UNBOXED else kind


def boxed(kind: Type) -> Type:
    """The box of a number type, or the type itself."""
    return Type(BOXES[kind.desc]) if kind.desc in BOXES else kind


def promoted(left: Type, right: Type) -> Type:
    """Binary numeric promotion (JLS 5.6); int where neither is a number."""
    ranks = (RANKS.get(unboxed(left).desc, 0), RANKS.get(unboxed(right).desc, 0))
    return {6: DOUBLE, 5: FLOAT, 4: LONG}.get(max(ranks), INT)


def substituted(kind: Type, bound: Mapping[str, Type], depth: int = 0) -> Type:
    """``kind`` with type variables replaced by what they stand for."""
    if kind.var:
        found = bound.get(kind.var)
        if found is None:
            return kind
        dimensions = len(kind.desc) - len(kind.desc.lstrip("["))
        return array_of(boxed(found) if found.is_primitive else found, dimensions)
    if not kind.args or depth > DEEPEST_TYPE:
        return kind
    return Type(kind.desc, tuple(substituted(one, bound, depth + 1) for one in kind.args))


def proto(parameters: Sequence[Type], returned: Type) -> str:
    """``(ILjava/lang/String;)V``."""
    return f"({''.join(one.desc for one in parameters)}){returned.desc}"


class SignatureReader:
    """Reads generic signatures of class files: one type after another from ``text``."""

    def __init__(self, text: str, bounds: Mapping[str, Type]) -> None:
        self._text, self.at = text, 0
        self.bounds = dict(bounds)

    def parameters(self) -> tuple[str, ...]:
        """Type parameters ``<K:...V:...>`` if they come next; their bounds count as erasures."""
        names: list[str] = []
        if not self._text.startswith("<", self.at):
            return ()
        self.at += 1
        while self.at < len(self._text) and self._text[self.at] != ">":
            colon = self._text.index(":", self.at)
            name = self._text[self.at : colon]
            self.at = colon
            first: Type | None = None
            self.bounds.setdefault(name, Type(OBJECT.desc, (), name))
            while self._text[self.at] == ":":
                self.at += 1
                if self._text[self.at] != ":":
                    found = self.type()
                    first = first or found
            self.bounds[name] = Type((first or OBJECT).desc, (), name)
            names.append(name)
        self.at += 1
        return tuple(names)

    def more(self) -> bool:
        """Whether another type follows."""
        return self.at < len(self._text) and self._text[self.at] not in ")^>"

    def type(self, depth: int = 0) -> Type:
        """The next type; a wildcard is its bound."""
        letter = self._text[self.at]
        self.at += 1
        if letter == "!":
            return STRING
        if letter == "@":
            return OBJECT
        if letter == "*" or depth > DEEPEST_TYPE:
            return OBJECT
        if letter in "+-":
            return self.type(depth + 1)
        if letter == "[":
            return array_of(self.type(depth + 1))
        if letter == "T":
            end = self._text.index(";", self.at)
            name = self._text[self.at : end]
            self.at = end + 1
            return self.bounds.get(name, Type(OBJECT.desc, (), name))
        return self._class(depth) if letter == "L" else Type(letter)

    def _class(self, depth: int) -> Type:
        name: list[str] = []
        args: tuple[Type, ...] = ()
        while True:
            letter = self._text[self.at]
            self.at += 1
            if letter == ";":
                return Type(f"L{''.join(name)};", args)
            if letter == "<":
                found: list[Type] = []
                while self._text[self.at] != ">":
                    found.append(self.type(depth + 1))
                self.at += 1
                args = tuple(found)
            else:
                name.append("$" if letter == "." else letter)
