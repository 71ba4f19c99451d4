""".NET assemblies: names, texts and calls; and the stores in which Android apps keep them."""

from __future__ import annotations

from witnessmark.formats.dotnet.assembly import Assembly, Method, Used, read_assembly
from witnessmark.formats.dotnet.store import Stored, is_compressed, read_store, unpacked

__all__ = [
    "Assembly", "Method", "Stored", "Used", "is_compressed", "read_assembly", "read_store",
    "unpacked",
]  # fmt: skip
