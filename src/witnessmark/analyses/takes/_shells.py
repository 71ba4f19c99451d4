"""What shells are told to do: commands that code starts, or writes into a shell that runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from witnessmark.analyses.call_roles import CallRoles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.deeds import arguments_of
from witnessmark.analyses.takes._sites import Site
from witnessmark.facts.view import Facts
from witnessmark.flow.values.tables import DERIVED_TEXTS

SUPERUSER = "cmd.su"
SAYS_NOTHING = frozenset({"su", "sh", "exit", "exit 0", "su -c", "su root", "id", "echo", "?"})
MOST = 40
LONGEST = 160


class Shells:
    """Commands of one app's shells, by the outermost class that starts them."""

    def __init__(self, app: Facts, names: CodeNames, roles: CallRoles) -> None:
        self._app = app
        self._names = names
        self._feeding = roles.members("shell_start", "shell_write")

    def commands(self, sites: Sequence[Site]) -> list[str]:
        """Commands at these sites; for a superuser's shell, all that its class writes into one."""
        found = dict.fromkeys(self._own(sites))
        if sites[0].api.id == SUPERUSER:
            for scope in sorted({self._scope(site.method) for site in sites if site.method >= 0}):
                found.update(dict.fromkeys(self._given.get(scope, ())))
        return [text for text in found if text.lower() not in SAYS_NOTHING][:MOST]

    def _own(self, sites: Sequence[Site]) -> Iterator[str]:
        texts = self._app.table(DERIVED_TEXTS)["text"]
        for site in sites:
            if site.string >= 0:
                yield _spelled(self._app.string(site.string))
            elif site.derived >= 0:
                yield _spelled(str(texts[site.derived]))

    def _scope(self, method: int) -> str:
        return self._app.method_class(method).partition("$")[0]

    @cached_property
    def _given(self) -> Mapping[str, list[str]]:
        meant = self._names.methods(self._feeding, below=True)
        calls = list(self._names.calls(meant))
        given = arguments_of(self._app, [call.row for call in calls])
        found: dict[str, list[str]] = defaultdict(list)
        for call in calls:
            for one in given.get(call.row, {}).get(0, ()):
                if one.kind in ("string", "derived") and one.text.strip("? \n"):
                    found[self._scope(call.method)].append(_spelled(one.text))
        return found


def _spelled(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
