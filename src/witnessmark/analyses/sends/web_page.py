"""Web pages of a server that screens of the app show: forms that are not in the app.

What it finds
    A gap for each host whose pages the app shows in itself, with the number of screens that open
    them; for the page with which the app begins, where its settings name one at a server; and for
    pages whose address is known only at run time.

Why it matters
    Such an app is a window. What it asks, and what is done with the answers, is written on the
    server, so that an app with hardly a field in it may ask for anything. Nothing found is then
    no sign that nothing is asked.

How it decides
    From the requests of kind ``webview`` of the table ``requests``, as far as code outside known
    libraries sends them and is not unreached; the screen is the part of the app that running code
    comes through. Settings of wrappers (Cordova, Capacitor, APICloud, uni-app, trusted web
    activities) are read as the pack ``start_pages`` says. Links that are followed from a page are
    no further page.

What it misses
    Pages in frames of local pages, and those that a script opens; pages shown by libraries that the
    pack ``requests`` does not know.

Example
    ``webView.loadUrl("https://visit.example.org/form")``
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.sends._tell import NO_LIBRARY
from witnessmark.analyses.sends._urls import addresses
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.tables.artifacts import MEMBERS
from witnessmark.facts.tables.code import METHODS
from witnessmark.facts.tables.manifest import (
    COMPONENTS,
    META_DATA,
    XML_ATTRIBUTES,
    XML_FILES,
    XML_NODES,
)
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.formats.html import tokens
from witnessmark.formats.jsontext import Leaf, Node, Record, read_json
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.start_pages import StartPage
from witnessmark.model.errors import FormatError
from witnessmark.model.gap import Gap

WEB_PAGE = Analysis(
    id="sends/web_page",
    version=1,
    reads=(
        COMPONENTS, MEMBERS, META_DATA, METHODS, REACH, REQUESTS, XML_ATTRIBUTES, XML_FILES,
        XML_NODES,
    ),
    knows=("start_pages",),
)  # fmt: skip

HIDES = ("asks", "keeps", "marks", "sends", "takes")
"""What pages of a server may do."""

FOLLOWED = "what shouldOverrideUrlLoading is given"
"""Origin of the address of a link that is followed from a page."""

REMOTE = ("http", "https")
UNKNOWN = ""
NOT_KNOWN = "their forms, and what they do with what is entered, are not known"


@WEB_PAGE.run
def find(app: Facts, know: Knowledge) -> Iterator[Gap]:
    """Yield a gap a host, one for unknown addresses last."""
    begins = {host for host in _start_hosts(app, know.entries("start_pages", StartPage)) if host}
    for host in sorted(begins):
        why = f"the app begins with a page of {host} that is not in the app; {NOT_KNOWN}"
        yield Gap(host, why, HIDES)
    screens = _screens(app)
    for host in sorted(screens, key=lambda one: (one == UNKNOWN, one)):
        opened = len(screens[host])
        count = f"{opened} screen{'s' if opened > 1 else ''} of it"
        if host == UNKNOWN:
            why = f"{count} can show web pages whose address is known only at run time; {NOT_KNOWN}"
            yield Gap("web pages", why, HIDES)
        elif host not in begins:
            why = f"the app shows pages of {host} that are not in the app, in {count}; {NOT_KNOWN}"
            yield Gap(host, why, HIDES)


def _screens(app: Facts) -> dict[str, set[str]]:
    """Screens by the host whose pages they show, `UNKNOWN` for one that is not known."""
    found: dict[str, set[str]] = defaultdict(set)
    columns = ("channel", "host", "owner", "subject", "trace")
    for channel, host, owner, subject, trace in app.table(REQUESTS).rows(*columns):
        if channel != "webview" or owner not in NO_LIBRARY:
            continue
        told = json.loads(subject)
        scheme, origins = told["scheme"], told["set_at_run_time"]
        is_remote = scheme in REMOTE if scheme else not host
        if is_remote and (host or origins != [FOLLOWED]):
            roots = [root for root, _ in json.loads(trace)["roots"]]
            found[host].update(_opening(app, roots))
    return {host: screens for host, screens in found.items() if screens}


def _opening(app: Facts, roots: Sequence[int]) -> set[str]:
    """Parts of the app nearest to what opens a page, on the ways by which running code comes to it;
    where no part is on one, the classes of the methods.
    """
    parts = {str(name) for name in app.table(COMPONENTS)["class_name"]}
    found: set[str] = set()
    others: set[str] = set()
    for root in roots:
        reach = best_reach(app, [root])
        if reach.state != "unreached":
            way = [one.partition(";->")[0] for one in reach.path] + [app.method_class(root)]
            names = [_outer(one) for one in reversed(way)]
            part = next((name for name in names if name in parts), "")
            (found if part else others).add(part or names[0])
    return found or others


def _outer(descriptor: str) -> str:
    """The outermost class around one, with dots."""
    return descriptor.removeprefix("L").rstrip(";").replace("/", ".").partition("$")[0]


def _start_hosts(app: Facts, pages: Sequence[StartPage]) -> Iterator[str]:
    """Hosts of the pages with which the app begins."""
    for page in pages:
        for text in _stated(app, page):
            yield from (one.host for one in addresses(text) if one.scheme in REMOTE)


def _stated(app: Facts, page: StartPage) -> Iterator[str]:
    if page.form == "manifest":
        rows = app.table(META_DATA).rows("name", "value")
        yield from (value for name, value in rows if page.recognises(name))
        return
    binary = {
        path: row for row, path in enumerate(app.table(XML_FILES)["path"].tolist())
        if page.recognises(path)
    }  # fmt: skip
    for row in binary.values():
        yield from _in_binary(app, row, page.place)
    for name, content in app.table(MEMBERS).rows("name", "content"):
        if content >= 0 and name not in binary and page.recognises(name):
            data = bytes(app.blob(content))
            yield from (
                _in_json(data, page.place) if page.form == "json" else _in_text(data, page.place)
            )


def _in_binary(app: Facts, file: int, place: Sequence[str]) -> Iterator[str]:
    element, attribute = place
    nodes = app.table(XML_NODES).rows("file", "name")
    wanted = {row for row, (of, name) in enumerate(nodes) if of == file and name == element}
    for node, name, value in app.table(XML_ATTRIBUTES).rows("node", "name", "value"):
        if node in wanted and name == attribute:
            yield value


def _in_text(data: bytes, place: Sequence[str]) -> Iterator[str]:
    element, attribute = place
    for token in tokens(data):
        if token.kind == "start" and token.name == element:
            yield from (
                value.decode("utf-8", "replace")
                for name, value in token.attributes
                if name == attribute
            )


def _in_json(data: bytes, place: Sequence[str]) -> Iterator[str]:
    try:
        node: Node | None = read_json(data)
    except FormatError:
        return
    for name in place:
        node = node.members.get(name) if isinstance(node, Record) else None
    if isinstance(node, Leaf):
        yield node.text
