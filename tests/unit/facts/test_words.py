"""Words of code where what they are spelled from cannot be read."""

from __future__ import annotations

from pathlib import Path

from miniapp.dex import write_dex
from unit.flow.small_app import main_class
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.code import METHODS, STRINGS
from witnessmark.facts.words import UNTOLD
from witnessmark.flow.build import build_flow
from witnessmark.flow.instructions import CodeReader
from witnessmark.flow.straight import CallEvent, StraightLine
from witnessmark.flow.values.world import World
from witnessmark.package.open import open_input

TAKES = {"sig": "take(Lorg/example/Odd;)Lorg/example/Odd;", "access": "public static",
         "code": ["int 0", "return"]}  # fmt: skip
CALL = "call static Lorg/example/Main;->take(Lorg/example/Odd;)Lorg/example/Odd;"


def test_a_type_without_a_readable_name_is_untold(tmp_path: Path) -> None:
    data = write_dex([main_class("int 5", CALL, "return", methods=[TAKES])])
    path = tmp_path / "odd.dex"
    path.write_bytes(data.replace(b"Lorg/example/Odd;\0", b"\0org/example/Odd;\0"))
    facts = build_facts(open_input([path]))
    facts = facts.with_tables(build_flow(facts).tables)
    methods = {facts.method_name(row): row for row in range(len(facts.table(METHODS)))}
    take, code = methods["take"], CodeReader(facts).read(methods["onCreate"])
    assert facts.parameter_types(take) == (UNTOLD,)
    callee = World(facts).callee(take)
    assert (callee.kinds, callee.returns) == ((UNTOLD,), UNTOLD)
    assert code is not None
    (event,) = StraightLine(facts, code, {}).events()
    assert isinstance(event, CallEvent)
    assert len(event.arguments) == 1


def test_of_a_text_outside_the_file_no_byte_is_quoted(tmp_path: Path) -> None:
    data = bytearray(write_dex([main_class("string a text", "return")]))
    path = tmp_path / "odd.dex"
    path.write_bytes(data)
    sound = build_facts(open_input([path]))
    row = next(row for row in range(len(sound.table(STRINGS))) if sound.string(row) == "a text")
    assert sound.quote_string("says", row).excerpt == "a text"
    ids = int.from_bytes(data[0x3C:0x40], "little")
    data[ids + 4 * row : ids + 4 * row + 4] = b"\xff" * 4
    path.write_bytes(data)
    quoted = build_facts(open_input([path])).quote_string("says", row)
    assert quoted.at is not None
    assert (quoted.at.offset, quoted.at.length, quoted.excerpt) == (0, 0, "")
    assert quoted.says == "says; its text lies outside the file"
