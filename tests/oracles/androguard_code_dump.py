"""Run by a Python that has androguard: calls, loaded strings and permissions of one app, as JSON.

A call is (caller, place in bytes, callee), a string (method, place in bytes, text).
"""

from __future__ import annotations

import json
import sys

from androguard.misc import AnalyzeAPK
from androguard.util import set_log


def main(path: str) -> None:
    set_log("CRITICAL")
    app, _, analysis = AnalyzeAPK(path)
    calls, strings = [], []
    for one in analysis.get_methods():
        for _, callee, at in one.get_xref_to():
            calls.append((one.full_name, at, callee.full_name))
    for text, one in analysis.strings.items():
        for _, method, at in one.get_xref_from(with_offset=True):
            strings.append((method.full_name, at, text))
    sys.stdout.write(
        json.dumps(
            {
                "calls": sorted(calls),
                "strings": sorted(strings),
                "permissions": sorted(set(app.get_permissions())),
                "classes": sorted(c.name for c in analysis.get_internal_classes()),
                "dex": len(list(app.get_dex_names())),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
