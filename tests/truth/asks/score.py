"""Score the fields that `examine` finds against answers written by hand from the sources.

``python tests/truth/asks/score.py [APP ...] [--tree FOLDER] [--show] [--write]``; apps lie in ``.cache/repository-apps`` (or
``WITNESSMARK_REPOSITORY_APPS``) under the names of the answer files; absent ones are left out.
``--tree`` reads decompiled trees ``FOLDER/APP`` in place of the apps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from truth.answers import (
    ROOT,
    Answer,
    Found,
    answers_in,
    input_of,
    measure,
    plain,
    subjects,
    with_total,
)

HERE = Path(__file__).parent
REFERENCE = ROOT / "docs/reference/asks.md"


def answers() -> dict[str, Answer]:
    """Answer files by app."""
    return answers_in(HERE)


@dataclass(slots=True)
class Score:
    """Counts of one app; ``misses`` says what was wrong."""

    fields: int = 0
    met: int = 0
    surplus: int = 0
    labels: int = 0
    bound: int = 0
    bound_met: int = 0
    bound_told: int = 0
    lists: int = 0
    lists_met: int = 0
    misses: list[str] = field(default_factory=list)


def score(app: str, tree: Path | None = None) -> Score | None:
    """Score one app, None when it is absent."""
    path = input_of(app, tree)
    if path is None:
        return None
    answer, found = answers()[app], subjects(path, ("asks/",))
    fields = list(found.get("asks.field", ()))
    result = Score()
    _score_fields(answer["fields"], fields, result)
    lists = [
        (one, _labels(one))
        for one in (*found.get("asks.field", ()), *found.get("asks.choice_list", ()))
    ]
    for wanted in answer["choice_lists"]:
        result.lists += 1
        if any(
            same == _plain_all(wanted["choices"]) and _may_be(wanted, one) for one, same in lists
        ):
            result.lists_met += 1
        else:
            result.misses.append(
                f"list {wanted.get('screen')} {wanted.get('name')} {wanted['choices']}"
            )
    return result


def _score_fields(wanted: Sequence[Answer], fields: list[Found], result: Score) -> None:
    left = list(fields)
    for one in wanted:
        best = next((each for each in left if _matches(one, each)), None)
        optional = bool(one.get("optional"))
        result.fields += not optional
        if best is None:
            if not optional:
                result.misses.append(f"missing {_name(one)}")
            continue
        left.remove(best)
        if optional:
            continue
        result.met += 1
        _score_words(one, best, result)
    result.surplus = len(left)
    result.misses += [
        f"surplus {each['screen']}/{each.get('name')} {each['label']!r} {each['widget']}"
        for each in left
    ]


def _score_words(one: Answer, best: Found, result: Score) -> None:
    label, hint = plain(str(best["label"])), plain(str(best["hint"]))
    accepted = {plain(text) for text in one.get("label", [])}
    anything = "*" in one.get("label", ["*"]) and bool(label or hint)
    right = anything or label in accepted or ("" in accepted and label in ("", hint))
    wanted_hint = one.get("hint")
    right &= wanted_hint is None or (
        bool(hint or label) if wanted_hint == "*" else plain(wanted_hint) in (hint, label)
    )
    result.labels += right
    if not right:
        result.misses.append(f"label of {_name(one)}: {best['label']!r} / {best['hint']!r}")
    if "bound_to" in one:
        told = [text.strip() for text in str(best["bound_to"]).split(",") if text.strip()]
        result.bound += 1
        result.bound_told += bool(told)
        met = bool(told) and any(text in one["bound_to"] for text in told)
        result.bound_met += met
        if not met:
            result.misses.append(f"bound_to of {_name(one)}: {best['bound_to']!r}")
    if one.get("required") and not best.get("required"):
        result.misses.append(f"(required) {_name(one)}")


def _matches(one: Answer, each: Found) -> bool:
    if "made_in" in one:
        return (
            str(one["made_in"]) in str(each["screen"])
            and str(each["widget"]).endswith(one["widget"])
            and ("choices" not in one or _labels(each) == _plain_all(one["choices"]))
            and (one.get("hint", "*") == "*" or plain(str(one["hint"])) == plain(str(each["hint"])))
        )
    screen = str(each["screen"])
    if screen != one["screen"] and not screen.endswith(f"/{one['screen']}"):
        return False
    if one["name"]:
        return one["name"] in (each.get("name"), each.get("bound_to"))
    return plain(str(each["label"])) in {plain(text) for text in one["label"]}


def _may_be(wanted: Answer, one: Found) -> bool:
    if not wanted.get("screen"):
        return True
    if "screen" not in one:
        return any(
            str(used.get("screen", "")).endswith(wanted["screen"])
            for used in one.get("used_by", ())
        )
    if not str(one["screen"]).endswith(wanted["screen"]):
        return False
    if "name" in wanted:
        return str(wanted["name"]) in (one.get("name"), one.get("bound_to"))
    return plain(str(one["label"])) == plain(str(wanted["label"]))


def _labels(one: Found) -> list[str]:
    return _plain_all(choice["label"] for choice in one.get("choices", ()))


def _plain_all(texts: Any) -> list[str]:
    return [plain(str(text)) for text in texts]


def _name(one: Answer) -> str:
    return f"{one.get('screen') or one.get('made_in')}/{one.get('name') or one.get('label')}"


def rows(scores: Mapping[str, Score]) -> Iterator[str]:
    """Lines of the table in the reference."""
    yield "| app | fields | found | surplus | label right | bound to | told | right | lists | found |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for app, one in with_total(scores, Score()):
        yield (
            f"| {app} | {one.fields} | {one.met} | {one.surplus} | {one.labels} | {one.bound} | {one.bound_told} "
            f"| {one.bound_met} | {one.lists} | {one.lists_met} |"
        )


main = partial(measure, __doc__, HERE, score, rows, REFERENCE)

if __name__ == "__main__":
    main()
