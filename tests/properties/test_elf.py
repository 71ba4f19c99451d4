from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from unit.formats.elf.made_elf import MadeElf
from witnessmark.formats.elf import java_name, read_elf
from witnessmark.model.errors import FormatError

WORDS = st.text("abcdefgXYZ_0123456789", min_size=1, max_size=12)
LISTS = st.lists(WORDS, max_size=6).map(tuple)
FIRST, REST = "AbZ_$\u4f60\u597d", "Az09_$"
NAMES = st.tuples(st.sampled_from(FIRST), st.text(REST, max_size=6)).map("".join)


@settings(max_examples=60, deadline=None)
@given(imports=LISTS, exports=LISTS, needed=LISTS, gnu_hash=st.booleans())
def test_what_was_written_is_read(
    imports: tuple[str, ...], exports: tuple[str, ...], needed: tuple[str, ...], gnu_hash: bool
) -> None:
    made = MadeElf(imports=imports, exports=exports, needed=needed, gnu_hash=gnu_hash)
    found = read_elf(made.build())
    assert tuple(one.name for one in found.symbols if one.kind == "import") == imports
    assert tuple(one.name for one in found.symbols if one.kind == "export") == exports
    assert found.needed == needed


@settings(max_examples=150, deadline=None)
@given(
    hurts=st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=8)), max_size=6),
    length=st.integers(0, 4000),
)
def test_damage_is_read_around_or_refused(hurts: list[tuple[int, bytes]], length: int) -> None:
    data = bytearray(MadeElf(imports=("a", "b"), needed=("c",), data=b"\0words\0").build())
    for at, content in hurts:
        data[at % len(data) : at % len(data) + len(content)] = content
    data = data[: max(length, 1)]
    try:
        found = read_elf(bytes(data))
    except FormatError:
        return
    spans = [one.span for one in found.symbols] + [one.span for one in found.strings]
    assert all(0 <= span.offset <= span.end <= len(data) for span in spans)


@settings(max_examples=60, deadline=None)
@given(package=st.lists(NAMES, min_size=1, max_size=3), method=NAMES)
def test_jni_names_come_back(package: list[str], method: str) -> None:
    mangled = "_".join(map(mangle, [*package, method]))
    found = java_name(f"Java_{mangled}")
    assert found is not None
    assert (found.class_name, found.method) == (".".join(package), method)


def mangle(part: str) -> str:
    plain = {"_": "_1", ";": "_2", "[": "_3"}
    return "".join(
        plain.get(one) or (one if one.isascii() and one.isalnum() else f"_0{ord(one):04x}")
        for one in part
    )
