"""Resource tables: what is written reads back, and no bytes break the reader."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from unit.formats.chunks import builder
from witnessmark.formats.arsc import ResourceTable, read_arsc
from witnessmark.model.errors import FormatError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
NUMBERS = st.integers(0, 0xFFFFFFFF)
ITEMS = st.lists(st.tuples(NUMBERS, st.integers(0, 255), NUMBERS), max_size=4)
SIMPLE = st.tuples(st.just("simple"), st.integers(0, 255), NUMBERS)
COMPACT = st.tuples(st.just("compact"), st.integers(0, 255), NUMBERS)
BAG = st.tuples(st.just("bag"), ITEMS, NUMBERS)
ENTRIES = st.lists(st.none() | SIMPLE | COMPACT | BAG, max_size=10)
VALID = builder.table(
    ["one", "two"],
    builder.package(
        builder.type_spec(1, [0, 0]),
        builder.table_type(1, [builder.simple(0, 3, 0), builder.compact(1, 3, 1)]),
        builder.table_type(2, [builder.bag(0, [(0x02000000, 3, 0)])], builder.config(density=240)),
        types=["string", "array"],
        keys=["a", "b"],
    ),
)


def encoded(entry: tuple[str, object, object] | None) -> bytes | None:
    match entry:
        case None:
            return None
        case ("simple", int(kind), int(data)):
            return builder.simple(0, kind, data)
        case ("compact", int(kind), int(data)):
            return builder.compact(0, kind, data)
        case (_, list(items), int(parent)):
            return builder.bag(0, items, parent)
    raise AssertionError(entry)


def ask_everything(table: ResourceTable, size: int) -> None:
    for resource_id in table.resource_ids():
        table.name(resource_id)
        table.resolve(resource_id, "zh-CN")
        for config, value in table.values(resource_id):
            assert isinstance(config.qualifiers + config.locale + value.value, str)
            assert value.span.offset + value.span.length <= size
            for item in value.items or ():
                assert item.span.end <= size
    for anomaly in table.anomalies:
        assert 0 <= anomaly.span.offset <= anomaly.span.end <= size


def read_or_refuse(data: bytes) -> None:
    try:
        table = read_arsc(data)
    except FormatError:
        return
    ask_everything(table, len(data))


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=6), ENTRIES, st.booleans())
def test_what_is_written_reads_back(
    strings: list[str], entries: list[tuple[str, object, object] | None], utf8: bool
) -> None:
    values = builder.table_type(1, [encoded(one) for one in entries])
    package = builder.package(values, types=["any"], keys=["key"])
    data = builder.table(strings, package, utf8=utf8)
    table = read_arsc(data)
    assert [table.text(index) for index in range(len(strings))] == strings
    present = [(row, one) for row, one in enumerate(entries) if one is not None]
    assert table.resource_ids() == [0x7F010000 + row for row, _ in present]
    for row, (kind, first, second) in present:
        value = table.values(0x7F010000 + row)[0][1]
        if kind == "bag":
            items = [(item.name, item.type, item.data) for item in value.items or ()]
            assert (items, value.parent) == (first, second)
        else:
            assert (value.type, value.data, value.items) == (first, second, None)
        assert data[value.span.offset : value.span.end] == encoded((kind, first, second))
    assert table.anomalies == ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)
    read_or_refuse(b"\x02\x00\x0c\x00" + data)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=6))
def test_flipped_bytes_leave_every_span_inside(flips: list[tuple[int, int]]) -> None:
    data = bytearray(VALID)
    for at, value in flips:
        data[at] = value
    read_or_refuse(bytes(data))
