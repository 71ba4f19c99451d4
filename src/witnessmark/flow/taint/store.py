"""The heap as one method run sees it: fields of abstract objects, in layers.

A layer holds what changed since the run began; everything else is looked up in the layers of the
callers. What the run reads of those is noted, so that its outcome can be used again wherever the
same is to be read.

Fields are rows of the app's fields, or words:

* ``"*"``       content whose place is not told apart;
* ``("k", c)``  content under a constant key, or at a constant index;
* ``"keys"``    keys of a map;
* ``"text"``    what a builder of text has put together;
* other words are explained where they are used.

A field of the app that was never written holds null, unless its object comes from outside or code
that is not run may have written it. Other fields that were never written hold nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from witnessmark.flow.taint.values import ANY, NOTHING, NULL, Obj, Value, join, same

Fields = Mapping[Any, Value]
Changes = dict[Obj, Fields]
Join = Callable[[Value, Value], Value]

CONTENT: Final = "*"
KEYS: Final = "keys"
TEXT: Final = "text"
VALUE: Final = "value"
"""The only field of an object that stands for a static field or another single place."""

MOST_KEYS = 200
"""Constant keys of one container; from then on keys are not told apart."""

NO_FIELDS: Final[Fields] = {}


class _Whole:
    """Marks in notes of what was read that all fields were listed."""


class _There:
    """Marks in notes of what was read that it mattered whether an object was there."""


WHOLE: Final = _Whole()
THERE: Final = _There()


def is_content(field: Any) -> bool:
    """Whether a field holds content of a container: keyed, indexed, keys, text, or other."""
    return field.__class__ is tuple or field in (CONTENT, KEYS, TEXT)


class Store:
    """One layer.

    ``now``    objects changed in this layer, with all their fields; inner mappings are never
               changed in place.
    ``reads``  what was read of the layers behind, as it was there.
    ``seen``   objects that this layer looked up behind itself; ``behind`` those that layers in
               front of it did, None where what is behind may change.
    ``weak``   fields of the app that code which is not run may also write.
    ``version``  raised with every change.
    """

    __slots__ = ("behind", "now", "outer", "reads", "seen", "version", "weak")

    def __init__(self, outer: Store | None, weak: frozenset[int]) -> None:
        self.outer = outer
        self.weak = weak
        self.now: Changes = {}
        self.version = 0
        self.seen: dict[Obj, Fields | None] = {}
        within_a_call = outer is not None and outer.outer is not None
        self.behind: dict[Obj, Fields | None] | None = {} if within_a_call else None
        self.reads: dict[Obj, dict[Any, Any]] = {}

    def before(self, obj: Obj) -> Fields | None:
        """Fields of an object behind this layer; None where it was not there."""
        if obj in self.seen:
            return self.seen[obj]
        found, layer = None, self.outer
        passed: list[dict[Obj, Fields | None]] = []
        while layer is not None:
            found = layer.now.get(obj)
            if found is not None:
                break
            if obj in layer.seen:
                found = layer.seen[obj]
                break
            further = layer.behind
            if further is not None:
                if obj in further:
                    found = further[obj]
                    break
                passed.append(further)
            layer = layer.outer
        for further in passed:
            further[obj] = found
        self.seen[obj] = found
        return found

    def fields(self, obj: Obj) -> Fields:
        """All fields of an object that were written."""
        found = self.now.get(obj)
        before = self.before(obj)
        if before is not None:
            self.reads.setdefault(obj, {})[WHOLE] = before
        elif found is None:
            self.reads.setdefault(obj, {})[THERE] = False
        return before or NO_FIELDS if found is None else found

    def current(self, obj: Obj) -> Fields | None:
        """The same without a note, None where the object is not there."""
        found = self.now.get(obj)
        return self.before(obj) if found is None else found

    def holds(self, obj: Obj) -> bool:
        """Whether an object is there."""
        if obj in self.now:
            return True
        there = self.before(obj) is not None
        self.reads.setdefault(obj, {})[THERE] = there
        return there

    def peek(self, obj: Obj, field: Any) -> Value:
        """The value of a field; `NOTHING` when it was never written."""
        found = self.now.get(obj)
        before = self.seen[obj] if obj in self.seen else self.before(obj)
        if before is None:
            if found is None:
                self.reads.setdefault(obj, {})[field] = None
                return NOTHING
            return found.get(field, NOTHING)
        value = (before if found is None else found).get(field)
        old = before.get(field)
        if value is old:
            self.reads.setdefault(obj, {})[field] = old
        return NOTHING if value is None else value

    def read(self, obj: Obj, field: int) -> Value:
        """The value of a field of the app, or what it holds by default."""
        found = self.peek(obj, field)
        if found is NOTHING:
            return self.default(obj, field)
        if field in self.weak or (obj.symbolic and not found.objects):
            return join(found, ANY)
        return found

    def default(self, obj: Obj, field: Any) -> Value:
        """What a field holds that was never written."""
        if field.__class__ is not int:
            return NOTHING
        return ANY if obj.symbolic or obj.many or field in self.weak else NULL

    def write(self, obj: Obj, field: Any, value: Value, *, strong: bool) -> None:
        """Set a field (``strong``, of an object that is one) or add to it."""
        fields = self.now.get(obj)
        if fields is None:
            fields = self.before(obj) or NO_FIELDS
        if not strong or obj.many:
            old = fields.get(field)
            if old is None:
                old = self.default(obj, field)
            self.note(obj, field)
            value = join(old, value)
            if value is old:
                return
        self.version += 1
        if field.__class__ is tuple and len(fields) > MOST_KEYS and field not in fields:
            self._crowd(obj, fields, value)
            return
        self.now[obj] = {**fields, field: value}

    def _crowd(self, obj: Obj, fields: Fields, value: Value) -> None:
        self.note(obj, CONTENT)
        old = fields.get(CONTENT, NOTHING)
        both = join(old, value)
        if both is not old:
            self.now[obj] = {**fields, CONTENT: both}

    def make(self, obj: Obj) -> None:
        """Put an object without fields."""
        self.version += 1
        self.now[obj] = NO_FIELDS

    def clear(self, obj: Obj) -> None:
        """Empty a container that is one."""
        if not obj.many:
            self.version += 1
            fields = self.current(obj) or NO_FIELDS
            self.now[obj] = {f: NOTHING if is_content(f) else v for f, v in fields.items()}

    def note(self, obj: Obj, field: Any) -> None:
        """Note that a field was read, where its value comes from behind this layer."""
        before = self.seen[obj] if obj in self.seen else self.before(obj)
        found = self.now.get(obj)
        if before is None:
            if found is None:
                self.reads.setdefault(obj, {})[field] = None
            return
        old = before.get(field)
        if found is None or found.get(field) is old:
            self.reads.setdefault(obj, {})[field] = old

    def noted(self, reads: Mapping[Obj, Mapping[Any, Any]]) -> None:
        """Note what a run on a layer in front of this one read.

        The same as `fields`, `holds` and `note` for each field; what is noted already is left.
        """
        noted, now, seen = self.reads, self.now, self.seen
        for obj, fields in reads.items():
            mine = noted.get(obj)
            if mine is not None and fields.keys() <= mine.keys():
                continue
            found = now.get(obj)
            before = seen[obj] if obj in seen else self.before(obj)
            if before is None:
                if found is None:
                    mine = noted.setdefault(obj, {})
                    for field in fields:
                        place = THERE if field is WHOLE else field
                        mine[place] = False if place is THERE else None
                continue
            if mine is None:
                mine = noted[obj] = {}
            for field in fields:
                if field is WHOLE:
                    mine[WHOLE] = before
                elif field is THERE:
                    if found is None:
                        mine[THERE] = True
                else:
                    old = before.get(field)
                    if found is None or found.get(field) is old:
                        mine[field] = old

    def fits(self, reads: Mapping[Obj, Mapping[Any, Any]]) -> bool:
        """Whether all that was read then would be read again now."""
        now, seen = self.now, self.seen
        for obj, fields in reads.items():
            found = now.get(obj)
            if found is None:
                found = seen[obj] if obj in seen else self.before(obj)
            for field, value in fields.items():
                if field is THERE:
                    if (found is not None) != value:
                        return False
                elif field is WHOLE:
                    if found is not value and (found is None or not equal(found, value)):
                        return False
                else:
                    current = None if found is None else found.get(field)
                    if current is not value and (
                        current is None or value is None or not same(current, value)
                    ):
                        return False
        return True

    def content(self, obj: Obj) -> Value:
        """Everything put into a container, keys included."""
        found = NOTHING
        for field, value in self.fields(obj).items():
            if is_content(field):
                found = join(found, value)
        return found

    def meet(self, into: Changes, other: Changes, join: Join = join) -> bool:
        """Add the changes ``other`` to ``into``, both of this layer; whether that made any."""
        changed = False
        size, common, seen = len(into), 0, self.seen
        for obj, fields in other.items():
            mine = into.get(obj)
            if mine is not None:
                common += 1
                if mine is fields or mine == fields:
                    continue
            else:
                mine = seen[obj] if obj in seen else self.before(obj)
                if mine is None:
                    into[obj] = fields
                    changed = True
                    continue
            joined = self._joined(obj, mine, fields, join)
            if joined is not mine:
                into[obj] = joined
                changed = True
        if common == size or self.outer is None:
            return changed
        for obj in [one for one in into if one not in other]:
            before = self.before(obj)
            if before is not None:
                mine = into[obj]
                joined = self._joined(obj, mine, before, join)
                if joined is not mine:
                    into[obj] = joined
                    changed = True
        return changed

    def _joined(self, obj: Obj, mine: Fields, other: Fields, join: Join) -> Fields:
        joined: dict[Any, Value] | None = None
        before = self.seen.get(obj)
        for field, value in other.items():
            old = mine.get(field)
            if old is value:
                continue
            if before is not None:
                self.reads.setdefault(obj, {})[field] = before.get(field)
            start = self.default(obj, field) if old is None else old
            new = join(start, value)
            if new is not old:
                joined = joined or dict(mine)
                joined[field] = new
        for field, old in mine.items():
            if field.__class__ is int and field not in other:
                if before is not None:
                    self.reads.setdefault(obj, {})[field] = before.get(field)
                new = join(old, self.default(obj, field))
                if new is not old:
                    joined = joined or dict(mine)
                    joined[field] = new
        return mine if joined is None else joined

    def apply(self, changes: Mapping[Obj, Fields]) -> None:
        """Make changes that a run on a layer in front of this one came to."""
        if changes:
            self.version += 1
        now, seen = self.now, self.seen
        for obj, fields in changes.items():
            found = now.get(obj)
            if found is None:
                found = seen[obj] if obj in seen else self.before(obj)
            now[obj] = {**found, **fields} if found else fields

    def adopt(self, values: Iterable[Value]) -> None:
        """See to it that objects from outside that values mention are there."""
        for value in values:
            for atom in value.atoms:
                if atom.__class__ is Obj and atom.symbolic and self.current(atom) is None:
                    self.now[atom] = NO_FIELDS

    def lasting(self, now: Changes, roots: Iterable[Value]) -> Changes:
        """What of the changes ``now`` others can see: of objects that were there before, the
        fields that changed; of new ones those that these fields or ``roots`` lead to.
        """
        kept: Changes = {}
        fresh: dict[Obj, Fields] = {}
        stack: list[Obj] = [atom for root in roots for atom in root.atoms if atom.__class__ is Obj]
        seen = self.seen
        for obj, fields in now.items():
            before = seen[obj] if obj in seen else self.before(obj)
            if before is None and not obj.lasts:
                fresh[obj] = fields
                continue
            if before is fields:
                continue
            old = before or NO_FIELDS
            changed = {f: v for f, v in fields.items() if old.get(f) is not v}
            if changed or before is None:
                kept[obj] = changed
                for value in changed.values():
                    stack.extend(atom for atom in value.atoms if atom.__class__ is Obj)
        while stack and fresh:
            obj = stack.pop()
            found = fresh.pop(obj, None)
            if found is not None:
                kept[obj] = found
                for value in found.values():
                    stack.extend(atom for atom in value.atoms if atom.__class__ is Obj)
        return kept


def equal(one: Fields, other: Fields) -> bool:
    """Whether two objects have the same fields with the same values."""
    if len(one) != len(other):
        return False
    for field, value in one.items():
        found = other.get(field)
        if found is None or (found is not value and not same(found, value)):
            return False
    return True
