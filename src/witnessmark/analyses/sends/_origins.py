"""What is known of where a value comes from that stands for itself in no constant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from witnessmark.analyses.code_names import CodeNames, Member
from witnessmark.analyses.sends._filled import filled_fields
from witnessmark.analyses.sends._labels import Label, Labels
from witnessmark.analyses.tables import API_SITES, FIELD_ANSWERS
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.constants import constant_arguments
from witnessmark.flow.values.cells import known_cells
from witnessmark.flow.values.objects import FIRST_LABEL, HOLES
from witnessmark.knowledge.flows import flow_knowledge
from witnessmark.knowledge.packs.apis import Api

DEVICE, TYPED, KEPT, COLUMN, MEMBER, FIELD, GIVEN, RESULT = range(8)
"""How much an origin tells, the best first."""

COLUMNS = frozenset({"getColumnIndex", "getColumnIndexOrThrow"})
JSON = ("org.json.JSONObject", "com.alibaba.fastjson.JSONObject", "com.google.gson.JsonObject")
EXTRAS = "extras"
STORES = {"preferences": "what is kept under the key {}",
          EXTRAS: "what another part of the app hands over as {}"}  # fmt: skip
STORE_KIND = "Landroid/net/Uri;"
LOOK_UPS = frozenset({"findViewById", "requireViewById"})


class Origin(Struct, frozen=True):
    """One origin: a plain phrase, a short name where there is one, personal-data categories, the
    fields of screens into which it is entered (screen, number, name, label).
    """

    rank: int
    says: str
    name: str = ""
    categories: tuple[str, ...] = ()
    about: str = "unknown"
    entered: tuple[tuple[str, int, str, str], ...] = ()


class Origins:
    """Tells labels of one run."""

    def __init__(
        self, app: Facts, names: CodeNames, labels: Labels, apis: Mapping[str, Api]
    ) -> None:
        self._app = app
        self._names = names
        self._labels = labels
        self._apis = apis
        self._known: dict[int, Origin] = {}

    def of_text(self, text: str) -> list[Origin]:
        """Origins of the holes in a text, each once, in order."""
        found = [self.of(number) for number in self._labels.of_text(text)]
        return list(dict.fromkeys(found))

    def named(self, text: str) -> str:
        """A text with ``{name}`` for each hole whose origin has a name, ``?`` for others."""

        def name(number: int) -> str:
            short = self.of(number).name
            return f"{{{short}}}" if short else "?"

        return HOLES.sub(lambda hole: name(ord(hole[1]) - FIRST_LABEL) if hole[1] else "?", text)

    def forms(self, text: str, words: Mapping[int, str]) -> list[str]:
        """In which other forms values of a text are, such as base64; ``words`` by method row."""
        found: dict[str, None] = {}
        for number in self._labels.of_text(text):
            for label in self._labels.everything(number):
                if label.kind == "result" and label.row in words:
                    found.setdefault(words[label.row])
        return list(found)

    def of(self, number: int) -> Origin:
        """The origin that tells most of a label and what went into it."""
        if number not in self._known:
            told = [self._one(label) for label in self._labels.everything(number)]
            self._known[number] = min(told, key=lambda one: one.rank)
        return self._known[number]

    def _one(self, label: Label) -> Origin:
        if label.kind == "field":
            return self._field(label)
        if label.kind == "parameter":
            where = self._app.method_name(label.method)
            return Origin(GIVEN, f"what {where} is given")
        if label.kind == "key":
            return Origin(KEPT, STORES["preferences"].format(label.texts[0]), label.texts[0])
        return self._result(label)

    def _field(self, label: Label) -> Origin:
        signature = self._app.field_signature(label.row)
        owner, _, rest = signature.partition("->")
        name, _, kind = rest.partition(":")
        simple = owner.rpartition("/")[2].rstrip(";").rpartition("$")[2]
        api = self._filled.get(label.row)
        if api is not None:
            return Origin(DEVICE, api.what, name, api.categories, api.about)
        known = self._fields.get((owner, name))
        if known is not None:
            shown = "" if kind == STORE_KIND else name
            return Origin(DEVICE, known.what, shown, known.categories, known.about)
        handed = self._handed.get(label.row)
        if handed is not None:
            return Origin(KEPT, STORES[EXTRAS].format(handed), handed)
        if name.startswith(("this$", "val$")):
            name = name.partition("$")[2]
            return Origin(FIELD, f"the value {name}", "" if name.isdigit() else name)
        return Origin(FIELD, f"the field {simple}.{name}", name)

    def _result(self, label: Label) -> Origin:
        api = self._device.get((label.method, label.pc))
        if api is not None:
            name = api.members[0] if api.members else api.id.rpartition(".")[2]
            return Origin(DEVICE, api.what, name, api.categories, api.about)
        owner = self._app.method_class(label.row)
        name = self._app.method_name(label.row)
        if self._sources.get(label.row) == "form":
            where, entered = self._view(label), self._answered.get((label.method, label.pc), ())
            where = where or next((name for _, _, name, _ in entered if name), "")
            says = f"what is entered in {where}" if where else "what is entered in a form"
            return Origin(TYPED, says, where, entered=tuple(entered))
        key = label.texts[0] if label.texts else ""
        cell = known_cells().get(f"L{owner.replace('.', '/')};->{name}")
        if cell is not None and key:
            return Origin(KEPT, STORES[cell.store].format(key), key)
        if name in COLUMNS and key:
            return Origin(COLUMN, f"the column {key} of a store", key)
        if owner in JSON and key and name.startswith(("get", "opt")):
            return Origin(MEMBER, f"the member {key} of a JSON text", key)
        return Origin(RESULT, f"what {owner.rpartition('.')[2]}.{name} gives")

    def _view(self, label: Label) -> str:
        """The name of the view that a value was entered in: its id, else its field."""
        fallback = ""
        numbers = self._labels
        for inner in label.inner:
            for one in numbers.everything(inner):
                if one.kind == "result" and one.numbers:
                    found = self._entries.get(one.numbers[0], "")
                    if found:
                        return found
                if one.kind == "field" and one.row in self._view_fields:
                    return self._view_fields[one.row]
                if one.kind == "field" and not fallback:
                    name = self._app.field_signature(one.row).partition("->")[2].partition(":")[0]
                    fallback = "" if "$" in name else name
        return fallback

    @cached_property
    def _answered(self) -> Mapping[tuple[int, int], Sequence[tuple[str, int, str, str]]]:
        """Fields of screens by the place that takes what was entered into them."""
        found: dict[tuple[int, int], list[tuple[str, int, str, str]]] = defaultdict(list)
        columns = ("screen", "number", "name", "label", "method", "pc")
        for screen, number, name, label, method, pc in self._app.table(FIELD_ANSWERS).rows(
            *columns
        ):
            found[method, pc].append((screen, number, name, label))
        return found

    @cached_property
    def _entries(self) -> Mapping[int, str]:
        rows = self._app.table(RESOURCES).rows("resource", "name")
        return {int(number): str(name) for number, name in rows}

    @cached_property
    def _device(self) -> Mapping[tuple[int, int], Api]:
        """Entries of pack ``apis`` by the place of the call that reads."""
        found: dict[tuple[int, int], Api] = {}
        for name, how, method, pc in self._app.table(API_SITES).rows("api", "how", "method", "pc"):
            api = self._apis.get(name)
            if how == "call" and api is not None and api.what:
                found.setdefault((method, pc), api)
        return found

    @cached_property
    def _fields(self) -> Mapping[tuple[str, str], Api]:
        """Entries of pack ``apis`` about fields, by descriptor and name."""
        return {
            (api.descriptor, name): api
            for api in self._apis.values()
            if api.kind == "field" and api.what
            for name in api.members
        }

    @cached_property
    def _filled(self) -> Mapping[int, Api]:
        """Entries of pack ``apis`` by the field that holds what they give."""
        given: dict[int, Api] = {}
        columns = ("api", "how", "action", "call")
        for name, how, action, call in self._app.table(API_SITES).rows(*columns):
            api = self._apis.get(name)
            if how == "call" and action == "read" and api is not None and api.what:
                given.setdefault(call, api)
        fields = filled_fields(self._app, given)
        return {field: given[call] for field, call in fields.items()}

    @cached_property
    def _handed(self) -> Mapping[int, str]:
        """Keys by the field into which code puts what another part of the app hands over by one."""
        getters = {
            Member(owner.removeprefix("L").rstrip(";").replace("/", "."), name)
            for owner, name in (
                key.split("->") for key, cell in known_cells().items()
                if cell.store == EXTRAS and cell.access == "get"
            )
        }  # fmt: skip
        rows = [call.row for call in self._names.calls(self._names.methods(getters, below=False))]
        fields = filled_fields(self._app, rows)
        given = constant_arguments(self._app, sorted(set(fields.values())))
        keys = {
            call: text
            for call, position, kind, text in given.rows("call", "position", "kind", "text")
            if position == 0 and kind == "string" and text
        }
        return {field: keys[call] for field, call in fields.items() if call in keys}

    @cached_property
    def _view_fields(self) -> Mapping[int, str]:
        """Names of views by the field that holds them."""
        rows = [
            call
            for name in sorted(LOOK_UPS)
            for method in self._names.named(name)
            for call in self._app.calls_of(method)
        ]
        fields = filled_fields(self._app, rows)
        given = constant_arguments(self._app, sorted(set(fields.values())))
        numbers = {
            call: text
            for call, position, kind, text in given.rows("call", "position", "kind", "text")
            if position == 0 and kind == "int"
        }
        return {
            field: self._entries[int(numbers[call]) & 0xFFFFFFFF]
            for field, call in fields.items()
            if int(numbers.get(call, "0")) & 0xFFFFFFFF in self._entries
        }

    @cached_property
    def _sources(self) -> Mapping[int, str]:
        """Kinds of sources by the method rows that they mean."""
        wanted: dict[Member, str] = {}
        for (owner, name), entries in flow_knowledge().sources_by_member.items():
            wanted[Member(owner, name)] = entries[0].kind
        found: dict[int, str] = defaultdict(str)
        for row, members in self._names.methods(wanted, below=True).items():
            found[row] = wanted[members[0]]
        return found


def phrases(origins: list[Origin]) -> Iterator[str]:
    """What origins say, each once."""
    yield from dict.fromkeys(one.says for one in origins)
