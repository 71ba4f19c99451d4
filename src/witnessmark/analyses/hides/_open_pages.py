"""Screens that other apps may start and that show whatever web page they are handed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from witnessmark.analyses.hides._exposed import MOST_QUOTED, WEAK_PROTECTION, Open
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.tables.manifest import COMPONENTS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import EXPORTED
from witnessmark.model.evidence import Evidence

WEB = "webview"
SCREENS = ("activity", "alias")


def open_pages(app: Facts) -> Iterator[Open]:
    """All such screens as one weakness."""
    screens = _screens(app)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    shown: dict[int, list[Evidence]] = defaultdict(list)
    for channel, subject, trace in app.table(REQUESTS).rows("channel", "subject", "trace"):
        names = json.loads(subject).get("handed_over", []) if channel == WEB else []
        steps = json.loads(trace) if names else {"roots": [], "sites": []}
        for root, _ in steps["roots"]:
            component = screens.get(app.method_class(root).partition("$")[0])
            if component is not None:
                found[component].update(dict.fromkeys(names))
                shown[component] = [
                    app.quote_instruction("opens a web page", method, pc)
                    for method, pc in steps["sites"][:1]
                    if pc >= 0
                ]
    if found:
        yield _open(app, found, shown)


def _screens(app: Facts) -> Mapping[str, int]:
    """Components that any app may start, by the class of the screen."""
    table = app.table(COMPONENTS)
    columns = ("component", "access", "permission", "protection", "enabled")
    found: dict[str, int] = {}
    for row, access, permission, protection, enabled in app.table(EXPORTED).rows(*columns):
        guarded = permission and protection not in WEAK_PROTECTION[1:]
        if access == "start" and enabled and not guarded and table["kind"][row] in SCREENS:
            found.setdefault(str(table["class_name"][row]), row)
    return found


def _open(
    app: Facts, found: Mapping[int, Mapping[str, None]], shown: Mapping[int, list[Evidence]]
) -> Open:
    table = app.table(COMPONENTS)
    rows = sorted(found)
    names = [str(table["class_name"][row]) for row in rows]
    evidence: list[Evidence] = []
    for row in rows[:MOST_QUOTED]:
        artifact, offset, length = (
            int(table[name][row]) for name in ("artifact", "offset", "length")
        )
        says = (
            f"the manifest opens {table['class_name'][row]} to other apps "
            f"({table['exported_because'][row]})"
        )
        evidence += [app.quote(says, artifact, offset, length), *shown[row]]
    told = ", ".join(
        f"{name} ({', '.join(sorted(found[row]))})"
        for name, row in zip(names[:4], rows[:4], strict=True)
    )
    more = " and others" if len(names) > 4 else ""
    return Open(
        "open_page",
        f"Every other app may have these screens show a web page of its choice: {told}{more}.",
        tuple(evidence),
        tuple(names),
        tuple(rows),
        ("The screen itself may check the address; that is not read here.",),
    )
