"""Package names that tell whose code a class is when no library's own entry does.

``platform``  parts of the Android and Kotlin platforms that are copied into apps.
``host``      beginnings under which unrelated makers have their packages.
``shared``    beginnings under which one maker has many products, apps and libraries alike.

Below the last two the next label, too, is needed to tell whose code a class is.
"""

from typing import Literal

from witnessmark.knowledge.packs.sdks import within
from witnessmark.knowledge.schema import Rule


class Namespace(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One beginning of package names; its examples are names of classes below it."""

    kind: Literal["platform", "host", "shared"]
    prefix: str

    def recognises(self, text: str) -> bool:
        """Whether the class ``text`` stands below this beginning."""
        return within(self.prefix, text)


ENTRY = Namespace
