"""Code books that code builds: maps, runs of like objects, choices by a value, arrays."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from witnessmark.analyses.marks._books import CODE, Book, BookEntry
from witnessmark.analyses.ownership import not_of_libraries
from witnessmark.facts.tables.code import CALLS, METHODS, STRING_USES, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.choice_texts import choice_texts
from witnessmark.flow.constants import array_elements, constant_arguments

FEWEST = 3
"""Entries from which pairs count as a book."""

MAPS = (
    "java.util.Map", "java.util.HashMap", "java.util.LinkedHashMap", "java.util.Hashtable",
    "java.util.TreeMap", "android.util.SparseArray", "android.util.ArrayMap",
    "androidx.collection.ArrayMap", "java.util.concurrent.ConcurrentHashMap",
)  # fmt: skip

Told = NDArray[np.bool_]
"""Which methods are looked into."""

Pair = tuple[str, str, int, int]
"""Code, label, row of the label's string, place."""


def code_books(app: Facts) -> Iterator[Book]:
    """Books in code by kind, then by method; the code of known libraries is left out."""
    told = not_of_libraries(app)
    yield from _maps(app, told)
    yield from _objects(app, told)
    yield from _choices(app, told)
    yield from _arrays(app, told)


def _maps(app: Facts, told: Told) -> Iterator[Book]:
    callers = app.table(CALLS)["method"]
    calls = [row for owner in MAPS for row in app.calls_to(owner, "put") if told[int(callers[row])]]
    given = _arguments(app, calls)
    pairs: dict[int, list[Pair]] = defaultdict(list)
    for call in sorted(given):
        key, value = given[call].get(0), given[call].get(1)
        if key and value and value[0] == "string":
            method, pc = _place(app, call)
            pairs[method].append((key[1], value[1], value[2], pc))
        elif key and value and key[0] == "string":
            method, pc = _place(app, call)
            pairs[method].append((value[1], key[1], key[2], pc))
    for method, listed in sorted(pairs.items()):
        yield from _book(app, "map", method, listed)


def _objects(app: Facts, told: Told) -> Iterator[Book]:
    """Runs of at least four objects of one class of the app, made with a text and a code."""
    methods, calls = app.table(METHODS), app.table(CALLS)
    candidates = np.flatnonzero((methods["class"][calls["callee"]] >= 0) & told[calls["method"]])
    runs = Counter(
        zip(calls["method"][candidates].tolist(), calls["callee"][candidates].tolist(), strict=True)
    )
    wanted = {pair for pair, times in runs.items() if times > FEWEST and _makes_pairs(app, pair[1])}
    rows = [
        row
        for row in candidates.tolist()
        if (int(calls["method"][row]), int(calls["callee"][row])) in wanted
    ]
    given = _arguments(app, rows)
    pairs: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for call in sorted(given):
        pair = _labelled(given[call])
        if pair is not None:
            method, pc = _place(app, call)
            pairs[method, int(calls["callee"][call])].append((*pair, pc))
    for (method, _), listed in sorted(pairs.items()):
        yield from _book(app, "objects", method, listed)


def _makes_pairs(app: Facts, callee: int) -> bool:
    """Whether a method takes a text and another text or number, as makers of choices do."""
    kinds = app.parameter_types(callee)
    texts = kinds.count("Ljava/lang/String;")
    enum = kinds[:2] == ("Ljava/lang/String;", "I") and app.method_name(callee) == "<init>"
    numbers = sum(kind in "ISBCJ" or kind == "Ljava/lang/Integer;" for kind in kinds)
    return texts >= 1 and texts + numbers >= 2 and not (enum and len(kinds) > 2 and texts == 1)


def _labelled(arguments: Mapping[int, tuple[str, str, int]]) -> tuple[str, str, int] | None:
    """Code, label and the label's string: the longest text is the label, the first other
    constant the code.
    """
    given = [arguments[position] for position in sorted(arguments) if position >= 0]
    texts = [one for one in given if one[0] == "string" and one[2] >= 0]
    if not texts:
        return None
    label = max(texts, key=lambda one: (not one[1].isascii(), len(one[1])))
    others = [one[1] for one in given if one is not label and one[0] in ("string", "int", "long")]
    codes = [text for text in others if CODE.fullmatch(text)]
    return (codes[0], label[1], label[2]) if codes else None


def _choices(app: Facts, told: Told) -> Iterator[Book]:
    groups: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    chosen = np.flatnonzero(told).tolist()
    for method, choice, key, key_string, string, pc in choice_texts(app, chosen).rows():
        text = app.string(string)
        if key_string >= 0 and not key.isascii() and text.isascii():
            groups[method, choice].append((text, key, key_string, pc))
        else:
            groups[method, choice].append((key, text, string, pc))
    for (method, _), listed in sorted(groups.items()):
        yield from _book(app, "choice", method, listed)


def _arrays(app: Facts, told: Told) -> Iterator[Book]:
    """String arrays in code, each with the codes of an array of its method and length."""
    arrays: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for method, array, string, pc in array_elements(app).rows("method", "array", "string", "pc"):
        if string >= 0 and told[method]:
            arrays[method][array].append((string, pc))
    for method, listed in sorted(arrays.items()):
        texts = {array: [app.string(row) for row, _ in rows] for array, rows in listed.items()}
        for array, rows in sorted(listed.items()):
            codes = _sister_codes(texts, array)
            pairs = [
                (codes[at] if codes else str(at), texts[array][at], row, pc)
                for at, (row, pc) in enumerate(rows)
            ]
            yield from _book(app, "array", method, pairs, stated=bool(codes))


def _sister_codes(texts: Mapping[int, Sequence[str]], array: int) -> Sequence[str]:
    for other in sorted(texts, key=lambda one: abs(one - array)):
        if (
            other != array
            and len(texts[other]) == len(texts[array])
            and all(CODE.fullmatch(text) and len(text) <= 8 for text in texts[other])
        ):
            return texts[other]
    return ()


def _book(
    app: Facts, kind: str, method: int, pairs: Sequence[Pair], *, stated: bool = True
) -> Iterator[Book]:
    distinct = {label: (code, label, row, pc) for code, label, row, pc in reversed(pairs)}
    if len(distinct) < FEWEST:
        return
    strings = app.table(STRINGS)
    entries = []
    for code, label, row, _ in sorted(distinct.values(), key=lambda pair: pair[3]):
        span = tuple(int(strings[column][row]) for column in ("artifact", "offset", "length"))
        entries.append(BookEntry(code, label, "", (span[0], span[1], span[2]), "mutf-8"))
    name = f"{app.method_class(method)}.{app.method_name(method)}"
    yield Book(kind, name, tuple(entries), stated, (method,), False, read=False)


def _arguments(
    app: Facts, calls: Sequence[int]
) -> Mapping[int, Mapping[int, tuple[str, str, int]]]:
    """Constant arguments by call and position: kind, text, row of the string."""
    found: dict[int, dict[int, tuple[str, str, int]]] = defaultdict(dict)
    talking = set(app.table(STRING_USES)["method"].tolist())
    table = app.table(CALLS)
    wanted = [row for row in calls if int(table["method"][row]) in talking]
    for call, position, kind, text, row in constant_arguments(app, wanted).rows(
        "call", "position", "kind", "text", "row"
    ):
        found[call][position] = (kind, text, row)
    return found


def _place(app: Facts, call: int) -> tuple[int, int]:
    table = app.table(CALLS)
    return int(table["method"][call]), int(table["pc"][call])
