"""Permissions: what they open, how they are granted, since when.

Platform permissions follow core/res/AndroidManifest.xml of the Android Open Source Project,
read for API levels 4 to 36; ``since`` is the first level that lists one (1 for those of level 4).
"""

from collections.abc import Mapping

from witnessmark.knowledge.schema import Entry


class Permission(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One permission; ``id`` is its full name.

    ``level``       protection level with flags as the platform writes it, e.g. ``dangerous``,
                    ``signature|privileged``; of the newest version that lists it.
    ``group``       group that the system's dialogues name, without its prefix.
    ``until``       last API level that lists it, 0 for the newest.
    ``categories``  personal data that it opens (pack ``people``).
    """

    level: str
    group: str = ""
    until: int = 0
    categories: tuple[str, ...] = ()

    @property
    def base_level(self) -> str:
        """``normal``, ``dangerous``, ``signature``, ``internal`` or ``unknown``."""
        return self.level.partition("|")[0]

    @property
    def special_access(self) -> bool:
        """Whether a user grants it on a screen of the settings instead of in a dialogue."""
        return "appop" in self.level.split("|")


ENTRY = Permission

HOW_GRANTED: Mapping[str, str] = {
    "normal": "granted when the app is installed, without asking",
    "dangerous": "the user is asked (on Android 6 and newer, while the app runs)",
    "signature": "only for apps signed by the maker of the system",
    "internal": "only for roles that the system gives",
    "unknown": "how it is granted is not known",
}
"""What a base level means for the person who holds the device."""
