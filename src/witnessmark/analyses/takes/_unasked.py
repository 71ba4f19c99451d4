"""Why the platform gives an app a permission that it does not ask for, and on which versions."""

from __future__ import annotations

from witnessmark.analyses.manifest import app_value
from witnessmark.facts.permissions import permission_rules
from witnessmark.facts.tables.manifest import PERMISSIONS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.framework import android_version


def why_unasked(app: Facts, name: str, since: int, opens: str) -> str:
    """The beginning of a sentence about an implied permission that is there from level ``since``.

    It names what brings the permission, and the platform versions that do so: those that know it
    and are not older than what the app asks of a device. ``opens`` says what it opens.
    """
    held = {
        str(permission)
        for kind, permission in app.table(PERMISSIONS).rows("kind", "name")
        if kind in ("uses", "uses_sdk_23", "implied")
    }
    lowest = _level(app_value(app, "min_sdk"))
    target = _level(app_value(app, "target_sdk"))
    later = f"Android {android_version(since)} and later act" if since > lowest else "Android acts"
    short = name.rpartition(".")[2]
    given = f"{later} as if the app asked for the permission {short}{opens}"
    for rule in permission_rules():
        below = int(rule["below"] or 0)
        has = rule["has"]
        if rule["adds"] == name and (not has or has in held) and (not below or target < below):
            asks = f" asks for {has.rpartition('.')[2]}" if has else ""
            made = (
                f" was made for versions before Android {android_version(below)}" if below else ""
            )
            return f"{given}, as it{' and'.join(one for one in (asks, made) if one)}"
    return given


def _level(text: str) -> int:
    return int(text) if text.isdecimal() else 1
