"""Code that is not in the app, or not yet: what is loaded, patched or interpreted while it runs.

What it finds
    Places that load code from files or memory, native code from chosen paths, scripts, patches
    of the app itself, further apps run inside it, code of other apps, hooks into other code
    (``hides.dynamic_code``), and from which file, where that can be computed.

Why it matters
    What is loaded later was not examined. It may do anything that the app has permission for, and
    whoever delivers it can change it from one day to the next.

How it decides
    By calls that the knowledge pack ``deeds`` names. Paths are constants or texts that the code
    puts together; a name that the package holds as well is told as being in the package.
    ``System.loadLibrary`` is ordinary and told with the native libraries, not here.

What it misses
    Loaders written by the app itself over native code; calls made by reflection; what the loaded
    code does. Each place is also a gap.

Example
    ``new DexClassLoader(getDir("dex", 0) + "/p.jar", ...)``
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import Group, Wording, deed_finding, groups_of
from witnessmark.analyses.deeds import find_deeds
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import CALLS, CLASSES, METHODS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.deeds import Deed
from witnessmark.model.finding import Finding
from witnessmark.model.gap import Gap

DYNAMIC_CODE = Analysis(
    id="hides/dynamic_code",
    version=1,
    reads=(CALLS, CLASSES, METHODS, STRINGS, MEMBERS, REACH, SDK_CLASSES, DERIVED_TEXTS),
    knows=("deeds",),
)

CHAPTERS = ("takes", "keeps", "marks", "sends", "hides", "orders")
SHORTEST_MEMBER = 4


@DYNAMIC_CODE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield a finding for each way of loading code, and a gap for what is loaded."""
    deeds = [deed for deed in know.entries("deeds", Deed) if deed.kind == "dynamic_code"]
    names = CodeNames(app, framework_model())
    for group in groups_of(app, find_deeds(app, names, deeds)):
        inside = _in_package(app, group)
        ending = f" The package holds {', '.join(inside)}." if inside else ""
        limits = ("What the loaded code does is not known from here.",)
        finding = deed_finding(
            app,
            "hides.dynamic_code",
            group,
            Wording({"in_package": inside}, limits, ending),
        )
        yield finding
        if finding.reach.state != "unreached":
            yield Gap(
                f"code loaded later ({group.what})",
                f"{len(group.done)} place(s) in the code may bring in further code, not read here",
                CHAPTERS,
            )


def _in_package(app: Facts, group: Group) -> list[str]:
    """Members of the package whose file name is that of a loaded file."""
    ends = {name.rpartition("/")[2] for name in group.names}
    ends = {end for end in ends if len(end) >= SHORTEST_MEMBER and "?" not in end}
    members: list[str] = app.table(MEMBERS)["name"].tolist()
    return sorted({name for name in members if name.rpartition("/")[2] in ends})[:8]
