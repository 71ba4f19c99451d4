"""What a kernel may look like, and how its arguments travel.

A kernel module defines plain functions; those that its ``ENTRIES`` names can be called from
outside: every parameter is annotated with one of the names below and the result is an ``int``.
The others are helpers, which functions defined below them and other kernel modules may call.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

U1: TypeAlias = NDArray[np.uint8]
U2: TypeAlias = NDArray[np.uint16]
U4: TypeAlias = NDArray[np.uint32]
I4: TypeAlias = NDArray[np.int32]
I8: TypeAlias = NDArray[np.int64]

ARRAYS = {"U1": "u1", "U2": "u2", "U4": "u4", "I4": "i4", "I8": "i8"}
"""Annotations of array parameters and their numpy types; ``int`` is a 64-bit scalar."""

KernelCall = Callable[..., int]


class Entry(Struct, frozen=True):
    """A function of a kernel module that can be called from outside.

    ``parameters`` holds ``int`` or the annotation name of an array for each argument.
    """

    name: str
    parameters: tuple[str, ...]
    function: KernelCall


def functions_of(module: ModuleType) -> list[FunctionType]:
    """Functions defined in ``module`` itself, in the order of its text."""
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__
    ]
    return sorted(found, key=lambda function: function.__code__.co_firstlineno)


def entries_of(module: ModuleType) -> tuple[Entry, ...]:
    """Entries of ``module``; TypeError when one has a parameter of another kind."""
    names: tuple[str, ...] = getattr(module, "ENTRIES", ())
    return tuple(Entry(name, _parameters(vars(module)[name]), vars(module)[name]) for name in names)


def _parameters(function: FunctionType) -> tuple[str, ...]:
    kinds = []
    for name in function.__code__.co_varnames[: function.__code__.co_argcount]:
        kind = str(function.__annotations__.get(name, "nothing"))
        if kind != "int" and kind not in ARRAYS:
            raise TypeError(f"{function.__qualname__}: parameter {name} is no array and no int")
        kinds.append(kind)
    return tuple(kinds)


def symbol_of(module: str, entry: str) -> str:
    """Name under which an entry is found in object code."""
    return f"{module}.{entry}"


def checked(entry: Entry, arguments: tuple[Any, ...]) -> None:
    """TypeError unless the arguments are what the entry declares; machine code cannot tell."""
    if len(arguments) != len(entry.parameters):
        raise TypeError(f"{entry.name} takes {len(entry.parameters)} arguments")
    for position, (kind, argument) in enumerate(zip(entry.parameters, arguments, strict=True)):
        if kind == "int":
            fits = isinstance(argument, int)
        else:
            fits = (
                isinstance(argument, np.ndarray)
                and argument.dtype == ARRAYS[kind]
                and argument.ndim == 1
                and argument.flags.c_contiguous
            )
        if not fits:
            raise TypeError(f"{entry.name}: argument {position} is not {kind}")
