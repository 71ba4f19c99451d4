"""All data that a value carries: its own, and that of everything that goes with it.

Collections, bundles, requests and plain records of the app go with what they hold. Windows,
views, services, threads and listeners do not: they are given to everything.
"""

from __future__ import annotations

from typing import Final

from witnessmark.flow.taint.store import Store
from witnessmark.flow.taint.values import Obj, Taint, Value, united
from witnessmark.flow.taint.world import World

DEEPEST: Final = 7
"""Steps from an object to data that leaves or moves with it."""

WIDEST: Final = 400
"""Objects that are looked into."""

PLAIN: Final = frozenset((
    "java/lang/Object", "java/io/Serializable", "java/io/Externalizable", "java/lang/Cloneable",
    "java/lang/Comparable", "java/lang/Iterable", "java/lang/CharSequence", "java/lang/Enum",
    "java/lang/Appendable", "android/os/Parcelable", "java/util/Comparator", "java/lang/Record",
    "java/lang/constant/Constable",
))  # fmt: skip
"""Outside types above a plain record of the app."""

HOLDERS: Final = (
    "java/util/Collection", "java/util/Map", "java/lang/Throwable", "java/util/Map$Entry",
    "java/util/Iterator", "org/json/JSONObject", "android/os/Bundle", "android/content/Intent",
)  # fmt: skip
"""Outside types below which classes of the app go with what they hold."""


def carried(world: World, store: Store, value: Value) -> Taint:
    """All data that a value carries."""
    found = value.taint
    level = value.objects
    seen: set[Obj] = set()
    for _ in range(DEEPEST):
        fresh: list[Obj] = []
        for obj in level:
            if obj in seen or len(seen) > WIDEST or not goes_with(world, obj.node):
                continue
            seen.add(obj)
            for inner in store.fields(obj).values():
                if inner.taint:
                    found = united(found, inner.taint)
                fresh.extend(inner.objects)
        level = fresh
        if not level:
            break
    return found


def goes_with(world: World, node: int) -> bool:
    """Whether what objects of a class hold goes where they go."""
    if node < 0:
        return True
    known = world.plain.get(node)
    if known is None:
        known = world.plain[node] = _goes_with(world, node)
    return known


def _goes_with(world: World, node: int) -> bool:
    above = world.above(node)
    if any(name in WIDE for name in above):
        return False
    if not world.is_own(node):
        return True
    if any(name in HOLDERS for name in above):
        return True
    return all(name in PLAIN or world.is_own(world.node(name)) for name in above)


WIDE: Final = frozenset((
    "android/content/Context", "android/app/Fragment", "android/app/Dialog", "android/view/View",
    "android/view/Window", "androidx/fragment/app/Fragment", "android/support/v4/app/Fragment",
    "java/lang/Thread", "android/os/Handler", "android/os/AsyncTask", "java/lang/ClassLoader",
    "android/content/ContentResolver", "android/content/pm/PackageManager",
    "android/content/DialogInterface", "java/util/concurrent/Executor",
))  # fmt: skip
