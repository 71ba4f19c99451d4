"""Tiny apps for tests of flow: classes in words, facts and flow out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from miniapp.apk import write_apk
from miniapp.dex import write_dex
from witnessmark.facts.build import build_facts
from witnessmark.facts.view import Facts
from witnessmark.flow.build import Flow, build_flow
from witnessmark.flow.tables import ENTRY_POINTS, REACH
from witnessmark.package.open import open_input

MAIN = "org.example.Main"


@dataclass(frozen=True, slots=True)
class SmallApp:
    """Facts with the tables of flow, and questions in words."""

    facts: Facts
    flow: Flow

    def method(self, signature: str) -> int:
        """Row of the method that is spelled ``Lc;->m(args)ret``."""
        for row in range(len(self.facts.table(REACH))):
            if self.facts.method_signature(row) == signature:
                return row
        raise AssertionError(f"no method {signature}")

    def state(self, signature: str) -> str:
        """Reach of a method."""
        return str(self.facts.table(REACH)["state"][self.method(signature)])

    def entry_kinds(self, signature: str) -> list[str]:
        """Kinds of the entry points that a method is."""
        table, row = self.facts.table(ENTRY_POINTS), self.method(signature)
        return [kind for method, kind in table.rows("method", "kind") if method == row]


def small_app(folder: Path, classes: Sequence[Mapping[str, Any]], **case: Any) -> SmallApp:
    """An APK of ``classes``; ``case`` as `miniapp.apk.write_apk` takes it."""
    path = folder / "small.apk"
    path.write_bytes(write_apk({"classes": classes, **case}))
    return _read(path)


def bare_dex(folder: Path, classes: Sequence[Mapping[str, Any]]) -> SmallApp:
    """A dex file without a manifest."""
    path = folder / "small.dex"
    path.write_bytes(write_dex(classes))
    return _read(path)


def _read(path: Path) -> SmallApp:
    facts = build_facts(open_input([path]))
    flow = build_flow(facts)
    return SmallApp(facts.with_tables(flow.tables), flow)


def main_class(*code: str, **more: Any) -> dict[str, Any]:
    """The declared activity, whose ``onCreate`` is ``code``."""
    create = {"sig": "onCreate(Landroid/os/Bundle;)V", "code": list(code)}
    methods = [create, *more.pop("methods", [])]
    return {"name": MAIN, "extends": "android.app.Activity", "methods": methods, **more}


def plain_class(name: str, *signatures: str, **more: Any) -> dict[str, Any]:
    """A class whose methods do nothing."""
    methods = [{"sig": signature, "code": ["return"]} for signature in signatures]
    return {"name": f"org.example.{name}", "methods": methods, **more}


def creating(name: str) -> list[str]:
    """Lines that leave a new object of ``org.example.name`` on the stack."""
    return [f"new Lorg/example/{name};", f"call Lorg/example/{name};-><init>()V"]
