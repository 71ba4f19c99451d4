"""How forms are described in files that an app brings along, and fills in while it runs."""

import json
from typing import Literal

from witnessmark.knowledge.schema import Rule


class FormFormat(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of describing a field: the names of what a description says of it.

    ``syntax``   objects of JSON, or elements of XML with attributes.
    ``element``  name of the element, empty for any (XML only).
    ``labels``, ``names``, ``types``, ``hints``, ``required``, ``options``  members or attributes
                 that hold them, best first. A description has a label, a name and a type.
    ``answers``  types that take an answer; empty for all but ``silent`` ones.
    ``silent``   types that ask nothing: headings, groups, buttons.
    ``option_labels``, ``option_codes``  members of an option that is an object.

    Examples are JSON objects: the members or attributes of one description.
    """

    syntax: Literal["json", "xml"]
    element: str = ""
    labels: tuple[str, ...]
    names: tuple[str, ...]
    types: tuple[str, ...]
    hints: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    option_labels: tuple[str, ...] = ()
    option_codes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether the JSON object ``text`` describes a field that takes an answer."""
        members = json.loads(text)
        return isinstance(members, dict) and self.describes(
            {name: value if isinstance(value, str) else "" for name, value in members.items()}
        )

    def describes(self, members: dict[str, str]) -> bool:
        """Whether members, with their texts, are those of a field that takes an answer."""
        if not any(members.get(name) for name in self.labels):
            return False
        if not any(members.get(name) for name in self.names):
            return False
        kind = self.first(members, self.types).lower()
        if not kind or kind in self.silent:
            return False
        return not self.answers or kind in self.answers

    @staticmethod
    def first(members: dict[str, str], names: tuple[str, ...]) -> str:
        """The first of several members that says anything."""
        return next((members[name] for name in names if members.get(name)), "")


ENTRY = FormFormat
