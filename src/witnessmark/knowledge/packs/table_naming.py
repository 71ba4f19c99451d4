"""How libraries that turn classes into tables name what the class does not name itself."""

from typing import Literal

from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.schema import Rule

HUMP = kept_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

Style = Literal[
    "same", "lower", "lower_snake", "upper_snake", "upper_camel", "dashed", "dotted", "path"
]


class TableNaming(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of one library.

    ``library``   as the pack ``record_marks`` names it.
    ``table``     style of a table's name made from the class: ``same`` the simple name, ``lower``
                  the same in lower case, ``lower_snake`` and ``upper_snake`` words joined by an
                  underscore, ``path`` the whole name with underscores for dots.
    ``column``    style of a column's name made from the field.
    ``identity``  column that the library adds for the key where the class has none.
    ``fields``    which fields are stored: ``all`` or only ``marked`` ones.
    ``values``    of which types: ``all``, or ``plain`` for texts, numbers, dates and bytes alone.
    ``reference``  style of the column for an object of another kept class, with ``{table}`` for the
                  name of its table; empty where there is none, as of lists.
    """

    library: str
    table: Style
    column: Style
    identity: str = ""
    fields: Literal["all", "marked"]
    values: Literal["all", "plain"] = "all"
    reference: str = ""

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is ``class -> table`` as this library names it."""
        class_name, arrow, table = text.partition(" -> ")
        return bool(arrow) and styled(class_name, self.table) == table


def styled(name: str, style: Style) -> str:
    """A class (with dots) or field name in a style."""
    if style == "path":
        return name.replace(".", "_").replace("$", "_")
    simple = name.rpartition(".")[2].rpartition("$")[2]
    if style == "same":
        return simple
    if style == "lower":
        return simple.lower()
    if style == "upper_camel":
        return simple[:1].upper() + simple[1:]
    words = {"dashed": "-", "dotted": "."}.get(style, "_").join(HUMP.split(simple))
    return words.upper() if style == "upper_snake" else words.lower()


ENTRY = TableNaming
