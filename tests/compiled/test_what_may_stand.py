"""What decision 0070 keeps out of modules that are compiled ahead of time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOW = ROOT / "src" / "witnessmark" / "flow"


def listed() -> list[str]:
    """Modules that setup.py names."""
    for node in ast.parse((ROOT / "setup.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMPILED":
            found: tuple[str, ...] = ast.literal_eval(node.value)
            return list(found)
    raise AssertionError("setup.py names no modules")


def faults(source: str) -> list[str]:
    """What must not stand there, with its line."""
    return [f"{line}: {what}" for line, what in sorted(set(_faults(ast.parse(source))))]


def _faults(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for one in node.decorator_list:
                name = ast.unparse(one).partition("(")[0].rpartition(".")[2]
                if name in ("cached_property", "dataclass"):
                    yield node.lineno, f"@{name}"
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
            if "Struct" in bases:
                yield node.lineno, "Struct"
        if isinstance(node, ast.Compare):
            yield from _compared(node)


def _compared(node: ast.Compare) -> Iterator[tuple[int, str]]:
    for relation, right in zip(node.ops, node.comparators, strict=True):
        listed_there = right.elts if isinstance(right, ast.Tuple | ast.Set) else []
        starred = any(isinstance(one, ast.Starred) for one in listed_there)
        fresh = any(isinstance(one, ast.Tuple | ast.BinOp) for one in (node.left, right))
        if isinstance(relation, ast.In | ast.NotIn) and starred:
            yield node.lineno, "in (*...)"
        if isinstance(relation, ast.Is | ast.IsNot) and fresh:
            yield node.lineno, "is of what has no identity"


@pytest.mark.parametrize("module", listed())
def test_only_what_may_stand(module: str) -> None:
    assert faults((FLOW / f"{module}.py").read_text("utf-8")) == []


def test_each_fault_is_seen() -> None:
    source = """
class A(Struct, frozen=True):
    pass

@dataclass(slots=True)
class B:
    @cached_property
    def c(self) -> int:
        return 1 if self in (*X, *Y) else 2

    def d(self) -> bool:
        return self.e is (1, 2)
"""
    assert [fault.partition(": ")[2] for fault in faults(source)] == [
        "Struct", "@dataclass", "@cached_property", "in (*...)", "is of what has no identity",
    ]  # fmt: skip


def test_what_is_like_them_is_left() -> None:
    source = """
class A(NamedTuple):
    b: int

def c(d: object) -> bool:
    return d is None or d in (1, 2) or [*X] == d
"""
    assert faults(source) == []
