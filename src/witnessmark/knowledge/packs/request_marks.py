"""Annotations by which an interface declares requests."""

from typing import Literal

from witnessmark.knowledge.schema import Rule

Role = Literal[
    "verb", "query", "queries", "form", "forms", "part", "parts", "route", "header", "headers",
    "fixed", "body", "url", "base",
]  # fmt: skip


class RequestMark(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One annotation.

    ``owner``    the annotation, with dots.
    ``role``     ``verb`` of a method, its path in ``element``; of a parameter what it is: a named
                 value (the name in ``element``) of the query, a form, a part, a piece of the path
                 (``route``), a header; a map of such (in the plural); the body; the address. On a
                 method ``fixed`` headers, each ``Name: value``; on an interface the ``base``.
    ``word``     the verb, empty where the element ``method`` says it.
    ``element``  name of the element that holds path or name.
    """

    owner: str
    role: Role
    word: str = ""
    element: str = "value"

    @property
    def descriptor(self) -> str:
        """``owner`` as a type descriptor."""
        return f"L{self.owner.replace('.', '/')};"

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is the descriptor of the annotation."""
        return text == self.descriptor


ENTRY = RequestMark
