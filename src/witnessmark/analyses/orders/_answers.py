"""What code that speaks of tasks does with the answer: requests it makes, recordings it takes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.tables import API_SITES, REQUESTS
from witnessmark.facts.view import Facts
from witnessmark.knowledge.packs.apis import Api
from witnessmark.model.evidence import Evidence

RECORDED = frozenset({"wm:Photograph", "wm:SurroundingSound", "pd:Fingerprint", "wm:Iris"})
MOST = 6


class Answer(Struct, frozen=True):
    """One request or recording: what is said of it, how it is told, and the place."""

    kind: str
    says: str
    told: Mapping[str, object]
    method: int
    pc: int

    def quote(self, app: Facts) -> Evidence:
        """Evidence that quotes the place."""
        says = f"{self.says}, in {app.method_signature(self.method)}"
        return app.quote_instruction(says, self.method, self.pc)


def answers_by_class(app: Facts, apis: Sequence[Api]) -> Mapping[str, Sequence[Answer]]:
    """Answers by the outer class whose code gives them, in the order of requests and places."""
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for subject, trace in app.table(REQUESTS).rows("subject", "trace"):
        _add_request(app, json.loads(subject), json.loads(trace), found)
    recording = {one.id: one for one in apis if RECORDED & {*one.categories}}
    for name, action, method, pc in app.table(API_SITES).rows("api", "action", "method", "pc"):
        if name in recording and action == "record" and method >= 0:
            says = recording[name].doing(action)
            answer = Answer("record", says, {"what": recording[name].what}, method, max(pc, 0))
            found[outer_class(app, method)].setdefault(says, answer)
    return {owner: list(answers.values()) for owner, answers in found.items()}


def _add_request(
    app: Facts,
    subject: Mapping[str, Any],
    trace: Mapping[str, Sequence[Any]],
    found: Mapping[str, dict[str, Answer]],
) -> None:
    """Where a request is made, and where what it sends is put together."""
    url, verb = str(subject["url"]), str(subject["method"])
    names = [one["name"] for one in subject["parameters"] if one["in"] != "header"]
    if not names or not trace["sites"]:
        return
    places = [chain[0] for _, chain in trace["roots"] if chain]
    for method, pc in (*places, *trace["sites"]):
        if pc >= 0:
            told = {"method": verb, "url": url, "parameters": names}
            says = f"sends a {verb} request to {url or 'an address known at run time'}"
            answer = Answer("send", says, told, method, pc)
            found[outer_class(app, method)].setdefault(says, answer)


def outer_class(app: Facts, method: int) -> str:
    """The class that a method belongs to, without those inside it."""
    return app.method_class(method).partition("$")[0]
