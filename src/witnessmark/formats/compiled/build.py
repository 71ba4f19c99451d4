"""Compile kernel modules to one object file. Slow, needs numba; runs once a machine."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from types import FunctionType, ModuleType
from typing import Any

import llvmlite.binding as llvm
import numba

from witnessmark.formats.compiled.signature import (
    ARRAYS,
    Entry,
    entries_of,
    functions_of,
    symbol_of,
)  # fmt: skip

OPTIONS = {"error_model": "numpy", "boundscheck": False}
KNOWN_SYMBOLS = frozenset(("memset", "memcpy", "memmove"))
"""What object code may call besides itself; every C library has them."""


class NotSelfContainedError(Exception):
    """Compiled code calls into a runtime that will not be there when it is loaded later."""


def compile_object(modules: Sequence[ModuleType]) -> bytes:
    """Object code of all entries of ``modules``, symbols ``module.entry``.

    It is made for any processor of this machine's family, so that a home folder that several
    machines share stays safe, and to run wherever it is put.
    Raises `NotSelfContainedError` when a kernel needs more than the C library.
    """
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu="", opt=3, reloc="pic", codemodel="small"
    )
    whole: Any = None
    twins: dict[str, ModuleType] = {}
    for module in modules:
        twin = jitted_twin(module, twins, forceinline=True)
        for entry in entries_of(module):
            part = _entry_module(twin, entry, machine)
            if whole is None:
                whole = part
            else:
                whole.link_in(part)
    return bytes(machine.emit_object(whole))


def jitted_twin(module: ModuleType, twins: dict[str, ModuleType], **options: bool) -> ModuleType:
    """A second copy of ``module`` whose functions are numba's, so that they call each other.

    ``twins`` holds the copies made so far, by name of the original: functions that ``module``
    took from another kernel module are that module's copies.
    """
    if module.__name__ in twins:
        return twins[module.__name__]
    spec = importlib.util.spec_from_file_location(module.__name__, module.__file__)
    if spec is None or spec.loader is None:
        raise ImportError(f"no source of {module.__name__}")
    twin = twins[module.__name__] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(twin)
    for name, value in list(vars(twin).items()):
        if isinstance(value, FunctionType) and value.__module__ != module.__name__:
            owner = jitted_twin(sys.modules[value.__module__], twins, **options)
            setattr(twin, name, getattr(owner, value.__name__))
    for function in functions_of(twin):
        setattr(twin, function.__name__, numba.njit(**{**OPTIONS, **options})(function))
    return twin


def _entry_module(twin: ModuleType, entry: Entry, machine: Any) -> Any:
    """LLVM module that holds ``entry`` behind a C signature: pointer and length for an array."""
    c_function = numba.cfunc(_c_signature(entry), forceinline=True, **OPTIONS)(
        _unpacking(getattr(twin, entry.name), entry)
    )
    module = llvm.parse_assembly(c_function.inspect_llvm())
    for function in module.functions:
        if function.is_declaration:
            continue
        if function.name == c_function.native_name:
            function.name = symbol_of(twin.__name__, entry.name)
        else:
            function.linkage = "internal"
    for variable in module.global_variables:
        if not variable.is_declaration:
            variable.linkage = "internal"
    _drop_unused(module, machine)
    _must_be_self_contained(module)
    return module


def _c_signature(entry: Entry) -> Any:
    kinds: list[Any] = []
    for kind in entry.parameters:
        if kind != "int":
            kinds.append(numba.types.CPointer(getattr(numba.types, _NUMBA_TYPES[ARRAYS[kind]])))
        kinds.append(numba.types.int64)
    return numba.types.int64(*kinds)


_NUMBA_TYPES = {"u1": "uint8", "u2": "uint16", "u4": "uint32", "i4": "int32", "i8": "int64"}


def _unpacking(kernel: Any, entry: Entry) -> Any:
    """Function of pointers and lengths that calls ``kernel`` with arrays."""
    names, passed = [], []
    for position, kind in enumerate(entry.parameters):
        if kind == "int":
            names.append(f"s{position}")
            passed.append(f"s{position}")
        else:
            names += [f"p{position}", f"n{position}"]
            passed.append(f"carray(p{position}, n{position})")
    text = f"def entry({', '.join(names)}):\n    return kernel({', '.join(passed)})\n"
    scope = {"kernel": kernel, "carray": numba.carray}
    exec(compile(text, "<entry>", "exec"), scope)  # noqa: S102 - text made of our own names
    return scope["entry"]


def _drop_unused(module: Any, machine: Any) -> None:
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)


def _must_be_self_contained(module: Any) -> None:
    wanted = [function.name for function in module.functions if function.is_declaration]
    wanted += [variable.name for variable in module.global_variables if variable.is_declaration]
    strange = [n for n in wanted if not n.startswith("llvm.") and n not in KNOWN_SYMBOLS]
    if strange:
        raise NotSelfContainedError(", ".join(sorted(strange)))
