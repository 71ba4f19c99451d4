"""Places that ask for the accounts of other apps: the account manager, files, the system log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np
from msgspec import Struct

from witnessmark.analyses.code_names import Call, CodeNames, Member
from witnessmark.analyses.deeds import Argument, arguments_of, quote_argument
from witnessmark.analyses.tables import API_SITES
from witnessmark.analyses.takes._folders import PACKAGE, Folders
from witnessmark.analyses.takes._other_apps import Touch
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRING_USES
from witnessmark.facts.tables.manifest import XML_ATTRIBUTES, XML_NODES
from witnessmark.facts.tables.resources import RESOURCE_VALUES
from witnessmark.facts.view import Facts
from witnessmark.flow.call_lists import call_lists
from witnessmark.knowledge.packs.file_walks import FileWalk
from witnessmark.knowledge.packs.other_apps import OtherApp
from witnessmark.model.distinct import among
from witnessmark.model.evidence import Evidence

Way = Literal["account manager", "file", "context", "log"]

MANAGER = "android.accounts.AccountManager"
BY_TYPE = tuple(
    Member(MANAGER, name)
    for name in (
        "getAccountsByType", "getAccountsByTypeForPackage", "getAccountsByTypeAndFeatures",
    )
)  # fmt: skip
ALL = Member(MANAGER, "getAccounts")
OWN_TYPE = ("account-authenticator", "sync-adapter")
LOG, SUPERUSER = "cmd.logcat", "cmd.su"
SHORTEST_WORD = 2


class Clue(Struct, frozen=True):
    """One place that asks for accounts of ``app``.

    ``place``  account type, path, package or word, as the code spells it.
    ``action`` read, or names when no use was seen.
    """

    app: str
    packages: tuple[str, ...]
    way: Way
    place: str
    action: str
    method: int
    evidence: Evidence
    superuser: bool = False


class Accounts:
    """What one app asks of the accounts of others."""

    def __init__(
        self,
        app: Facts,
        names: CodeNames,
        known: Sequence[OtherApp],
        tests: Sequence[FileWalk],
    ) -> None:
        self._app = app
        self._names = names
        self._known = known
        self._tests = [one for one in tests if one.role == "test"]
        self._folders = Folders(app)
        self._by_type = {kind: one for one in known for kind in one.account_types}

    def clues(self, touches: Sequence[Touch]) -> Iterator[Clue]:
        """All places; ``touches`` are those that come to files of other apps."""
        yield from self._asked()
        yield from self._compared()
        yield from self._files(touches)
        yield from self._logs()

    def _asked(self) -> Iterator[Clue]:
        """Account types that are passed to the account manager."""
        calls = list(self._names.calls(self._names.methods(BY_TYPE, below=True)))
        given = arguments_of(self._app, [call.row for call in calls])
        for call in calls:
            for one in given.get(call.row, {}).get(0, ()):
                if PACKAGE.fullmatch(one.text) and not self._is_own(one.text):
                    yield self._of_type(one.text, call, self._quoted(call, one))

    def _quoted(self, call: Call, argument: Argument) -> Evidence:
        says = f"calls {self._app.method_signature(call.callee)}"
        called = self._app.quote_instruction(says, call.method, call.pc)
        named = quote_argument(self._app, call.method, argument)
        because = (called,) if named is None else (named, called)
        where = self._app.method_signature(call.method)
        return Evidence(f"in the method {where}", because=because)

    def _of_type(self, kind: str, call: Call, evidence: Evidence) -> Clue:
        known = self._by_type.get(kind)
        name, packages = (known.says, known.packages) if known else (kind, ())
        return Clue(name, packages, "account manager", kind, "read", call.method, evidence)

    def _compared(self) -> Iterator[Clue]:
        """Known account types that a method names which lists all accounts."""
        uses = self._app.table(STRING_USES)
        listing = {call.method: call for call in
                   self._names.calls(self._names.methods([ALL], below=True))}  # fmt: skip
        rows = np.flatnonzero(among(uses["method"], np.asarray(sorted(listing), "i4")))
        for row in rows.tolist():
            method, string = int(uses["method"][row]), int(uses["string"][row])
            text = self._app.string(string)
            if text in self._by_type and not self._is_own(text):
                argument = Argument(text, "string", string, -1, int(uses["pc"][row]))
                call = listing[method]
                yield self._of_type(text, call, self._quoted(call, argument))

    def _is_own(self, kind: str) -> bool:
        return self._folders.is_own(kind) or kind in self._own_types

    @cached_property
    def _own_types(self) -> frozenset[str]:
        """Account types that the app itself brings."""
        attributes, nodes = self._app.table(XML_ATTRIBUTES), self._app.table(XML_NODES)
        found: set[str] = set()
        wanted: set[int] = set()
        for node, name, value, resource in attributes.rows("node", "name", "value", "resource"):
            if name == "accountType" and str(nodes["name"][node]) in OWN_TYPE:
                found.add(value)
                wanted.add(resource)
        for resource, text in self._app.table(RESOURCE_VALUES).rows("resource", "text"):
            if resource in wanted:
                found.add(text)
        return frozenset(found)

    def _files(self, touches: Sequence[Touch]) -> Iterator[Clue]:
        """Files, and the contexts, of known apps that tell who is logged in."""
        for one in touches:
            if one.app is None or one.action in ("write", "delete"):
                continue
            if (
                one.rest
                and not one.app.tells_accounts(one.rest)
                and one.path not in (one.app.account_files)
            ):
                continue
            yield Clue(
                one.app.says, one.app.packages, "file" if one.rest else "context", one.path,
                one.action, one.method, one.evidence(self._app),
                one.command and self._scope(one.method) in self._superusers,
            )  # fmt: skip

    def _scope(self, method: int) -> str:
        """The outermost class of a method."""
        return self._app.method_class(method).partition("$")[0]

    @cached_property
    def _superusers(self) -> frozenset[str]:
        return frozenset(self._scope(method) for method in self._sites(SUPERUSER))

    def _sites(self, wanted: str) -> list[int]:
        rows = self._app.table(API_SITES).rows("api", "action", "method")
        return sorted({m for api, action, m in rows if api == wanted and action != "names"})

    def _logs(self) -> Iterator[Clue]:
        """Words by which code that reads the system log looks for accounts in it."""
        reading = self._sites(LOG)
        if not reading:
            return
        for call, one in self._searched(self._beside(reading)):
            for app in self._meant(one.text):
                yield Clue(
                    app.says, app.packages, "log", one.text, "read", call.method,
                    self._quoted(call, one),
                )  # fmt: skip

    def _beside(self, methods: Sequence[int]) -> frozenset[int]:
        """Methods with all of their classes that calls tie to them, in either direction."""
        lists, callees = call_lists(self._app), self._app.table(CALLS)["callee"]
        inside = self._methods_in(frozenset(self._scope(one) for one in methods))
        seen, fresh = set(methods), list(methods)
        while fresh:
            one = fresh.pop()
            tied = {int(callees[row]) for row in lists.sites.of(one).tolist()}
            tied |= {*lists.callers.of(one).tolist(), *lists.callers_landing_in(one)}
            more = (tied & inside) - seen
            seen |= more
            fresh += sorted(more)
        return frozenset(seen)

    def _searched(self, inside: frozenset[int]) -> Iterator[tuple[Call, Argument]]:
        """Texts that these methods look for in others."""
        wanted: dict[Member, int] = {
            Member(one.owner, name): int(one.tested) for one in self._tests for name in one.members
        }
        meant = self._names.methods(wanted, below=False)
        calls = [call for call in self._names.calls(meant) if call.method in inside]
        given = arguments_of(self._app, [call.row for call in calls])
        for call in calls:
            position = wanted[meant[call.callee][0]]
            for one in given.get(call.row, {}).get(position, ()):
                if len(one.text) >= SHORTEST_WORD:
                    yield call, one

    def _methods_in(self, scopes: frozenset[str]) -> frozenset[int]:
        classes = [
            row for row in range(len(self._app.table(CLASSES)))
            if self._app.class_name(row).partition("$")[0] in scopes
        ]  # fmt: skip
        owners = self._app.table(METHODS)["class"]
        return frozenset(np.flatnonzero(among(owners, np.asarray(classes, "i4"))).tolist())

    def _meant(self, text: str) -> Sequence[OtherApp]:
        """Apps that a searched text is about: by their package, else by a word for login ids."""
        named = [app for app in self._known if any(one in text for one in app.packages)]
        if named:
            return named
        worded = [app for app in self._known if any(_has_word(text, key) for key in
                  app.account_keys)]  # fmt: skip
        return [app for app in worded if app.packages] or worded


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text.lower()) is not None


def clues_by_app(clues: Iterable[Clue]) -> Mapping[str, list[Clue]]:
    """Places by the app that they are about; each place and text once."""
    found: dict[str, dict[tuple[Way, str, int], Clue]] = defaultdict(dict)
    for clue in clues:
        found[clue.app].setdefault((clue.way, clue.place, clue.method), clue)
    return {app: list(found[app].values()) for app in sorted(found)}
