"""Code that looks up the path of one file that its user picked.

A picker answers with a content address. Code that wants a path takes the id out of it
(`DocumentsContract.getDocumentId`) and asks the store of pictures, films or downloads for that one
row: it names these stores, and goes through none of them.
Source: developer.android.com/reference/android/provider/DocumentsContract#getDocumentId.
"""

from __future__ import annotations

from witnessmark.facts.tables.code import CALLS
from witnessmark.facts.view import Facts
from witnessmark.model.distinct import among

CONTRACT, ID_OF = "android.provider.DocumentsContract", "getDocumentId"
PICKED = "action.get_content"
"""Entry of pack ``apis`` for files that the user picks."""

STORES = frozenset({"wm:Downloads", "wm:MediaFiles"})
"""Categories of what the stores hold that such code names."""


class PickedFiles:
    """Methods of an app that read one picked file; made once an app by `Facts.once`.

    ``asked``  methods that take the id out of the address, with the first call by which they do,
    as row of ``calls``; ``methods`` also holds what they alone call.
    """

    def __init__(self, app: Facts) -> None:
        method_of = app.table(CALLS)["method"]
        self.asked: dict[int, int] = {}
        for method in app.methods_named(CONTRACT, ID_OF):
            for call in app.calls_of(method):
                self.asked.setdefault(int(method_of[call]), call)
        self.methods = frozenset(self.asked) | _helpers(app, set(self.asked))


def _helpers(app: Facts, asking: set[int]) -> set[int]:
    """Methods of the same classes that none but those ``asking`` call."""
    calls = app.table(CALLS)
    classes = {app.method_class(method) for method in asking}
    called = calls["callee"][among(calls["method"], sorted(asking))]
    return {
        method
        for method in set(called.tolist())
        if app.method_class(method) in classes
        and {int(calls["method"][call]) for call in app.calls_of(method)} <= asking | {method}
    }
