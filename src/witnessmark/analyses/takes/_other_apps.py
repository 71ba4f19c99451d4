"""Where code comes to what other apps keep: paths in constants, computed texts and commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.deeds import arguments_of
from witnessmark.analyses.takes._folders import PACKAGE, Folders, app_folder, clean_path, in_shared
from witnessmark.analyses.takes._sites import Uses, owner_of
from witnessmark.facts.search import string_bytes, used_strings_holding
from witnessmark.facts.tables.code import CALLS, CLASSES, STRING_USES
from witnessmark.facts.view import Facts
from witnessmark.flow.call_roles import players
from witnessmark.flow.values.evidence import derived_evidence
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.other_apps import OtherApp
from witnessmark.knowledge.packs.shell_words import ShellWord
from witnessmark.model.evidence import Evidence

HINTS = (
    b"/data/", b"Android/", b"/system", b"Tencent/", b"tencent/", b"/mnt/", b"sdcard", b"storage/",
)  # fmt: skip
PATH = kept_regex(r"(?:file://)?/?[\w.-]+(?:/[\w.@*?=-]*)+")
SEGMENT = kept_regex(r"[;&|\n]+")
PREFIXES = frozenset({"su", "-c", "sh", "busybox", "toybox", "sudo", "exec", "root", "0", "shell"})
"""Words before the one that says what a command does."""

LONGEST = 2_000
ORDER = {"read": 0, "watch": 1, "write": 2, "delete": 3, "check": 4, "names": 5}


class Touch(Struct, frozen=True):
    """One place that comes to a path of another app.

    ``app``      what pack ``other_apps`` knows of it, None where it knows nothing.
    ``package``  package of the other app, empty where only its folder in shared storage shows.
    ``path``     as the text spells it, ``rest`` from that app's folder, or shared storage, on.
    ``action``   what is done: read, write, delete, check; names when no use was seen.
    ``command``  whether a shell command names it.
    """

    app: OtherApp | None
    package: str
    path: str
    rest: str
    action: str
    method: int
    pc: int
    string: int
    derived: int
    command: bool

    def evidence(self, app: Facts) -> Evidence:
        """The text, where it stands."""
        if self.derived >= 0:
            return derived_evidence(app, self.derived)
        place: dict[str, str | int] = {
            "method": app.method_signature(self.method), "pc": self.pc,
        }  # fmt: skip
        return app.quote_string("the constant", self.string, place)


class OtherApps:
    """What one app does with the paths of others."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        uses: Uses,
        known: Sequence[OtherApp],
        words: Sequence[ShellWord],
    ) -> None:
        self._app = app
        self._names = names
        self._uses = uses
        self._known = known
        self._folders = Folders(app)
        self._by_package = {name: one for one in known for name in one.packages}
        self._actions = {word: one.action for one in words for word in one.words}

    def touches(self) -> list[Touch]:
        """All places, in the order of methods; the platform's own libraries are left out."""
        computed = list(self._computed())
        ends = {(one.method, end) for one in computed for end in _ends(one.path)}
        constants = [one for one in self._constants() if (one.method, one.path) not in ends]
        found = [*constants, *computed, *self._contexts()]
        told = [one for one in found if owner_of(self._app, one.method) != "platform"]
        return sorted(told, key=lambda one: (one.method, one.pc, one.path))

    def _constants(self) -> Iterator[Touch]:
        uses = self._app.table(STRING_USES)
        strings = np.asarray(used_strings_holding(self._app, HINTS), dtype=np.int64)
        for string, data in zip(strings.tolist(), string_bytes(self._app, strings), strict=True):
            if len(data) > LONGEST:
                continue
            touched = list(self._in_text(data.decode("utf-8", "replace")))
            rows = np.flatnonzero(uses["string"] == string).tolist() if touched else []
            for row in rows:
                method, pc = int(uses["method"][row]), int(uses["pc"][row])
                used, _ = self._uses.after(method, pc, "file")
                for one in touched:
                    action = one.action or used
                    yield _touch(one, action, method, pc, string=string)

    def _computed(self) -> Iterator[Touch]:
        callees = self._app.table(CALLS)["callee"]
        table = self._app.table(DERIVED_TEXTS).rows("method", "pc", "call", "text")
        for row, (method, pc, call, text) in enumerate(table):
            data = text.encode("utf-8", "replace")
            if len(text) <= LONGEST and any(hint in data for hint in HINTS):
                used = self._uses.action(int(callees[call]), "file")
                for one in self._in_text(text):
                    yield _touch(one, one.action or used, method, pc, derived=row)

    def _contexts(self) -> Iterator[Touch]:
        """Places that open what another app keeps by way of that app's own context."""
        contexts = [Member(*one) for one in players("other_context")]
        makers = self._names.methods(contexts, below=True)
        opening = [Member(*one) for one in players("context_files")]
        reads = self._names.methods(opening, below=True)
        opened: dict[int, list[int]] = defaultdict(list)
        for call in self._names.calls(reads):
            opened[call.method].append(call.pc)
        calls = list(self._names.calls(makers))
        given = arguments_of(self._app, [call.row for call in calls])
        for call in calls:
            if not any(pc > call.pc for pc in opened[call.method]):
                continue
            for one in given.get(call.row, {}).get(0, ()):
                if PACKAGE.fullmatch(one.text) and not self._is_own(one.text):
                    known = self._by_package.get(one.text)
                    found = _Path(known, one.text, one.text, "", "read", command=False)
                    pc = call.pc if one.pc < 0 else one.pc
                    yield _touch(
                        found, "read", call.method, pc, string=one.string, derived=one.derived
                    )

    def _in_text(self, text: str) -> Iterator[_Path]:
        """Paths of other apps in a text that is a path, or a shell command that names some."""
        whole = clean_path(text)
        if PATH.fullmatch(text.strip()):
            found = self._other(whole, "", command=False)
            if found is not None:
                yield found
            return
        for segment in SEGMENT.split(text):
            action = self._actions.get(_verb(segment), "")
            if action:
                for match in PATH.finditer(segment):
                    found = self._other(clean_path(match[0]), action, command=True)
                    if found is not None:
                        yield found

    def _other(self, path: str, action: str, *, command: bool) -> _Path | None:
        package, rest = app_folder(path)
        if package:
            if not PACKAGE.fullmatch(package) or self._is_own(package):
                return None
            known = self._by_package.get(package)
            if known is not None and known.probe:
                return None
            return _Path(known, package, path, rest, action, command)
        inside = in_shared(path)
        rest = path if inside is None else inside
        for one in self._known:
            if path in one.account_files or (_may_be_shared(path, inside) and one.is_folder(rest)):
                return _Path(one, "", path, rest, action, command)
        return None

    def _is_own(self, package: str) -> bool:
        if package in self._by_package:
            return bool(self._folders.package) and self._folders.is_own(package)
        return not self._folders.package or self._folders.is_own(package) or package in self._held

    @cached_property
    def _held(self) -> frozenset[str]:
        """Packages below which the app has classes: its own under another name."""
        kinds = self._app.table(CLASSES)["type"].tolist()
        found: set[str] = set()
        for kind in kinds:
            labels = self._app.descriptor(kind)[1:].split("/")[:-1] if kind >= 0 else []
            found.update(".".join(labels[:count]) for count in range(3, len(labels) + 1))
            found.add(".".join(labels))
        return frozenset(found)


