"""Loops too hot for the interpreter: compiled once, kept as object code, loaded without a compiler.

A kernel is a plain Python function over flat arrays and integers. `load_kernels` returns it as
machine code; `interpreted` returns the same function run by Python, for tests and tiny inputs.
"""

from witnessmark.formats.compiled.loader import Kernels, interpreted, load_kernels

__all__ = ["Kernels", "interpreted", "load_kernels"]
