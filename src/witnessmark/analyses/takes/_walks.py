"""Code that lists folders: where it begins, what it looks for, what it does with each file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import Call, CodeNames, Member
from witnessmark.analyses.deeds import Argument, Given, arguments_of
from witnessmark.analyses.ownership import arrays_outside_libraries
from witnessmark.facts.tables.code import (
    CALLS,
    FIELD_USES,
    METHODS,
    STRING_USES,
    TYPE_USES,
    TYPES,
)  # fmt: skip
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.file_types import FileType
from witnessmark.knowledge.packs.file_walks import FileWalk, Role

ROUND = 3
"""Calls after which a method that lists a folder is called again, for the folders below."""

NEAR = 2
"""Calls from there to a test of a name."""

FAR = 4
"""Calls from there to what is done with a file's content."""

WITH_ARGUMENTS: tuple[Role, ...] = ("list", "test", "digest")
"""Calls of which it matters what they are given."""

MOST_METHODS = 200
MOST_TYPES = 60
NEW_INSTANCE = 0x22
ANSWERS = frozenset({"accept", "visitFile", "invoke", "test", "apply", "run", "call", "execute"})
"""Methods of an object that is created there, by which it is asked about each file."""

FILE_PARAMETERS = frozenset({
    "Ljava/io/File;", "Ljava/lang/String;", "Ljava/io/FileInputStream;", "Ljava/io/InputStream;",
    "[B", "Ljava/nio/file/Path;", "Landroid/net/Uri;", "Ljava/lang/Object;", "[Ljava/io/File;",
    "Ljava/util/List;",
})  # fmt: skip

MASKED = kept_regex(r"[*%](\.\w{1,8})\b")
"""Ends of names in the patterns of SQL and of shells."""

OF_SHELL = kept_regex(r"\bfind\s+/")

Placed = tuple[Call, FileWalk]


class Named(Struct, frozen=True):
    """A text, the method that it stands in, and where it comes from."""

    text: str
    method: int
    argument: Argument


class Walk(Struct, frozen=True):
    """One piece of code that lists folders.

    ``methods``  that list, and those between them and themselves where folders below follow.
    ``lists``    calls that list, ``folders`` what they are given as far as it is known.
    ``deep``     folders below are listed too.
    ``types``    ends of names and media types that are looked for.
    ``digests``  digests of content, by the call that computes them.
    ``opens``    calls that open a file to read it.
    ``deletes``  files or folders are deleted on the way.
    """

    methods: tuple[int, ...]
    lists: tuple[Call, ...]
    folders: tuple[Named, ...]
    deep: bool
    types: tuple[Named, ...]
    digests: Mapping[str, Call]
    opens: tuple[Call, ...]
    deletes: bool = False