class _Path(Struct, frozen=True):
    app: OtherApp | None
    package: str
    path: str
    rest: str
    action: str
    command: bool


def _touch(
    one: _Path, action: str, method: int, pc: int, *, string: int = -1, derived: int = -1
) -> Touch:
    return Touch(
        one.app, one.package, one.path, one.rest, action, method, pc, string, derived, one.command
    )


def _ends(path: str) -> Iterator[str]:
    """A path from each of its names on, with and without the stroke before it."""
    parts = path.split("/")
    for start in range(1, len(parts)):
        yield "/".join(parts[start:])
        yield f"/{'/'.join(parts[start:])}"


def _may_be_shared(path: str, inside: str | None) -> bool:
    """Whether a path lies in shared storage, or is spelled from there on with two names or more."""
    return inside is not None or path.strip("/").count("/") >= 1


def _verb(segment: str) -> str:
    """The word of a command that says what it does."""
    for word in segment.replace('"', " ").replace("'", " ").split():
        bare = word.rpartition("/")[2]
        if bare not in PREFIXES:
            return bare
    return ""


def strongest(touches: Sequence[Touch]) -> str:
    """What is done, as far as the places tell: reading before anything else."""
    return min((one.action for one in touches), key=lambda action: ORDER.get(action, 9))
