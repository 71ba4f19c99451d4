"""What scripts of web, hybrid and script apps call to read the device, and to keep values on it.

Names follow the references of the platforms: the web's own interfaces, Cordova, Ionic, Capacitor,
uni-app and HTML5+, mini programs, APICloud.
"""

from typing import Literal

from witnessmark.knowledge.packs.apis import VERBS, Action, NeededPermission, needed_permission
from witnessmark.knowledge.schema import Rule


class ScriptApi(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Functions that a script calls.

    ``names``        of functions; a call counts when its name is one of them or ends with it behind
                     a dot: ``this.$cordovaCamera.getPicture``. Bare words that mean other things
                     elsewhere stand with what is before them.
    ``made``         objects made by ``new`` instead.
    ``platform``     what offers them.
    ``what``         what is obtained, in plain words; empty for stores.
    ``action``       what happens to it; for stores, whether the value is read or written.
    ``categories``, ``about``, ``permissions``  as in pack ``apis``.
    ``key``          of a store: where the key stands, a position with members behind dots; the
                     first of several (divided by `` / ``) that is there counts.
    ``assigned``     not called: members of it are given values, and the name of one is the key.
    """

    names: tuple[str, ...]
    made: bool = False
    assigned: bool = False
    platform: str
    what: str = ""
    action: Action = "read"
    categories: tuple[str, ...] = ()
    about: Literal["user", "third_person", "operator", "unknown"] = "user"
    permissions: tuple[str, ...] = ()
    key: str = ""

    def recognises(self, text: str) -> bool:
        """Whether a call of that name is meant."""
        return any(text == name or text.endswith(f".{name}") for name in self.names)

    def needed(self, action: str) -> tuple[NeededPermission, ...]:
        """The permissions of which the app needs one, whatever is done."""
        del action
        return tuple(map(needed_permission, self.permissions))

    @property
    def doing(self) -> str:
        """What is done, as it follows "The app"."""
        return f"{VERBS[self.action]} {self.what}"


ENTRY = ScriptApi