class Walks:
    """The walks of one app."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        known: Sequence[FileWalk],
        types: Sequence[FileType],
    ) -> None:
        self._app = app
        self._types = types
        self._calls: dict[Role, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
        for call, walk in _placed(names, known):
            self._calls[walk.role][call.method].append((call, walk))
        self._given: dict[int, Given] = {}
        self._asked: set[int] = set()
        self._called: dict[int, Sequence[int]] = {}

    def all(self) -> Iterator[Walk]:
        """Each walk once, in the order of methods."""
        told: set[int] = set()
        rings: list[tuple[list[int], bool]] = []
        for method in sorted(self._calls["list"]):
            if method not in told:
                ring = self._ring(method)
                told.update(ring)
                rings.append((sorted({*ring, method}), bool(ring)))
        self._ask({one for methods, _ in rings for one in self._region(methods, FAR)})
        for methods, deep in rings:
            yield self.around(methods, deep=deep)

    def around(self, methods: Sequence[int], *, deep: bool) -> Walk:
        """What the code of ``methods``, and what it calls, does with the files it comes to."""
        placed = [one for method in methods for one in self._of("list", method)]
        queued = any(self._of("queue", method) for method in methods) and any(
            self._of("folder_test", method) for method in methods
        )
        near, far = self._region(methods, NEAR), self._region(methods, FAR)
        self._ask({*near, *far})
        return Walk(
            methods=tuple(methods),
            lists=tuple(call for call, _ in placed),
            folders=tuple(
                Named(one.text, call.method, one)
                for call, walk in placed
                for one in self._argument(call, walk.folder_at)
            ),
            deep=deep or queued or any(walk.deep for _, walk in placed),
            types=tuple(self._looked_for(near))[:MOST_TYPES],
            digests=self._digests(far),
            opens=tuple(call for method in far for call, _ in self._of("open", method)),
            deletes=any(self._of("delete", method) for method in methods),
        )

    def _of(self, role: Role, method: int) -> Sequence[Placed]:
        return self._calls[role].get(method, ())

    def _ask(self, methods: Iterable[int]) -> None:
        """Find out what the calls of some methods are given, for those that it matters of."""
        fresh = [
            call.row
            for method in sorted(methods)
            if method not in self._asked
            for role in WITH_ARGUMENTS
            for call, _ in self._of(role, method)
        ]
        self._asked.update(methods)
        if fresh:
            self._given.update(arguments_of(self._app, fresh))

    def _argument(self, call: Call, position: int) -> Sequence[Argument]:
        return self._given.get(call.row, {}).get(position, ())

    def _ring(self, method: int) -> set[int]:
        """Methods by which ``method`` comes to call itself; none when it does not."""
        paths: list[tuple[int, ...]] = [(method,)]
        found: set[int] = set()
        for _ in range(ROUND):
            fresh: list[tuple[int, ...]] = []
            for path in paths:
                for callee in self._callees(path[-1]):
                    if callee == method:
                        found.update(path)
                    elif callee not in path and len(fresh) < MOST_METHODS:
                        fresh.append((*path, callee))
            paths = fresh
        return found

    def _region(self, methods: Sequence[int], depth: int) -> list[int]:
        """``methods`` and those that they hand files to, at most ``depth`` calls away."""
        found = dict.fromkeys(methods)
        fresh = list(methods)
        for _ in range(depth):
            fresh = [
                callee
                for method in fresh
                for callee in (*self._takers(method), *self._answers(method))
                if callee not in found
            ]
            found.update(dict.fromkeys(fresh))
            if len(found) > MOST_METHODS:
                break
        return list(found)[:MOST_METHODS]

    def _takers(self, method: int) -> Iterator[int]:
        for callee in self._callees(method):
            if not FILE_PARAMETERS.isdisjoint(self._app.parameter_types(callee)):
                yield callee

    def _answers(self, method: int) -> Iterator[int]:
        for owner in self._creates.get(method, ()):
            for one in self._app.methods_of(owner):
                if self._app.method_name(one) in ANSWERS:
                    yield one

    def _callees(self, method: int) -> Sequence[int]:
        """Methods of the app that a method calls by name, each once."""
        found = self._called.get(method)
        if found is None:
            rows = call_lists(self._app).sites.of(method)
            callees = self._app.table(CALLS)["callee"][rows]
            named = callees[self._app.table(METHODS)["class"][callees] >= 0].tolist()
            found = self._called[method] = tuple(dict.fromkeys(named))
        return found

    @cached_property
    def _creates(self) -> Mapping[int, Sequence[int]]:
        """Classes of the app that each method creates objects of."""
        uses, types = self._app.table(TYPE_USES), self._app.table(TYPES)["class"]
        rows = np.flatnonzero((uses["opcode"] == NEW_INSTANCE) & (types[uses["type"]] >= 0))
        found: dict[int, dict[int, None]] = defaultdict(dict)
        for row in rows.tolist():
            found[int(uses["method"][row])].setdefault(int(types[uses["type"][row]]))
        return {method: tuple(owners) for method, owners in found.items()}

    def _looked_for(self, methods: Sequence[int]) -> Iterator[Named]:
        seen: set[str] = set()
        for one in (*self._tested(methods), *self._ends(methods), *self._listed(methods)):
            if one.text not in seen:
                seen.add(one.text)
                yield one

    def _tested(self, methods: Sequence[int]) -> Iterator[Named]:
        """Kinds of files that a name is compared with."""
        for method in methods:
            for call, walk in (*self._of("test", method), *self._of("list", method)):
                if walk.tested:
                    for one in self._argument(call, int(walk.tested)):
                        yield from self._kinds(one, method)

    def _kinds(self, argument: Argument, method: int) -> Iterator[Named]:
        texts = json.loads(argument.text) if argument.kind == "list" else [argument.text]
        for text in texts:
            if isinstance(text, str) and self.is_kind(text):
                yield Named(_as_end(text), method, argument)

    def is_kind(self, text: str) -> bool:
        """Whether a text is an end of names, or a media type, of known files."""
        return any(one.recognises(text) for one in self._types)

    def _ends(self, methods: Sequence[int]) -> Iterator[Named]:
        """Ends of names with their dot, wherever such a method has them."""
        uses = self._app.table(STRING_USES)
        for method in methods:
            for row in _of_method(uses["method"], method):
                string = int(uses["string"][row])
                text = self._app.string(string)
                argument = Argument(text, "string", string, -1, int(uses["pc"][row]))
                for end in ends_in(text):
                    if self.is_kind(end) and not OF_SHELL.search(text):
                        yield Named(_as_end(end), method, argument)

    def _listed(self, methods: Sequence[int]) -> Iterator[Named]:
        """Ends of names in arrays of texts that such a method makes or reads."""
        uses = self._app.table(FIELD_USES)
        fields = {
            int(uses["field"][row]) for one in methods for row in _of_method(uses["method"], one)
        }
        chosen = set(methods)
        for method, string, pc, field in self._arrays:
            if method in chosen or field in fields:
                text = self._app.string(string)
                if self.is_kind(text):
                    yield Named(_as_end(text), method, Argument(text, "string", string, -1, pc))

    @cached_property
    def _arrays(self) -> Sequence[tuple[int, int, int, int]]:
        """Method, string, place and field of elements of arrays that hold texts."""
        rows = arrays_outside_libraries(self._app).rows("method", "string", "pc", "field")
        return [row for row in rows if row[1] >= 0]

    def _digests(self, methods: Sequence[int]) -> Mapping[str, Call]:
        """Digests that such a method computes of a file that it, or one next to it, opens."""
        opening = {method for method in methods if self._of("open", method)}
        found: dict[str, Call] = {}
        for method in methods:
            beside = {method, *self._callees(method)}
            opened = not opening.isdisjoint(beside) or any(
                method in self._callees(one) for one in opening
            )
            for call, walk in self._of("digest", method):
                if opened or walk.folder:
                    for name in self._digest_names(call, walk):
                        found.setdefault(name, call)
        return found

    def _digest_names(self, call: Call, walk: FileWalk) -> Iterator[str]:
        if walk.digest_at is None:
            yield walk.digest
            return
        texts = {one.text.upper() for one in self._argument(call, walk.digest_at) if one.text}
        yield from sorted(texts) or ["a digest"]


def _placed(names: CodeNames, known: Sequence[FileWalk]) -> Iterator[Placed]:
    for below in (False, True):
        wanted: dict[Member, list[FileWalk]] = defaultdict(list)
        for walk in known:
            if walk.subclasses == below:
                for member in walk.members:
                    wanted[Member(walk.owner, member)].append(walk)
        meant = names.methods(wanted, below=below)
        for call in names.calls(meant):
            roles = {walk.role: walk for one in meant[call.callee] for walk in wanted[one]}
            for walk in roles.values():
                yield call, walk


def _of_method(column: np.ndarray[tuple[int], np.dtype[np.int32]], method: int) -> Iterable[int]:
    first, last = column.searchsorted(method), column.searchsorted(method, side="right")
    return range(int(first), int(last))


def ends_in(text: str) -> list[str]:
    """Ends of names that a text spells with their dot: alone, or behind ``*`` or ``%``."""
    return [text] if text.startswith(".") else list(MASKED.findall(text))


def _as_end(text: str) -> str:
    """``*.JPG`` and ``jpg`` as ``.jpg``; media types as they are."""
    bare = text.lower()
    return bare if "/" in bare else f".{bare.removeprefix('*').removeprefix('.')}"
