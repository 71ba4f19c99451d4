"""Ways to data of the device: methods, fields, callbacks, addresses, files, commands.

Names and permissions follow the reference of the Android platform and of the vendors' own
libraries; each entry says where its own is described.
"""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from witnessmark.knowledge.lexicon_text import identifier_words
from witnessmark.knowledge.schema import Rule

Kind = Literal[
    "method", "field", "put", "callback", "uri", "action", "file", "command", "text", "use",
]  # fmt: skip
Action = Literal["read", "watch", "record", "write", "delete", "check", "act"]
Form = Literal["exact", "prefix", "word", "words"]

TEXT_KINDS = ("uri", "action", "file", "command", "text")
"""Kinds that are recognised by a string constant."""

PERMISSION_PREFIX = "android.permission."


VERBS: Mapping[str, str] = {
    "read": "reads", "watch": "watches", "record": "records", "write": "writes",
    "delete": "deletes", "check": "checks", "act": "uses", "names": "names, and may read,",
}  # fmt: skip
"""What a sentence about the app says is done."""


class NeededPermission(msgspec.Struct, frozen=True):
    """A permission and the API levels in which it is the one that counts (0: no bound)."""

    name: str
    since: int
    until: int

    def counts_from(self, lowest: int) -> bool:
        """Whether it counts on some platform version from ``lowest`` on."""
        return not self.until or lowest <= self.until


class Api(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to something.

    ``kind``         ``method`` called, ``field`` read, ``put``: a number loaded where a field is
                     written or a method called, ``callback`` of the platform that the app
                     overrides; a string constant that is a content address (``uri``), an intent
                     or broadcast (``action``), a ``file``, a shell ``command`` or another
                     ``text``; or a ``use``: a method that shows what is done with such a constant.
    ``owner``        class with dots; of a method, field, callback or use.
    ``members``      names there.
    ``parameters``   parameter descriptors that tell an overload apart, empty for all overloads.
    ``subclasses``   calls through the app's own subclasses of ``owner`` count too.
    ``argument``     constants of which one must be passed, ``position=value`` from 0; of ``put``
                     the numbers alone.
    ``text``, ``form``  string constants and how they are compared: whole, as beginning of an
                     address or path, as words inside (``word``), or as words in a row that an
                     identifier is made of (``words``: ``scan result`` in ``x.SCAN_RESULT``).
    ``needs_use``    whether the constant alone is too common a word to tell anything.
    ``of``           kinds of constants that a ``use`` is about.
    ``what``         what is obtained, in plain words; empty where nothing about people is.
    ``action``       what happens to it.
    ``categories``   personal-data terms (pack ``people``).
    ``about``        whose data it is.
    ``permissions``  one of these is needed; each a name, without ``android.permission.`` when it
                     has that prefix, and the API levels in which it is: ``NAME 1-28``, ``NAME 29``.
    ``write_permissions``  the same for writing and deleting, empty where it makes no difference.
    ``service``      the permission that guards a service without which there is nothing of other
                     apps to be had this way, empty where none is needed.
    ``deprecated``   API level that discouraged it, 0 for none.
    """

    kind: Kind
    owner: str = ""
    members: tuple[str, ...] = ()
    parameters: str = ""
    subclasses: bool = False
    argument: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    form: Form = "exact"
    needs_use: bool = False
    of: tuple[str, ...] = ()
    what: str = ""
    action: Action = "read"
    categories: tuple[str, ...] = ()
    about: Literal["user", "third_person", "operator", "unknown"] = "user"
    permissions: tuple[str, ...] = ()
    write_permissions: tuple[str, ...] = ()
    service: str = ""
    deprecated: int = 0

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is this way.

        For methods, callbacks and uses a signature ``Lpkg/Class;->name(args)ret`` or its part
        before the arguments; for fields ``Lpkg/Class;->name:type``; else a string constant.
        """
        if self.kind in TEXT_KINDS:
            return any(matches_text(one, self.form, text) for one in self.text)
        owner, arrow, rest = text.partition("->")
        name, opened, tail = rest.partition(":" if ":" in rest else "(")
        if not arrow or owner != self.descriptor or not self.names(name):
            return False
        return not (self.parameters and opened) or tail.partition(")")[0] == self.parameters

    def needed(self, action: str) -> tuple[NeededPermission, ...]:
        """The permissions of which one is needed for ``action``."""
        writes = self.write_permissions and action in ("write", "delete")
        chosen = self.write_permissions if writes else self.permissions
        return tuple(map(needed_permission, chosen))

    def doing(self, action: str) -> str:
        """What is done, as it follows "The app"."""
        if action == self.action or not self.what:
            return self.says[:1].lower() + self.says[1:]
        return f"{VERBS[action]} {self.what}"

    def names(self, member: str) -> bool:
        """Whether ``member`` is one of the members meant."""
        return member in self.members

    @property
    def descriptor(self) -> str:
        """``owner`` as a type descriptor."""
        return f"L{self.owner.replace('.', '/')};"


ENTRY = Api


def matches_text(wanted: str, form: Form, text: str) -> bool:
    """Compare one string constant; a prefix ends where a path segment or query does."""
    if form == "exact":
        return text == wanted
    if form == "prefix":
        rest = text[len(wanted) :]
        return text.startswith(wanted) and (not rest or rest[0] in "/?#" or wanted[-1] in "/=:")
    if form == "words":
        folded = text.casefold()
        if not all(word in folded for word in wanted.split()):
            return False
        return f" {wanted} " in f" {identifier_words(text)} "
    return re.search(rf"(?<![\w.]){re.escape(wanted)}(?![\w.])", text) is not None


def needed_permission(text: str) -> NeededPermission:
    """Read ``NAME``, ``NAME 29`` or ``NAME 1-28``; ValueError for anything else."""
    name, _, levels = text.partition(" ")
    first, dash, last = levels.partition("-")
    full = name if "." in name else PERMISSION_PREFIX + name
    return NeededPermission(full, int(first or 1), int(last) if dash else 0)
