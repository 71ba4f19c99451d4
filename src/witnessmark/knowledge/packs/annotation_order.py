"""Annotations of libraries in the order in which the library's own code asks for them.

Shrinkers give annotations other names, but the code that reads them keeps asking whether an
annotation is of one kind after the other, and keeps the messages it has for each kind. By both,
a renamed annotation is told.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class OrderedAnnotation(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One annotation.

    ``library``     whose annotations are asked for together.
    ``place``       its place in the order, from 1.
    ``annotation``  its own name, with dots.
    ``texts``       texts that only the code for this annotation loads; none where it loads none.
    ``always``      ``yes`` where each version of the library asks for it.
    """

    library: str
    place: int
    annotation: str
    texts: tuple[str, ...] = ()
    always: Literal["yes", "no"] = "yes"

    @property
    def descriptor(self) -> str:
        """``annotation`` as a type descriptor."""
        return f"L{self.annotation.replace('.', '/')};"

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is one of the texts or, where there are none, the annotation's name."""
        return text in self.texts if self.texts else text == self.annotation


ENTRY = OrderedAnnotation
