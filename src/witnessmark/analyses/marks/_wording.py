"""Origins in words that a reader without Java understands, with the names that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from witnessmark.analyses.marks._books_in_resources import string_resources
from witnessmark.facts.tables.code import FIELDS
from witnessmark.facts.tables.resources import RESOURCES
from witnessmark.facts.view import Facts
from witnessmark.flow.guards import Condition
from witnessmark.flow.origins import (
    CallResult,
    Computed,
    Constant,
    FieldRead,
    Origin,
    Parameter,
    Relation,
    Sum,
    Unknown,
)  # fmt: skip
from witnessmark.formats.patterns import kept_regex
from witnessmark.knowledge.packs.record_marks import RecordMark

ACCESSOR = kept_regex(r"(?:get|is|has|was|fetch|read)(?=[A-Z_])")
OF_THINGS = (
    "java.io.", "java.lang.", "java.util.zip.", "java.net.", "java.nio.", "java.security.",
    "java.text.", "java.util.jar.", "java.util.logging.", "javax.", "org.xmlpull.", "org.w3c.",
    "org.xml.", "dalvik.", "kotlin.", "kotlinx.", "android.animation.", "android.app.",
    "android.content.pm.", "android.content.res.", "android.database.", "android.graphics.",
    "android.media.", "android.os.", "android.util.", "android.view.", "android.widget.",
    "android.webkit.", "androidx.", "android.support.",
)  # fmt: skip
"""Packages whose getters tell of files, classes, marks in a file and the screen, and of nobody."""

EQUAL = frozenset({"equals", "equalsIgnoreCase", "contentEquals", "areEqual"})
HOLDS = {"contains": "contains", "startsWith": "begins with", "endsWith": "ends with",
         "matches": "fits the pattern", "containsKey": "has", "indexOf": "contains"}  # fmt: skip
READERS = frozenset({"getText", "toString", "getEditableText"})
CELLS = frozenset({"getString", "getInt", "getLong", "getShort", "getFloat", "getDouble"})
WORDS = {"==": "is", "!=": "is not", "<": "is below", ">=": "is at least", ">": "is above",
         "<=": "is at most"}  # fmt: skip
NEGATED = {"is": "is not", "contains": "does not contain", "begins with": "does not begin with",
           "ends with": "does not end with", "fits the pattern": "does not fit the pattern",
           "has": "does not have"}  # fmt: skip


MIRRORED: Mapping[Relation, Relation] = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


class Phrase(Struct, frozen=True):
    """Words for a value, and the identifiers and keys that it is made of."""

    text: str
    names: tuple[str, ...] = ()


class Clause(Struct, frozen=True):
    """A condition: what is compared, how, with what; ``right`` None for a mere yes or no."""

    left: Phrase
    verb: str
    right: Origin | None
    right_text: str

    @property
    def text(self) -> str:
        """The condition as a clause."""
        return f"{self.left.text} {self.verb} {self.right_text}".strip()


class Wording:
    """Words for the origins of one app."""

    def __init__(self, app: Facts, marks: Sequence[RecordMark]) -> None:
        self._app = app
        self._keys: Mapping[tuple[str, str], int] = {
            (one.owner, one.member): one.position for one in marks if one.role == "get"
        }
        self._resources = {
            resource: (kind, name)
            for resource, kind, name in app.table(RESOURCES).rows("resource", "type", "name")
        }
        self._ids = {
            (kind, name.replace(".", "_")): resource
            for resource, (kind, name) in self._resources.items()
        }

    def phrase(self, origin: Origin) -> Phrase:
        """Words for a value; an empty text where nothing is known of it."""
        if isinstance(origin, Constant):
            return Phrase(self.constant(origin))
        if isinstance(origin, FieldRead):
            return self._field(origin)
        if isinstance(origin, CallResult):
            return self._call(origin)
        if isinstance(origin, Computed):
            return self._computed(origin)
        if isinstance(origin, Sum):
            return Phrase("the sum of points", ("points",))
        if isinstance(origin, Parameter) and origin.position >= 0:
            return Phrase("a value that is passed in")
        return Phrase("")

    def resource(self, origin: Origin) -> int:
        """Id of the resource that a value names, by number or as a field of ``R``; -1 for none."""
        if isinstance(origin, Constant) and origin.kind in ("int", "long"):
            number = int(origin.text)
            return number if number in self._resources else -1
        if isinstance(origin, FieldRead) and origin.owner is None:
            fields = self._app.table(FIELDS)
            owner = self._app.type_name(int(fields["class_type"][origin.row]))
            before, _, kind = owner.rpartition("$")
            if before.rpartition(".")[2] == "R":
                name = self._app.string(int(fields["name"][origin.row]))
                return int(self._ids.get((kind, name), -1))
        return -1

    def constant(self, origin: Origin) -> str:
        """A constant as the app has it; a resource by its text or name; empty for no constant."""
        if isinstance(origin, Constant) and origin.kind == "string":
            return f"“{origin.text}”"
        resource = self.resource(origin)
        if resource >= 0:
            text = string_resources(self._app).get(resource)
            kind, name = self._resources[resource]
            return f"“{text[0]}”" if text else f"{kind} {name}"
        return origin.text if isinstance(origin, Constant) else ""

    def _field(self, origin: FieldRead) -> Phrase:
        app = self._app
        fields = app.table(FIELDS)
        name = app.string(int(fields["name"][origin.row]))
        owner = app.type_name(int(fields["class_type"][origin.row])).rpartition(".")[2]
        owner = owner.partition("$")[2] or owner
        if owner.startswith("R$") or not owner:
            return Phrase(name, (name,))
        return Phrase(f"{owner}.{name}", (name, owner))

    def _call(self, origin: CallResult) -> Phrase:
        if origin.callee < 0:
            return Phrase("")
        app = self._app
        owner, name = app.method_class(origin.callee), app.method_name(origin.callee)
        key = self._key(origin, owner, name)
        if key:
            return Phrase(f"“{key}” of the data", (key,))
        given = origin.arguments
        if name in READERS and len(given) == 1:
            inner = self.phrase(given[0])
            return Phrase(f"the text of {inner.text}", inner.names) if inner.text else Phrase("")
        if name == "findViewById" and given:
            _, view = self._resources.get(self.resource(given[-1]), ("", ""))
            return Phrase(f"the field {view}", (view,)) if view else Phrase("")
        if ACCESSOR.match(name) and len(given) == 1:
            return self._got(given[0], owner, ACCESSOR.sub("", name))
        if name in ("parseInt", "parseDouble", "parseFloat", "parseLong") and given:
            return self.phrase(given[0])
        return self._other_call(origin, owner, name)

    def _got(self, holder: Origin, owner: str, stem: str) -> Phrase:
        """What a getter gives of its object, which may itself have been got from another."""
        name = f"{stem[:1].lower()}{stem[1:]}"
        if isinstance(holder, CallResult | FieldRead):
            inner = self.phrase(holder)
            got = isinstance(holder, FieldRead) or ACCESSOR.match(
                self._app.method_name(holder.callee) if holder.callee >= 0 else ""
            )
            if inner.text and got and "." in inner.text:
                own = () if owner.startswith(OF_THINGS) else (stem,)
                return Phrase(f"{inner.text}.{name}", (*own, *inner.names))
        simple = owner.rpartition(".")[2].partition("$")[2] or owner.rpartition(".")[2]
        if owner.startswith(OF_THINGS):
            return Phrase(f"{simple}.{name}")
        return Phrase(f"{simple}.{name}", (stem, simple))

    def _other_call(self, origin: CallResult, owner: str, name: str) -> Phrase:
        if name in ("size", "length", "getCount") and origin.arguments:
            inner = self.phrase(origin.arguments[0])
            return Phrase(f"the number of {inner.text}", inner.names) if inner.text else Phrase("")
        simple = owner.rpartition(".")[2]
        names = tuple(one for given in origin.arguments for one in self.phrase(given).names)
        return Phrase(f"the result of {simple}.{name}", (name, *names))

    def _key(self, origin: CallResult, owner: str, name: str) -> str:
        position = self._keys.get((owner, name))
        if position is None or len(origin.arguments) <= position + 1:
            return self._column(origin, name)
        key = origin.arguments[position + 1]
        return key.text if isinstance(key, Constant) and key.kind == "string" else ""

    def _column(self, origin: CallResult, name: str) -> str:
        """The column that a cursor is asked for by what another call says of its name."""
        place = origin.arguments[1] if len(origin.arguments) == 2 and name in CELLS else None
        if not isinstance(place, CallResult) or place.callee < 0 or len(place.arguments) < 2:
            return ""
        if not self._app.method_name(place.callee).startswith("getColumnIndex"):
            return ""
        key = place.arguments[1]
        return key.text if isinstance(key, Constant) and key.kind == "string" else ""

    def _computed(self, origin: Computed) -> Phrase:
        parts = [self.phrase(one) for one in origin.operands]
        if origin.sign in ("length", "element") and parts:
            inner = parts[0]
            what = "the number of" if origin.sign == "length" else "an element of"
            return Phrase(f"{what} {inner.text}", inner.names) if inner.text else Phrase("")
        names = tuple(name for part in parts for name in part.names)
        texts = [part.text or "a value" for part in parts]
        if len(texts) == 2 and names and origin.sign != "compare":
            sign = origin.sign.replace("-", "−")
            return Phrase(f"({texts[0]} {sign} {texts[1]})", names)
        return Phrase("", names)

    def clause(self, condition: Condition) -> Clause | None:
        """A condition as a clause; None where what is compared is not known."""
        left, right, relation = condition.left, condition.right, condition.relation
        if isinstance(left, Computed) and left.sign == "compare" and _is_zero(right):
            left, right = left.operands
        if isinstance(left, CallResult) and left.callee >= 0 and _is_zero(right):
            inner = self._tested(left, relation == "!=")
            if inner is not None:
                return inner
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right = right, left
            relation = MIRRORED.get(relation, relation)
        phrase = self.phrase(left)
        if not phrase.text or isinstance(right, Unknown):
            return None
        told = self.phrase(right).text
        return Clause(phrase, WORDS[relation], right, told) if told else None

    def _tested(self, call: CallResult, yes: bool) -> Clause | None:
        """A call that answers yes or no, as what it asks."""
        name, given = self._app.method_name(call.callee), call.arguments
        verb = "is" if name in EQUAL else HOLDS.get(name, "")
        if verb and len(given) > 1:
            first, second = given[0], given[1]
            if isinstance(first, Constant) and not isinstance(second, Constant):
                first, second = second, first
            left, right = self.phrase(first), self.phrase(second)
            if left.text and right.text:
                return Clause(left, verb if yes else NEGATED[verb], second, right.text)
            return None
        phrase = self.phrase(call)
        if not phrase.text:
            return None
        return Clause(phrase, "is true" if yes else "is false", None, "")


def _is_zero(origin: Origin) -> bool:
    return isinstance(origin, Constant) and origin.text == "0"
