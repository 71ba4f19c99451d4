"""Compiles the engine that follows data ahead of time, where that is possible.

mypyc makes machine code of typed Python modules as they stand; the modules themselves stay beside
it and serve where there is no C compiler, in an editable installation, and wherever
``WITNESSMARK_PURE`` is set to anything. What both say is the same to the byte
(docs/decisions/0070-flow-compiled-ahead-of-time.md).
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError, CompileError, LinkError

SOURCE = Path("src/witnessmark/flow")
COMPILED = (
    "later",
    "taint/basics", "taint/body", "taint/branches", "taint/carried", "taint/cells", "taint/coming",
    "taint/context", "taint/defaults", "taint/effects", "taint/engine", "taint/follow",
    "taint/frame", "taint/given", "taint/intents", "taint/invoke", "taint/leaving",
    "taint/lifecycle", "taint/listing", "taint/lists", "taint/liveness", "taint/members",
    "taint/messages", "taint/named", "taint/numbers", "taint/objects", "taint/outcall",
    "taint/outcome", "taint/outside", "taint/preferences", "taint/reflect", "taint/regions",
    "taint/results", "taint/rules", "taint/started", "taint/steps", "taint/store", "taint/tables",
    "taint/texts", "taint/told", "taint/transfer", "taint/values", "taint/world",
    "values/cells", "values/library", "values/library_bytes", "values/library_call",
    "values/library_json", "values/library_text", "values/library_things", "values/library_walks",
    "values/machine", "values/made", "values/numbers", "values/operations", "values/paths",
    "values/started", "values/world",
)  # fmt: skip
"""Modules below ``flow``; `tests/compiled` says what may stand in them."""

FAILURES = (BaseError, CCompilerError, CompileError, LinkError, OSError)
"""What a build ends in that cannot be done here."""

BUILDS = frozenset({"bdist_wheel", "build", "build_ext"})
"""Commands that make what is installed; others only ask for names and numbers."""


class WholeOrNot(build_ext):
    """Builds all extensions or none: modules of one group do not work without each other."""

    def build_extension(self, ext: Extension) -> None:
        """Compile the sources of one extension side by side, then link them."""
        first, *others = sorted(os.fspath(source) for source in ext.sources)
        made = [self._compiled(ext, first)]
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            made.extend(workers.map(lambda source: self._compiled(ext, source), others))
        ext.extra_objects.extend(one for several in made for one in several)
        ext.depends = [*ext.depends, first, *others]
        ext.sources = []
        super().build_extension(ext)

    def _compiled(self, ext: Extension, source: str) -> list[str]:
        objects: list[str] = self.compiler.compile(
            [source],
            output_dir=self.build_temp,
            macros=ext.define_macros,
            include_dirs=ext.include_dirs,
            extra_postargs=ext.extra_compile_args,
            depends=ext.depends,
        )
        return objects

    def run(self) -> None:
        """Build; what is left of a build that failed goes."""
        try:
            super().run()
        except FAILURES as error:
            sys.stderr.write(f"witnessmark is installed without machine code: {error}\n")
            for made in self.get_outputs():
                Path(made).unlink(missing_ok=True)
            self.extensions = []


def extensions() -> list[Extension]:
    """What is to be built; nothing where it is not wanted or mypyc is not there."""
    if not BUILDS & set(sys.argv) or os.environ.get("WITNESSMARK_PURE"):
        return []
    try:
        from mypyc.build import mypycify
    except ImportError:
        return []
    os.environ["MYPYPATH"] = "src"
    modules = [str(SOURCE / f"{name}.py") for name in COMPILED]
    settings = ["--config-file", "mypyc.ini"]
    try:
        made = mypycify([*settings, *modules], opt_level="1", debug_level="0", multi_file=True)
    except SystemExit:
        sys.stderr.write("witnessmark is installed without machine code: mypyc took exception\n")
        return []
    return cast("list[Extension]", made)


setup(ext_modules=extensions(), cmdclass={"build_ext": WholeOrNot})
