"""Attributes of .NET programs that declare requests and tables.

Libraries such as Refit and sqlite-net make the code from the attributes when the app is built or
runs, so that no call in the program says what they say.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class ScriptMark(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attribute.

    ``name``  with its namespace, without ``Attribute``.
    ``role``  ``verb``: the method is a request by the verb ``word``, its text the path;
              ``body``, ``query``, ``header``, ``route``: where a parameter goes, its text the name;
              ``named``: the name of a parameter or property as it is sent; ``headers``: lines of
              headers; ``multipart``: parameters are parts; ``table``: objects of the class are
              rows, its text the table's name; ``column``: the property is one, its text the name;
              ``kept``: the property is one, and its class a table; ``leave_out``: it is none.
    """

    name: str
    role: Literal[
        "verb", "body", "query", "header", "route", "named", "headers", "multipart", "table",
        "column", "kept", "leave_out",
    ]  # fmt: skip
    word: str = ""

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names the attribute."""
        return text == self.name


ENTRY = ScriptMark
