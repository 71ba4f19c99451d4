"""Hermes bytecode: JavaScript as React Native apps ship it; texts, functions, calls."""

from __future__ import annotations

from witnessmark.formats.hermes.file import Function, HermesFile, read_hermes
from witnessmark.formats.hermes.program import Called, Program, read_program

__all__ = ["Called", "Function", "HermesFile", "Program", "read_hermes", "read_program"]
