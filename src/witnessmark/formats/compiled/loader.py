"""Load kernels as machine code, with LLVM alone.

Importing numba costs more than sweeping a whole app, so it is imported only to compile; the
object code is then kept (see `cache`) and loaded by llvmlite's binding. Where numba cannot be
had, kernels run interpreted: slow, with the same results.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from witnessmark.formats.compiled.cache import read_object, write_object
from witnessmark.formats.compiled.signature import Entry, KernelCall, checked, entries_of

RECIPE = "1"
"""Raise when compiled code must change though no kernel does."""


class Kernels:
    """Callable entries of kernel modules, as attributes.

    Arrays are passed as they are: flat, C-contiguous, of the declared type (TypeError if not).
    """

    def __init__(self, calls: dict[str, KernelCall], route: str, engine: object = None) -> None:
        self._calls = calls
        self._engine = engine  # owns the memory of the code
        self.route = route

    def __getattr__(self, name: str) -> KernelCall:
        try:
            return self._calls[name]
        except KeyError:
            raise AttributeError(f"no kernel {name}") from None


def interpreted(modules: Sequence[ModuleType]) -> Kernels:
    """The kernels run by Python itself."""
    calls = {e.name: partial(_interpret, e) for module in modules for e in entries_of(module)}
    return Kernels(calls, "interpreted")


def load_kernels(name: str, modules: Sequence[ModuleType]) -> Kernels:
    """The kernels as machine code: kept from an earlier run, else compiled now and kept.

    ``name`` is the file name under which object code is kept. ``route`` of the result tells
    which way was taken: kept, compiled or interpreted.
    """
    import llvmlite.binding as llvm

    key = _key(modules, llvm)
    code = read_object(name, key)
    route = "kept"
    if code is None:
        code = _compile(modules)
        if code is None:
            return interpreted(modules)
        write_object(name, key, code)
        route = "compiled"
    return _link(modules, code, route, llvm)


def _compile(modules: Sequence[ModuleType]) -> bytes | None:
    try:
        from witnessmark.formats.compiled.build import NotSelfContainedError, compile_object
    except ImportError:
        return None
    try:
        return compile_object(modules)
    except NotSelfContainedError:
        return None


def _key(modules: Sequence[ModuleType], llvm: Any) -> bytes:
    """Everything that object code depends on: sources, compiler, processor."""
    digest = hashlib.sha256(RECIPE.encode())
    for source in (*(str(module.__file__) for module in modules), _sibling("build.py")):
        digest.update(Path(source).read_bytes())
    spec = importlib.util.find_spec("numba")
    if spec is not None and spec.origin is not None:
        version = Path(spec.origin).with_name("_version.py")
        digest.update(version.read_bytes() if version.is_file() else b"")
    words = (
        ".".join(map(str, llvm.llvm_version_info)),
        llvm.get_default_triple(),
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
    )
    digest.update("\0".join(words).encode())
    return digest.digest()


def _sibling(name: str) -> str:
    return str(Path(__file__).with_name(name))


def _link(modules: Sequence[ModuleType], code: bytes, route: str, llvm: Any) -> Kernels:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    calls: dict[str, KernelCall] = {}
    for module in modules:
        for entry in entries_of(module):
            address = engine.get_function_address(f"{module.__name__}.{entry.name}")
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
        a if k == "int" else memoryview(a) for k, a in zip(entry.parameters, arguments, strict=True)
    ]
    return int(entry.function(*passed))
