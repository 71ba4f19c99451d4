"""Stand-ins for methods of texts, string builders and numbers.

Source: the reference of java.lang and java.util at docs.oracle.com/en/java/javase/17/docs/api.
Texts with characters beyond U+FFFF are not indexed, as Java counts them twice.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.numbers import LONG, wrapped
from witnessmark.flow.values.objects import (
    HOLE,
    LONGEST_TEXT,
    UNKNOWN,
    Array,
    Builder,
    Text,
    Thing,
    Value,
    char_array,
    joined_steps,
    steps_of,
)

STRING = "Ljava/lang/String;"
BUILDERS = ("Ljava/lang/StringBuilder;", "Ljava/lang/StringBuffer;")


def _indexed(call: Call) -> str | None:
    """The receiver, when its characters can be counted as Java does."""
    text = call.whole(0)
    return text if text is not None and max(text, default="") <= "\uffff" else None


def made(text: str, call: Call) -> Value:
    """A text computed from the arguments of a call; unknown when it is too long."""
    return Text(text, call.steps()) if len(text) <= LONGEST_TEXT else UNKNOWN


def _same(call: Call) -> Value:
    found = call.text(0)
    return UNKNOWN if found is None else Text(found.text, found.steps)


def _length(call: Call) -> Value:
    text = _indexed(call)
    return UNKNOWN if text is None else len(text)


def _char_at(call: Call) -> Value:
    text, index = _indexed(call), call.number(1)
    if text is None or index is None or not 0 <= index < len(text):
        return UNKNOWN
    return ord(text[index])


def _substring(call: Call) -> Value:
    text, first = _indexed(call), call.number(1)
    last = call.number(2) if len(call) > 2 else len(text or "")
    if text is None or first is None or last is None or not 0 <= first <= last <= len(text):
        return UNKNOWN
    return made(text[first:last], call)


def _find(call: Call, backwards: bool) -> Value:
    text, number = _indexed(call), call.number(1)
    by_number = call.kind(1) == "I"
    wanted = chr(number & 0xFFFF) if by_number and number is not None else call.whole(1)
    if text is None or wanted is None or (len(call) > 2 and call.number(2) is None):
        return UNKNOWN
    if backwards:
        return text.rfind(wanted) if len(call) == 2 else UNKNOWN
    return text.find(wanted, max(call.number(2) or 0, 0) if len(call) > 2 else 0)


def _index_of(call: Call) -> Value:
    return _find(call, backwards=False)


def _last_index_of(call: Call) -> Value:
    return _find(call, backwards=True)


def _compare(call: Call) -> Value:
    first, second = call.whole(0), call.whole(1)
    if first is None or second is None:
        return 0 if call.value(1) == 0 else UNKNOWN
    name = call.key.rpartition(">")[2]
    if name == "equalsIgnoreCase":
        return int(first.casefold() == second.casefold())
    answers = {
        "equals": first == second, "contentEquals": first == second,
        "startsWith": first.startswith(second), "endsWith": first.endswith(second),
        "contains": second in first,
    }  # fmt: skip
    return int(answers[name])


def _region_matches(call: Call) -> Value:
    """``regionMatches([ignoreCase,] offset, other, otherOffset, length)``."""
    at = 1 if len(call) == 5 else 2
    text, other = _indexed(call), call.whole(at + 1)
    first, second, size = call.number(at), call.number(at + 2), call.number(at + 3)
    folds = call.number(1) if at == 2 else 0
    if text is None or other is None or folds is None:
        return UNKNOWN
    if first is None or second is None or size is None:
        return UNKNOWN
    if min(first, second) < 0 or first + size > len(text) or second + size > len(other):
        return 0
    left, right = text[first : first + size], other[second : second + size]
    return int(left.casefold() == right.casefold() if folds else left == right)


def _is_empty(call: Call) -> Value:
    text = call.whole(0)
    return UNKNOWN if text is None else int(not text)


def _replace(call: Call) -> Value:
    text, old, new = call.whole(0), call.whole(1), call.whole(2)
    if text is None or old is None or new is None or not old:
        return UNKNOWN
    return Text(text.replace(old, new)[:LONGEST_TEXT], call.steps("replaces letters"))


def _replace_pattern(call: Call) -> Value:
    """ReplaceAll and replaceFirst of patterns that are plain text."""
    text, old, new = call.whole(0), call.whole(1), call.whole(2)
    if text is None or old is None or new is None or not _plain(old) or set(new) & set("$\\"):
        return UNKNOWN
    count = 1 if call.key.endswith("First") else -1
    return Text(text.replace(old, new, count)[:LONGEST_TEXT], call.steps("replaces letters"))


def _plain(pattern: str) -> bool:
    return bool(pattern) and not set(pattern) & set("\\[](){}.*+?^$|")


def _changed(call: Call) -> Value:
    text = call.whole(0)
    if text is None:
        found = call.text(0)
        return found if found is not None and call.key.endswith("trim") else UNKNOWN
    name = call.key.rpartition(">")[2]
    if name == "trim":
        return made(text.strip("".join(map(chr, range(33)))), call)
    if name == "strip":
        return made(text.strip(), call)
    if name == "reverse":
        return made(text[::-1], call)
    return made(text.lower() if name == "toLowerCase" else text.upper(), call)


def _split(call: Call) -> Value:
    text, pattern = call.whole(0), call.whole(1)
    if text is None or pattern is None or len(call) > 2:
        return UNKNOWN
    if len(pattern) == 2 and pattern[0] == "\\" and not pattern[1].isalnum():
        pattern = pattern[1]
    elif not _plain(pattern):
        return UNKNOWN
    parts = text.split(pattern)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return Array("[" + STRING, [Text(part, call.steps()) for part in parts], call.steps())


def _chars(call: Call) -> Value:
    text = call.whole(0)
    return UNKNOWN if text is None else char_array(text, call.steps())


def _concat(call: Call) -> Value:
    first, second = call.text(0), call.text(1)
    if first is None and second is None:
        return UNKNOWN
    left, right = (HOLE if one is None else one.text for one in (first, second))
    return made(left + right, call)


def _value_of(call: Call) -> Value:
    found = call.text(0)
    return UNKNOWN if found is None else Text(found.text, found.steps)


def _new_string(call: Call) -> Value:
    """``new String(...)`` of nothing, a text, or characters with offset and count."""
    if len(call) == 1:
        return Text("")
    array = call.array(1)
    if array is None or array.kind != "[C":
        found = call.text(1)
        return UNKNOWN if found is None else Text(found.text, found.steps)
    if len(call) == 4:
        first, count = call.number(2), call.number(3)
        if first is None or count is None or not 0 <= first <= first + count <= len(array.items):
            return UNKNOWN
        array = Array("[C", array.items[first : first + count], array.steps)
    letters = Call(call.key, (array,), ("[C",), call.method, call.pc).text(0)
    return UNKNOWN if letters is None else letters


def _hash(call: Call) -> Value:
    text = _indexed(call)
    if text is None:
        return UNKNOWN
    value = 0
    for letter in text:
        value = (31 * value + ord(letter)) & 0xFFFFFFFF
    return wrapped(value, 32)


def _join(call: Call) -> Value:
    glue, items = call.text(0), call.value(1)
    array = items.known.get("array") if isinstance(items, Thing) else items
    if glue is None or not isinstance(array, Array):
        return UNKNOWN
    texts = [part if isinstance(part, Text) else Text(HOLE) for part in array.items]
    steps = joined_steps(glue.steps, *(one.steps for one in texts))
    return Text(glue.text.join(one.text for one in texts)[:LONGEST_TEXT], steps)


def _new_builder(call: Call) -> Value:
    if len(call) == 1 or call.kind(1) == "I":
        return Builder()
    found = call.text(1)
    return Builder(HOLE) if found is None else Builder(found.text, found.steps)


def _append(call: Call) -> Value:
    builder = call.value(0)
    if not isinstance(builder, Builder):
        return UNKNOWN
    piece = call.text(1)
    if piece is not None and len(call) == 4:
        first, last = call.number(2), call.number(3)
        if first is None or last is None or not piece.whole:
            piece = None
        else:
            last = first + last if call.kind(1) == "[C" else last
            piece = Text(piece.text[first:last], piece.steps)
    text = HOLE if piece is None else piece.text
    if text == HOLE and builder.text.endswith(HOLE):
        return builder
    if len(builder.text) + len(text) <= LONGEST_TEXT:
        builder.text += text
        builder.steps = joined_steps(builder.steps, steps_of(piece))
    return builder


def _insert(call: Call) -> Value:
    builder, at, piece = call.value(0), call.number(1), call.text(2)
    if not isinstance(builder, Builder):
        return UNKNOWN
    if at is None or piece is None or HOLE in builder.text or not 0 <= at <= len(builder.text):
        builder.text, builder.steps = HOLE, ()
        return builder
    builder.text = (builder.text[:at] + piece.text + builder.text[at:])[:LONGEST_TEXT]
    builder.steps = joined_steps(builder.steps, piece.steps)
    return builder


def _edit(call: Call) -> Value:
    """Changes of a builder in place: reverse, setCharAt, deleteCharAt, delete, setLength."""
    builder = call.value(0)
    if not isinstance(builder, Builder):
        return UNKNOWN
    name, text = call.key.rpartition(">")[2], builder.text
    first = call.number(1) if len(call) > 1 else 0
    last = call.number(2) if len(call) > 2 else 0
    if HOLE in text or first is None or last is None or first < 0:
        builder.text, builder.steps = ("", ()) if (name, first) == ("setLength", 0) else (HOLE, ())
        return builder
    changed = {
        "reverse": text[::-1],
        "setCharAt": text[:first] + chr(last & 0xFFFF) + text[first + 1 :],
        "deleteCharAt": text[:first] + text[first + 1 :],
        "delete": text[:first] + text[max(last, first) :],
        "setLength": text[:first],
    }
    builder.text = changed[name]
    return builder


FORMATS = "sdx"


def formatted(pattern: Text, items: list[Value], call: Call) -> Value:
    """``String.format`` of ``%s``, ``%d``, ``%x`` with position and zero padding, and ``%%``.

    Source: java.util.Formatter, "Format String Syntax". A pattern with anything else is unknown.
    """
    if not pattern.whole:
        return UNKNOWN
    out, at, following = "", 0, 0
    while at < len(pattern.text):
        letter = pattern.text[at]
        at += 1
        if letter != "%":
            out += letter
            continue
        end = at
        while end < len(pattern.text) and pattern.text[end] in "0123456789$-+ ,(#.":
            end += 1
        if end == len(pattern.text):
            return UNKNOWN
        flags, kind = pattern.text[at:end], pattern.text[end]
        at = end + 1
        if kind in "%n":
            out += "%" if kind == "%" else "\n"
            continue
        position, dollar, width = flags.rpartition("$")
        index = int(position) - 1 if dollar and position.isdigit() else following
        following += not dollar
        out += _spelled(items[index] if 0 <= index < len(items) else UNKNOWN, kind, width)
    steps = joined_steps(call.steps(), *map(steps_of, items))
    return Text(out[:LONGEST_TEXT], steps)


def _spelled(item: Value, kind: str, width: str) -> str:
    """One value in a pattern; a hole when value or form is not known."""
    if isinstance(item, Text) and kind in "sS" and not width:
        return item.text
    number = item.known.get("number") if isinstance(item, Thing) else None
    if isinstance(number, int) and kind in "sdxX" and (not width or width.isdigit()):
        plain = str(number) if kind in "sd" else format(number & 0xFFFFFFFF, kind)
        size = min(int(width or 0), 64)
        return plain.rjust(size, "0" if width.startswith("0") else " ")
    return HOLE


def _format(call: Call) -> Value:
    """``format(pattern, items)``, with a locale before or the pattern as receiver."""
    at = 1 if call.kind(0) == "Ljava/util/Locale;" else 0
    pattern, items = call.text(at), call.array(at + 1)
    if pattern is None:
        return UNKNOWN
    return formatted(pattern, [] if items is None else items.items, call)


def _message(call: Call) -> Value:
    """``MessageFormat.format(pattern, items)`` for plain ``{N}``."""
    pattern, items = call.whole(0), call.array(1)
    if pattern is None or "'" in pattern:
        return UNKNOWN
    listed = [] if items is None else items.items
    head, *rest = pattern.split("{")
    out = head
    for part in rest:
        index, closed, tail = part.partition("}")
        if not closed:
            return UNKNOWN
        known = index.isdigit() and int(index) < len(listed)
        out += (_spelled(listed[int(index)], "s", "") if known else HOLE) + tail
    steps = joined_steps(call.steps(), *map(steps_of, listed))
    return Text(out[:LONGEST_TEXT], steps)


def _parsed(call: Call) -> Value:
    text = call.whole(0)
    radix = call.number(1) if len(call) > 1 else 10
    if text is None or radix is None or not 2 <= radix <= 36 or len(text) > 40:
        return UNKNOWN
    try:
        return wrapped(int(text, radix), LONG)
    except ValueError:
        return UNKNOWN


def _digits(call: Call) -> Value:
    value = call.number(0)
    if value is None:
        return UNKNOWN
    mask = (1 << (64 if call.kind(0) == "J" else 32)) - 1
    form = {"toHexString": "x", "toBinaryString": "b", "toOctalString": "o"}
    return Text(format(value & mask, form[call.key.rpartition(">")[2]]))


def _digit(call: Call) -> Value:
    value, radix = call.number(0), call.number(1)
    if value is None or radix is None:
        return UNKNOWN
    letter = chr(value & 0xFFFF)
    number = int(letter, 36) if letter.isascii() and letter.isalnum() else 99
    return number if number < radix else -1


def _case(call: Call) -> Value:
    value = call.number(0)
    if value is None:
        return UNKNOWN
    letter = chr(value & 0xFFFF)
    changed = letter.upper() if call.key.endswith("toUpperCase") else letter.lower()
    return ord(changed) if len(changed) == 1 else value


def _math(call: Call) -> Value:
    numbers = [call.number(position) for position in range(len(call))]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or call.kind(0) not in "IJ":
        return UNKNOWN
    name = call.key.rpartition(">")[2]
    return abs(known[0]) if name == "abs" else max(known) if name == "max" else min(known)


def _named(owner: str, names: str, function: Function) -> dict[str, Function]:
    return {f"{owner}->{name}": function for name in names.split()}


TEXT_FUNCTIONS: Mapping[str, Function] = {
    **_named(STRING, "toString intern", _same),
    **_named(STRING, "length", _length),
    **_named(STRING, "charAt codePointAt", _char_at),
    **_named(STRING, "substring subSequence", _substring),
    **_named(STRING, "indexOf", _index_of),
    **_named(STRING, "lastIndexOf", _last_index_of),
    **_named(
        STRING, "equals equalsIgnoreCase contentEquals startsWith endsWith contains", _compare
    ),
    **_named(STRING, "regionMatches", _region_matches),
    **_named(STRING, "isEmpty", _is_empty),
    **_named("Landroid/text/TextUtils;", "isEmpty", _is_empty),
    **_named(STRING, "replace", _replace),
    **_named(STRING, "replaceAll replaceFirst", _replace_pattern),
    **_named(STRING, "trim strip toLowerCase toUpperCase", _changed),
    **_named(STRING, "split", _split),
    **_named(STRING, "toCharArray", _chars),
    **_named(STRING, "concat", _concat),
    **_named("Lkotlin/jvm/internal/Intrinsics;", "stringPlus", _concat),
    **_named(STRING, "valueOf copyValueOf", _value_of),
    **_named(STRING, "<init>", _new_string),
    **_named(STRING, "hashCode", _hash),
    **_named(STRING, "join", _join),
    **_named("Landroid/text/TextUtils;", "join", _join),
    **_named(STRING, "format formatted", _format),
    **_named("Ljava/text/MessageFormat;", "format", _message),
    **_named("Ljava/lang/Object;", "toString", _same),
    **_named("Ljava/lang/CharSequence;", "toString", _same),
    **_named("Ljava/lang/CharSequence;", "length", _length),
    **_named("Ljava/lang/CharSequence;", "charAt", _char_at),
    **{
        key: function
        for owner in BUILDERS
        for key, function in {
            **_named(owner, "<init>", _new_builder),
            **_named(owner, "append appendCodePoint", _append),
            **_named(owner, "insert", _insert),
            **_named(owner, "reverse setCharAt deleteCharAt delete setLength", _edit),
            **_named(owner, "toString", _same),
            **_named(owner, "length", _length),
            **_named(owner, "charAt", _char_at),
            **_named(owner, "substring", _substring),
            **_named(owner, "indexOf", _index_of),
        }.items()
    },
    **_named("Ljava/lang/Integer;", "parseInt", _parsed),
    **_named("Ljava/lang/Long;", "parseLong", _parsed),
    **_named("Ljava/lang/Integer;", "toHexString toBinaryString toOctalString", _digits),
    **_named("Ljava/lang/Long;", "toHexString toBinaryString toOctalString", _digits),
    **_named("Ljava/lang/Integer;", "toString", _value_of),
    **_named("Ljava/lang/Long;", "toString", _value_of),
    **_named("Ljava/lang/Character;", "toString", _value_of),
    **_named("Ljava/lang/Character;", "digit", _digit),
    **_named("Ljava/lang/Character;", "toUpperCase toLowerCase", _case),
    **_named("Ljava/lang/Math;", "abs max min", _math),
}
"""By ``Lowner;->name``."""
