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

from collections.abc import Callable, Iterable
from typing import Any, Final

from witnessmark.flow.taint.values import ANY, NOTHING, NULL, Obj, Value, join, same

Fields = dict[Any, Value]
Changes = dict[Obj, Fields]
Join = Callable[[Value, Value], Value]

CONTENT: Final = "*"
KEYS: Final = "keys"
TEXT: Final = "text"
VALUE: Final = "value"
"""The only field of an object that stands for a static field or another single place."""

MOST_KEYS = 200
"""Constant keys of one container; from then on keys are not told apart."""

MOST_APART = 60
"""Objects changed by callers that are kept apart from those changed before."""

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
    ``before``  fields of an object behind this layer; None where it was not there.
    ``weak``   fields of the app that code which is not run may also write.
    ``version``  raised with every change.

    What is behind the layer of a call does not change while it lasts; it is kept as one mapping
    and a short one in front of it. Behind the layer of a component lies what all components share,
    which does change: objects that were looked up there stay as they were found.
    """

    __slots__ = ("_behind", "_nearer", "before", "now", "outer", "reads", "version", "weak")

    before: Callable[[Obj], Fields | None]

    def __init__(self, outer: Store | None, weak: frozenset[int]) -> None:
        self.outer = outer
        self.weak = weak
        self.now: Changes = {}
        self.version = 0
        self.reads: dict[Obj, dict[Any, Any]] = {}
        self._behind: dict[Obj, Fields | None] = {}
        self._nearer: dict[Obj, Fields | None] = {}
        if outer is None:
            self.before = self._behind.get
        elif outer.outer is None:
            self.before = self._shared
        else:
            self._nearer, self._behind = outer.in_front()
            self.before = self._unchanging if self._nearer else self._behind.get

    def _unchanging(self, obj: Obj) -> Fields | None:
        """Fields of an object in the layers of the callers."""
        found = self._nearer.get(obj)
        return self._behind.get(obj) if found is None else found

    def _shared(self, obj: Obj) -> Fields | None:
        """Fields of an object that components share."""
        seen = self._behind
        if obj in seen:
            return seen[obj]
        found = None if self.outer is None else self.outer.now.get(obj)
        seen[obj] = found
        return found

    def in_front(self) -> tuple[dict[Obj, Fields | None], dict[Obj, Fields | None]]:
        """What a layer in front of this one has behind it, the nearer changes apart."""
        outer = self.outer
        if outer is not None and outer.outer is None:
            return {}, {**outer.now, **self._behind, **self.now}
        if not self.now:
            return self._nearer, self._behind
        nearer = {**self._nearer, **self.now}
        if len(nearer) <= MOST_APART:
            return nearer, self._behind
        found = self._behind.copy()
        found.update(nearer)
        return {}, found

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
        before = self.before(obj)
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
        before = self.before(obj)
        found = self.now.get(obj)
        if before is None:
            if found is None:
                self.reads.setdefault(obj, {})[field] = None
            return
        old = before.get(field)
        if found is None or found.get(field) is old:
            self.reads.setdefault(obj, {})[field] = old

    def noted(self, reads: dict[Obj, dict[Any, Any]]) -> None:
        """Note what a run on a layer in front of this one read.

        The same as `fields`, `holds` and `note` for each field; what is noted already is left, and
        what no run will be held against: what the system itself reads.
        """
        if self.outer is not None and self.outer.outer is not None:
            self._note_all(reads)

    def _note_all(self, reads: dict[Obj, dict[Any, Any]]) -> None:
        noted, now, behind = self.reads, self.now, self.before
        for obj, fields in reads.items():
            mine = noted.get(obj)
            if mine is not None and fields.keys() <= mine.keys():
                continue
            found = now.get(obj)
            before = behind(obj)
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

    def fits(self, reads: dict[Obj, dict[Any, Any]]) -> bool:
        """Whether all that was read then would be read again now."""
        now, behind = self.now, self.before
        for obj, fields in reads.items():
            found = now.get(obj)
            if found is None:
                found = behind(obj)
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

    def meet(
        self, into: Changes, other: Changes, join: Join = join, since: Changes | None = None
    ) -> bool:
        """Add the changes ``other`` to ``into``, both of this layer; whether that made any.

        ``since``  the changes that were added last.
        """
        if since is not None:
            return self._meet_since(into, other, join, since)
        changed = False
        size, common, behind = len(into), 0, self.before
        for obj, fields in other.items():
            mine = into.get(obj)
            if mine is not None:
                common += 1
                if mine is fields or mine == fields:
                    continue
            else:
                mine = behind(obj)
                if mine is None:
                    into[obj] = fields
                    changed = True
                    continue
            joined = self._joined(obj, mine, fields, join)
            if joined is not None:
                into[obj] = joined
                changed = True
        if common == size or self.outer is None:
            return changed
        for obj in [one for one in into if one not in other]:
            before = self.before(obj)
            if before is not None:
                mine = into[obj]
                joined = self._joined(obj, mine, before, join)
                if joined is not None:
                    into[obj] = joined
                    changed = True
        return changed

    def _meet_since(self, into: Changes, other: Changes, join: Join, since: Changes) -> bool:
        """The same without what is as it was in the changes that were added last."""
        fresh = {obj: fields for obj, fields in other.items() if since.get(obj) is not fields}
        gone = [obj for obj in since if obj not in other]
        changed = False
        for obj in (*fresh, *gone):
            now, earlier, mine = other.get(obj), since.get(obj), into.get(obj)
            if now is None or mine is None:
                fields = self.before(obj) if now is None else now
                changed = self._meet_one(into, obj, fields, join) or changed
            elif earlier is None or not earlier.keys() <= now.keys():
                changed = self._meet_one(into, obj, now, join) or changed
            else:
                written = {f: v for f, v in now.items() if earlier.get(f) is not v}
                joined = self._added(obj, mine, written, join)
                if joined is not None:
                    into[obj] = joined
                    changed = True
        return changed

    def _meet_one(self, into: Changes, obj: Obj, fields: Fields | None, join: Join) -> bool:
        """Add one object; whether that made a change."""
        if fields is None:
            return False
        mine = into.get(obj)
        if mine is None:
            mine = self.before(obj)
        joined = fields if mine is None else self._joined(obj, mine, fields, join)
        if joined is not None:
            into[obj] = joined
        return joined is not None

    def _joined(self, obj: Obj, mine: Fields, other: Fields, join: Join) -> dict[Any, Value] | None:
        """Fields of an object that may be as in ``mine`` or as in ``other``; None for ``mine``."""
        joined = self._added(obj, mine, other, join)
        before = self.before(obj)
        for field, old in mine.items():
            if field.__class__ is int and field not in other:
                if before is not None:
                    self.reads.setdefault(obj, {})[field] = before.get(field)
                new = join(old, self.default(obj, field))
                if new is not old:
                    joined = joined or dict(mine)
                    joined[field] = new
        return joined

    def _added(self, obj: Obj, mine: Fields, other: Fields, join: Join) -> dict[Any, Value] | None:
        """``mine`` with the fields of ``other`` added; None where that changes nothing."""
        joined: dict[Any, Value] | None = None
        before = self.before(obj)
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
        return joined

    def apply(self, changes: Changes) -> None:
        """Make changes that a run on a layer in front of this one came to."""
        if changes:
            self.version += 1
        now, behind = self.now, self.before
        for obj, fields in changes.items():
            found = now.get(obj)
            if found is None:
                found = behind(obj)
            now[obj] = {**found, **fields} if found else fields

    def adopt(self, objects: Iterable[Obj]) -> None:
        """See to it that objects from outside are there."""
        for obj in objects:
            if self.current(obj) is None:
                self.now[obj] = NO_FIELDS

    def lasting(self, now: Changes, roots: Iterable[Value]) -> Changes:
        """What of the changes ``now`` others can see: of objects that were there before, the
        fields that changed; of new ones those that these fields or ``roots`` lead to.
        """
        kept: Changes = {}
        fresh: dict[Obj, Fields] = {}
        stack: list[Obj] = [atom for root in roots for atom in root.atoms if atom.__class__ is Obj]
        behind = self.before
        for obj, fields in now.items():
            before = behind(obj)
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
