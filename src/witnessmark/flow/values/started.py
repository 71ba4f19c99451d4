"""What outside code runs after a call, such as ``run`` after ``Thread.start``.

Rules come with the model of the platform (`FrameworkModel.implicit_calls`); they are held against
names alone, so that they hold in code of which no manifest tells what runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from witnessmark.facts.tables.code import CLASSES, INTERFACES, METHODS, TYPES
from witnessmark.facts.view import Facts
from witnessmark.knowledge.framework import framework_model

BRIDGE = 0x40
HIGHEST = 64


class Started:
    """The rules over one app's classes."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._model = framework_model()
        self._rules: dict[str, list[tuple[str, bool, str, str]]] = {}
        for rule in self._model.implicit_calls:
            row = (rule.class_name, rule.of_receiver, rule.on, rule.runs)
            self._rules.setdefault(rule.method, []).append(row)
        self._parents = self._declared()
        self.above = lru_cache(maxsize=1 << 14)(self._above)

    def knows(self, name: str) -> bool:
        """Whether a rule tells of calls of that name."""
        return name in self._rules

    def methods(
        self, owner: str, name: str, kinds: Sequence[tuple[int, str]]
    ) -> Iterator[tuple[int, int]]:
        """Positions of objects given to ``owner.name``, and the methods of theirs that are run.

        ``kinds`` positions and class descriptors of what is given, the receiver at 0.
        """
        for class_name, of_receiver, on, runs in self._rules.get(name, ()):
            if class_name not in self.above(owner[1:-1]):
                continue
            for position, kind in kinds:
                fits = kind[:1] == "L" and on in self.above(kind[1:-1])
                if fits and (position == 0 or not of_receiver):
                    for method in self.named(kind, runs):
                        yield position, method

    def named(self, kind: str, name: str) -> list[int]:
        """Methods of that name with code that an object of class ``kind`` has, bridges left out."""
        facts, methods = self._facts, self._facts.table(METHODS)
        at = facts.type_by_descriptor(kind)
        for _ in range(HIGHEST):
            row = int(facts.table(TYPES)["class"][at]) if at >= 0 else -1
            if row < 0:
                return []
            found = [
                method
                for method in facts.methods_of(row)
                if facts.method_name(method) == name and int(methods["code_offset"][method]) >= 0
            ]
            plain = [one for one in found if not int(methods["access"][one]) & BRIDGE]
            if found:
                return plain or found
            at = int(facts.table(CLASSES)["super_type"][row])
        return []

    def _above(self, name: str) -> frozenset[str]:
        """A class with all that it extends and implements, by internal names."""
        found, fresh = {name}, [name]
        for _ in range(HIGHEST):
            fresh = [up for one in fresh for up in self._up(one) if up not in found]
            if not fresh:
                break
            found.update(fresh)
        return frozenset(found)

    def _up(self, name: str) -> Sequence[str]:
        declared = self._parents.get(name)
        if declared is not None:
            return declared
        outside = self._model.outside(name)
        if outside is None:
            return ()
        return [one for one in (outside.super_name, *outside.interfaces) if one]

    def _declared(self) -> Mapping[str, list[str]]:
        facts = self._facts
        classes = facts.table(CLASSES)
        names: dict[int, str] = {}
        found: dict[str, list[str]] = {}
        for row, (kind, above) in enumerate(classes.rows("type", "super_type")):
            names[row] = facts.descriptor(kind)[1:-1]
            found.setdefault(names[row], [facts.descriptor(above)[1:-1]] if above >= 0 else [])
        for row, kind in facts.table(INTERFACES).rows("class", "type"):
            found[names[row]].append(facts.descriptor(kind)[1:-1])
        return found
