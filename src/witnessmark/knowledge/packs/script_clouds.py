"""Functions by which scripts reach into a store in the cloud: places in it, and what is saved."""

from typing import Literal

from witnessmark.knowledge.schema import Rule


class ScriptCloud(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One function.

    ``maker``     words one of which scripts of an app that use the store name, in any case.
    ``function``  its name; a call counts when its name is that or ends with it behind a dot.
    ``role``      ``whole``: what it gives is the store itself; ``place``: what it gives is a place
                  in the store, its path the texts handed over; ``inside``: the same, of a place
                  that its receiver is; ``save``, ``store`` (a file): to the place that is handed
                  over; ``save inside``, ``store inside``: to the place that its receiver is.
    ``at``        position of the first text of the path, or of what is saved.
    ``texts``     texts that calls in the function's own code are handed, by which it is known again
                  where a compiler gave it another name; empty where it is not looked for.
    """

    maker: tuple[str, ...]
    function: str
    role: Literal["whole", "place", "inside", "save", "store", "save inside", "store inside"]
    at: int
    texts: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether a call of that name is meant."""
        return text == self.function or text.endswith(f".{self.function}")


ENTRY = ScriptCloud
