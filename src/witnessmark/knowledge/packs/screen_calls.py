"""Calls by which code opens screens, finds views, shows words, reads answers and passes them on.

Source: developer.android.com/reference and the reference pages of the libraries named.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule

Does = Literal[
    "find", "screen", "inflate", "answer", "show", "choices", "keep", "sql", "row", "preferences",
    "menu", "add_view", "stored", "pick_date", "test", "identity",
]  # fmt: skip
"""``find`` a view by id; ``screen`` shows a layout, ``inflate`` makes views of one; ``answer``
reads what people entered; ``show`` changes what a view shows; ``choices`` gives a view or dialog
its list; ``keep`` puts a value under a name; ``sql`` runs a statement with values, ``row`` writes a
row; ``stored`` reads a value by its name; ``pick_date`` opens a picker for dates or times;
``test`` asks whether a text is empty, equal to another, of a pattern, or how long it is;
``identity`` is the id of a view."""

ANY_OWNER = "*"


class ScreenCall(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call and what its operands are.

    ``owners``    classes with dots; a class below one counts. ``*`` for any class.
    ``members``   names of methods, ``<init>`` for constructors.
    ``what``      of ``answer`` the part that is read; of ``show`` what is changed; of ``screen``
                  how it opens; of ``keep`` and ``stored`` the kind of name.
    ``operands``  ``role=position``; positions from 0 without the receiver, ``this`` for it,
                  ``first`` for the receiver or, of a static method, the first argument.
    """

    does: Does
    owners: tuple[str, ...]
    members: tuple[str, ...]
    what: str = ""
    operands: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether a signature ``Lpkg/Class;->name(args)ret`` names such a call by its own owner."""
        owner, arrow, rest = text.partition("->")
        name = rest.partition("(")[0]
        dotted = owner.removeprefix("L").removesuffix(";").replace("/", ".")
        fits = ANY_OWNER in self.owners or dotted in self.owners
        return bool(arrow) and fits and name in self.members

    def operand(self, role: str, *, static: bool) -> int | None:
        """Which operand, receiver included, has a role; None when the call has none of it."""
        for one in self.operands:
            name, _, position = one.partition("=")
            if name == role:
                if position in ("this", "first"):
                    return 0
                return int(position) + (not static)
        return None


ENTRY = ScreenCall
