"""How often a call that plants a trigger has it come again."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.knowledge.packs.triggers import Trigger

NO_UNIT = 0.0
UNIT_TYPE = "Ljava/util/concurrent/TimeUnit;->"
SECONDS: Mapping[str, float] = {
    "NANOSECONDS": 1e-9, "MICROSECONDS": 1e-6, "MILLISECONDS": 1e-3, "SECONDS": 1.0,
    "MINUTES": 60.0, "HOURS": 3600.0, "DAYS": 86400.0,
}  # fmt: skip
"""Names of java.util.concurrent.TimeUnit."""

PARTS = ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute"))


def interval_seconds(trigger: Trigger, given: Mapping[int, tuple[str, str]]) -> float:
    """Seconds of the interval; negative where it is no constant, or none: 0.

    ``given`` holds kind and text of constant arguments by position, as in `CALL_ARGUMENTS`.
    """
    kind, text = given.get(trigger.interval, ("", ""))
    if trigger.interval < 0 or kind not in ("int", "long"):
        return -1.0
    unit = trigger.unit
    if unit == NO_UNIT:
        _, name = given.get(trigger.interval + 1, ("", ""))
        unit = SECONDS.get(name.removeprefix(UNIT_TYPE).partition(":")[0], -1.0)
    return int(text) * unit if unit > 0 and int(text) > 0 else -1.0


def spelled(seconds: float) -> str:
    """An interval in words: ``1 hour``, ``5 minutes``, ``0.5 seconds``."""
    for size, name in PARTS:
        if seconds >= size and seconds % size == 0:
            count = int(seconds // size)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"
