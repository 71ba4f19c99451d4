"""Templates of the report, kept compiled between runs.

Turning the templates of the page into code takes longer than reading a small app. What is kept
holds for exactly these templates and this interpreter, and is trusted as kernels are
(`formats.compiled.cache`).
"""

from __future__ import annotations

import hashlib
import sys

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from witnessmark.formats.compiled.cache import read_kept, write_object


class KeptTemplates(BytecodeCache):
    """Code of templates in the folder of compiled kernels; nothing where that cannot be trusted."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that is kept."""
        content = read_kept(_name(bucket), _key(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        write_object(_name(bucket), _key(bucket), bucket.bytecode_to_string())


def _name(bucket: Bucket) -> str:
    return f"page-{bucket.key[:16]}"


def _key(bucket: Bucket) -> bytes:
    made_with = f"{jinja2.__version__}\0{sys.implementation.cache_tag}\0{sys.hexversion}"
    return hashlib.sha256(f"{made_with}\0{bucket.key}\0{bucket.checksum}".encode()).digest()
