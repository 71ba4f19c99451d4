"""Which permissions a way to data needs, and whether the app has them."""

from __future__ import annotations

from msgspec import Struct

from witnessmark.analyses.manifest import app_value
from witnessmark.facts.tables.manifest import APP, COMPONENTS, PERMISSIONS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.framework import android_version
from witnessmark.knowledge.packs.apis import Api, NeededPermission
from witnessmark.knowledge.packs.script_apis import ScriptApi


class Need(Struct, frozen=True):
    """Permissions of which one is needed, those among them that the app has, what follows;
    ``levels`` the same permissions with the platform versions on which they count.
    """

    names: tuple[str, ...]
    held: tuple[str, ...]
    limits: tuple[str, ...]
    levels: tuple[NeededPermission, ...] = ()


class Permits:
    """The permissions an app asks for, and those that guard its components.

    A component guarded by a ``BIND_`` permission has the right that the permission stands for.
    """

    def __init__(self, app: Facts) -> None:
        self.asked = frozenset(
            str(name)
            for kind, name in app.table(PERMISSIONS).rows("kind", "name")
            if kind in ("uses", "uses_sdk_23", "implied")
        )
        self.guards = frozenset(str(name) for name in app.table(COMPONENTS)["permission"] if name)
        self.known = len(app.table(APP)) > 0
        """Whether there is a manifest to tell what is asked for."""
        lowest, target = app_value(app, "min_sdk"), app_value(app, "target_sdk")
        self._lowest = int(lowest) if lowest.isdecimal() else 1
        self._target = max(int(target) if target.isdecimal() else 1, self._lowest)

    def need(self, api: Api | ScriptApi, action: str) -> Need:
        """What doing ``action`` with ``api`` needs on the platform versions the app runs on.

        The platform asks for a permission of a later version only from apps made for it, so
        where all are later than the app's target version nothing is needed.
        """
        needed = [one for one in api.needed(action) if one.counts_from(self._lowest)]
        if all(one.since > self._target for one in needed):
            return Need((), (), ())
        had = self.asked | self.guards
        held = [one for one in needed if one.name in had]
        limits: list[str] = []
        if not self.known:
            limits.append(
                "No manifest is here that would tell whether the app asks for what this needs."
            )
        elif not held:
            limits.append("The app asks for none of the permissions that this needs.")
        elif all(one.until for one in held):
            last = max(one.until for one in held)
            later = sorted(one.name for one in needed if not one.until)
            if later:
                limits.append(
                    f"From Android {android_version(last + 1)} on it needs {' or '.join(later)}, "
                    "which the app does not ask for."
                )
        names = tuple(dict.fromkeys(one.name for one in needed))
        held_names = tuple(dict.fromkeys(one.name for one in held))
        return Need(names, held_names, tuple(limits), tuple(needed))
