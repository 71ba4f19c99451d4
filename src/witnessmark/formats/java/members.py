"""What a class offers to code that names it, whether its source or the platform declares it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from witnessmark.formats.java.types import Type, proto

STATIC, FINAL, INTERFACE, ABSTRACT, ENUM = 0x8, 0x10, 0x200, 0x400, 0x4000
PRIVATE, VARARGS = 0x2, 0x80

Constant = str | int | float | bool
"""Value of a constant expression; char and the integer types are int."""


class FieldInfo(Struct, frozen=True):
    """A field; ``constant`` finds its value if it is a constant variable (JLS 4.12.4)."""

    owner: str
    name: str
    type: Type
    is_static: bool
    constant: Callable[[], Constant | None] | None = None

    @property
    def spelled(self) -> str:
        """``Lp/C;->f:I``."""
        return f"{self.owner}->{self.name}:{self.type.desc}"


class MethodInfo(Struct, frozen=True):
    """A method or constructor; ``hidden`` counts parameters that the source does not write."""

    owner: str
    name: str
    parameters: tuple[Type, ...]
    returned: Type
    access: int
    type_parameters: tuple[str, ...] = ()
    hidden: tuple[Type, ...] = ()

    @property
    def is_static(self) -> bool:
        """Whether it is called without an object."""
        return bool(self.access & STATIC)

    @property
    def is_variable(self) -> bool:
        """Whether the last parameter takes any number of arguments."""
        return bool(self.access & VARARGS) and bool(self.parameters)

    @property
    def proto(self) -> str:
        """Prototype with hidden parameters."""
        return proto((*self.hidden, *self.parameters), self.returned)


class ClassInfo(Struct):
    """A class; ``complete`` is False where its members are not all known."""

    desc: str
    access: int
    type_parameters: tuple[str, ...]
    above: tuple[Type, ...]
    fields: Mapping[str, FieldInfo]
    methods: Mapping[str, tuple[MethodInfo, ...]]
    nested: Mapping[str, str] = field(default_factory=dict)
    outer: str | None = None
    complete: bool = True
    order: tuple[str, ...] = ()

    @property
    def is_interface(self) -> bool:
        """Whether calls of its methods are interface calls."""
        return bool(self.access & INTERFACE)

    @property
    def is_enum(self) -> bool:
        """Whether its constants are objects numbered in order."""
        return bool(self.access & ENUM)

    @property
    def is_inner(self) -> bool:
        """Whether its objects belong to an object of the enclosing class."""
        return self.outer is not None and not self.access & STATIC

    @property
    def type(self) -> Type:
        """The type inside of the class itself, its variables standing for themselves."""
        args = tuple(Type("Ljava/lang/Object;", (), one) for one in self.type_parameters)
        return Type(self.desc, args)
