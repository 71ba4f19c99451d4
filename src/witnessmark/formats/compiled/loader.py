"""Load kernels as machine code, without a compiler.

Importing numba costs more than sweeping a whole app, so it is imported only to compile. What it
made is kept (see `cache`) as one block that runs as it lies in the file (see `flat`), or, where
that cannot be, as object code that llvmlite links. Where numba cannot be had, kernels run
interpreted: slow, with the same results.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import numpy as np

from witnessmark.formats.compiled.cache import HEAD, open_object, write_object
from witnessmark.formats.compiled.flat import flatten
from witnessmark.formats.compiled.signature import (
    Entry,
    KernelCall,
    checked,
    entries_of,
    symbol_of,
)  # fmt: skip

RECIPE = b"2"
"""Raise when compiled code must change though no source named in `_key` does."""

Route = Literal["kept", "linked", "compiled", "interpreted"]


class Kernels:
    """Callable entries of kernel modules, as attributes.

    Arrays are passed as they are: flat, C-contiguous, of the declared type (TypeError if not).
    ``route`` tells how they run: kept machine code, kept object code linked again, compiled in
    this process, or interpreted.
    """

    def __init__(self, calls: dict[str, KernelCall], route: Route, owner: object = None) -> None:
        self._calls = calls
        self._owner = owner  # of the memory that holds the code
        self.route = route

    def __getattr__(self, name: str) -> KernelCall:
        try:
            return self._calls[name]
        except KeyError:
            raise AttributeError(f"no kernel {name}") from None


def interpreted(modules: Sequence[ModuleType]) -> Kernels:
    """The kernels run by Python itself."""
    calls: dict[str, KernelCall] = {
        e.name: partial(_interpret, e) for module in modules for e in entries_of(module)
    }
    return Kernels(calls, "interpreted")


def load_kernels(name: str, modules: Sequence[ModuleType]) -> Kernels:
    """The kernels as machine code: kept from an earlier run, else compiled now and kept.

    ``name`` is the file name under which the code is kept; ``modules`` are the kernel modules
    and all that they import from (their sources decide whether kept code still fits).
    """
    key = _key(modules)
    kept = _kept(name, key, modules)
    if kept is not None:
        return kept
    code = _compile(modules)
    if code is None:
        return interpreted(modules)
    flat = flatten(code, _symbols(modules))
    write_object(f"{name}.flat" if flat else f"{name}.object", key, flat or code)
    return _link(modules, code, "compiled")


def _kept(name: str, key: bytes, modules: Sequence[ModuleType]) -> Kernels | None:
    mapped = open_object(f"{name}.flat", key)
    if mapped is not None and mapped.executable:
        return _place(modules, np.frombuffer(mapped.content, dtype=np.uint8, offset=HEAD))
    mapped = open_object(f"{name}.object", key)
    if mapped is None:
        return None
    return _link(modules, mapped.content[HEAD:], "linked")


def _compile(modules: Sequence[ModuleType]) -> bytes | None:
    try:
        from witnessmark.formats.compiled.build import NotSelfContainedError, compile_object
    except ImportError:
        return None
    try:
        return compile_object(modules)
    except NotSelfContainedError:
        return None


def _key(modules: Sequence[ModuleType]) -> bytes:
    """Everything that machine code depends on: sources, compiler, kind of processor."""
    digest = hashlib.sha256(RECIPE)
    sources = [str(module.__file__) for module in modules]
    for source in (*sources, *(str(Path(__file__).with_name(n)) for n in ("build.py", "flat.py"))):
        digest.update(Path(source).read_bytes())
    for compiler in ("numba", "llvmlite"):
        spec = importlib.util.find_spec(compiler)
        if spec is not None and spec.origin is not None:
            version = Path(spec.origin).with_name("_version.py")
            digest.update(version.read_bytes() if version.is_file() else b"?")
    machine = (
        os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    )
    digest.update(f"{sys.platform} {machine} {ctypes.sizeof(ctypes.c_void_p)}".encode())
    return digest.digest()


def _symbols(modules: Sequence[ModuleType]) -> list[str]:
    return [symbol_of(m.__name__, entry.name) for m in modules for entry in entries_of(m)]


def _place(modules: Sequence[ModuleType], block: Any) -> Kernels:
    """Kernels in an executable block as `flatten` made it."""
    entries = [entry for module in modules for entry in entries_of(module)]
    offsets = block[8 : 8 + 8 * len(entries)].view(np.uint64).tolist()
    start = block.ctypes.data
    calls: dict[str, KernelCall] = {
        entry.name: partial(_call, entry, _prototype(entry)(start + offset))
        for entry, offset in zip(entries, offsets, strict=True)
    }
    return Kernels(calls, "kept", block)


def _link(modules: Sequence[ModuleType], code: bytes, route: Route) -> Kernels:
    """Kernels of object code, linked by LLVM."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    calls: dict[str, KernelCall] = {}
    for module in modules:
        for entry in entries_of(module):
            address = engine.get_function_address(symbol_of(module.__name__, entry.name))
            calls[entry.name] = partial(_call, entry, _prototype(entry)(address))
    return Kernels(calls, route, engine)


def _prototype(entry: Entry) -> Callable[[int], Any]:
    kinds: list[Any] = []
    for kind in entry.parameters:
        kinds += [ctypes.c_int64] if kind == "int" else [ctypes.c_void_p, ctypes.c_int64]
    return ctypes.CFUNCTYPE(ctypes.c_int64, *kinds)


def _call(entry: Entry, function: Any, *arguments: Any) -> int:
    checked(entry, arguments)
    passed: list[int] = []
    for kind, argument in zip(entry.parameters, arguments, strict=True):
        passed += [argument] if kind == "int" else [argument.ctypes.data, len(argument)]
    return int(function(*passed))


def _interpret(entry: Entry, *arguments: Any) -> int:
    """Run on memoryviews: their items are Python integers, which never overflow."""
    checked(entry, arguments)
    passed = [
        argument if kind == "int" else memoryview(argument)
        for kind, argument in zip(entry.parameters, arguments, strict=True)
    ]
    return int(entry.function(*passed))
