"""FlowDroid as a peer, where its jar is at hand; its results as flows of the scorer.

The jar with dependencies is `de.fraunhofer.sit.sse.flowdroid:soot-infoflow-cmd` on Maven Central;
``platforms`` is a folder of ``android-NN/android.jar``; ``definitions`` is its own list of sources
and sinks, as its project publishes it.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

SIGNATURE = re.compile(r"<([\w.$]+): \S+ ([\w$<>]+)")
"""Class and name out of a signature as Soot writes it."""

MEMORY = "-Xmx4g"


def command(jar: Path, platforms: Path, definitions: Path, app: Path, out: Path) -> list[str]:
    """How it is run on one app; ``out`` is an empty folder."""
    words = ["java", MEMORY, "-jar", str(jar), "-a", str(app), "-p", str(platforms)]
    return [*words, "-s", str(definitions), "-o", str(out / "results.xml")]


def flows(folder: Path) -> list[dict[str, dict[str, str]]]:
    """Each source of each result; none when it wrote no file, as for an app without results."""
    path = folder / "results.xml"
    if not path.is_file():
        return []
    found = []
    for result in ElementTree.parse(path).iter("Result"):
        sink = result.find("Sink")
        if sink is not None:
            for source in result.iter("Source"):
                found.append({"source": _end(source), "sink": _end(sink)})
    return found


def _end(element: ElementTree.Element) -> dict[str, str]:
    owner, method = _named(element.get("Statement", ""))
    within, around = _named(element.get("Method", ""))
    return {"class": owner, "method": method, "in_class": within, "in_method": around}


def _named(text: str) -> tuple[str, str]:
    found = SIGNATURE.search(text)
    return (found[1], found[2]) if found else ("", "")
