"""Marks by which code tells that a class or a run of calls is a record.

Libraries that turn objects into JSON, XML or rows know the fields by annotations, by a base
class, or by a call that names the class; code without such a library puts key after key.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class RecordMark(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mark.

    ``role``      ``annotation`` on a field, accessor or class; ``leave_out`` annotation on a
                  field that is not stored; ``base`` class whose fields are stored; ``maker`` call
                  that turns objects of a class, named by an argument, into data or back; ``put``
                  call that writes a key; ``get`` call that reads one; ``names`` call whose
                  argument names what was put; ``runs`` call whose argument is SQL; ``selects``
                  call whose arguments are a table and an array of its columns; ``policy`` field
                  whose value changes how fields are named; ``compared`` call that gives a key, or
                  method that is given one, to be compared with constants.
    ``owner``     class with dots.
    ``member``    bare name of the method; empty for annotations and base classes.
    ``key``       elements of the annotation that may give the key, or the position of the
                  argument that gives it, receiver not counted; of ``leave_out`` elements as
                  ``name=value`` of which one must hold, none for always; of ``policy`` the style.
    ``format``    what the record is written as: json, xml, table, values, form, soap, extras.
    ``library``   who made the mark.
    """

    role: Literal[
        "annotation", "leave_out", "base", "maker", "put", "get", "names", "runs", "selects",
        "policy", "compared",
    ]  # fmt: skip
    owner: str
    member: str = ""
    key: tuple[str, ...] = ()
    format: str
    library: str

    @property
    def position(self) -> int:
        """Position of the argument that gives the key."""
        return int(self.key[0]) if self.key else 0

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names the class or method, ``a.b.C`` or ``a.b.C.member``."""
        return text == (f"{self.owner}.{self.member}" if self.member else self.owner)


ENTRY = RecordMark
