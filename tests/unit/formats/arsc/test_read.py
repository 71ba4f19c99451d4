from __future__ import annotations

import struct

import pytest

from unit.formats.chunks import builder
from unit.formats.chunks.builder import bag, compact, package, simple, table, table_type
from witnessmark.formats.arsc import ResourceTable, join, read_arsc
from witnessmark.model.errors import FormatError

TEXTS = ["Name", "姓名", "手机号码"]
KEYS = ["label", "other", "sexes"]
STRING, REFERENCE = 3, 1
ZH = builder.config(language=b"zh")


def read(
    *chunks: bytes, types: tuple[str, ...] = ("string", "array"), number: int = 0x7F
) -> ResourceTable:
    return read_arsc(table(TEXTS, package(*chunks, types=types, keys=KEYS, number=number)))


def kinds(one: ResourceTable) -> list[str]:
    return [anomaly.kind for anomaly in one.anomalies]


def test_values_by_configuration_with_their_bytes() -> None:
    chunks = [
        builder.type_spec(1, [0x40000004, 0]),
        table_type(1, [simple(0, STRING, 0), simple(1, 0x12, 1)]),
        table_type(1, [simple(0, STRING, 1), None], ZH),
    ]
    data = table(TEXTS, package(*chunks, types=["string"], keys=KEYS))
    found = read_arsc(data)
    assert found.resource_ids() == [0x7F010000, 0x7F010001]
    assert found.name(0x7F010000) == "string/label"
    values = found.values(0x7F010000)
    assert [(config.qualifiers, value.text) for config, value in values] == [
        ("", "Name"), ("zh", "姓名"),
    ]  # fmt: skip
    value = values[1][1]
    assert value.text_span is not None
    assert data[value.text_span.offset : value.text_span.end].decode(value.encoding or "") == "姓名"
    assert data[value.span.offset : value.span.end] == simple(0, STRING, 1)
    assert found.text(2) == "手机号码"
    assert found.text_span(9) is None
    assert (found.is_public(0x7F010000), found.is_public(0x7F010001)) == (True, False)
    assert found.values(0x7F010001)[0][1].value == "true"
    assert found.packages[0].name == "app"
    assert found.anomalies == ()


def test_sparse_short_and_compact_entries_read_alike() -> None:
    entries = simple(0, STRING, 1) + compact(1, STRING, 2)
    plain = read(table_type(1, [None, simple(0, STRING, 1), compact(1, STRING, 2)]))
    sparse = read(builder.raw_type(1, 1, 2, struct.pack("<4H", 1, 0, 2, 4), entries))
    short = read(builder.raw_type(1, 2, 3, struct.pack("<3H", 0xFFFF, 0, 4), entries))
    for one in (plain, sparse, short):
        assert one.resource_ids() == [0x7F010001, 0x7F010002]
        assert one.name(0x7F010002) == "string/other"
        assert one.values(0x7F010001)[0][1].text == "姓名"
        assert one.values(0x7F010002)[0][1].text == "手机号码"
        assert one.values(0x7F010002)[0][1].span.length == 8
        assert one.anomalies == ()


@pytest.mark.parametrize("first", [0x02000000, 0x01000001])
def test_arrays_count_from_nought_whichever_tool_made_them(first: int) -> None:
    items = [(first + index, STRING, index) for index in range(3)]
    found = read(table_type(2, [bag(2, items)])).values(0x7F020000)[0][1]
    assert found.items is not None
    assert [(item.key, item.text) for item in found.items] == list(enumerate_text(TEXTS))
    assert found.value == "{0=Name, 1=姓名, 2=手机号码}"
    assert found.span.length == 16 + 3 * 12


def enumerate_text(texts: list[str]) -> list[tuple[str, str]]:
    return [(str(index), text) for index, text in enumerate(texts)]


def test_plurals_attributes_and_styles_name_their_items() -> None:
    bags = [
        bag(0, [(0x01000006, STRING, 0), (0x01000004, STRING, 1)]),
        bag(1, [(0x01000000, 0x10, 1), (0x01000001, 0x10, 0)]),
        bag(2, [(0x01010095, 0x05, 0x1001)], parent=0x7F020001),
    ]
    found = [read(table_type(2, bags)).values(0x7F020000 + row)[0][1] for row in range(3)]
    keys = [[item.key for item in one.items or ()] for one in found]
    assert keys == [["one", "other"], ["^type", "^min"], ["0x01010095"]]
    assert found[2].parent == 0x7F020001


def test_an_empty_bag_is_a_bag() -> None:
    found = read(table_type(2, [bag(0, [])])).values(0x7F020000)[0][1]
    assert found.items == ()
    assert found.span.length == 16


def test_entries_may_share_a_bag() -> None:
    items = bag(0, [(0x02000000, STRING, 0)])
    found = read(builder.raw_type(2, 0, 2, struct.pack("<2I", 0, 0), items))
    assert found.entries.bag.tolist() == [0, 0]
    assert len(found.bags.name) == 1


def test_references_are_followed_and_circles_end() -> None:
    ids = [0x7F010000 + index for index in range(4)]
    entries = [
        simple(0, REFERENCE, ids[1]),
        simple(0, STRING, 1),
        simple(0, REFERENCE, ids[2]),
        simple(0, REFERENCE, 0x01040000),
    ]
    found = read(table_type(1, entries))
    resolved = [found.resolve(one) for one in ids]
    assert [one.value if one else None for one in resolved] == [
        "姓名", "姓名", "@0x7f010002", "@0x01040000",
    ]  # fmt: skip
    assert found.resolve(0x7F010009) is None
    assert found.resolve(-1) is None


def test_a_chain_of_references_is_followed_so_far_and_no_farther() -> None:
    chain = [simple(0, REFERENCE, 0x7F010001 + index) for index in range(40)]
    found = read(table_type(1, [*chain, simple(0, STRING, 0)])).resolve(0x7F010000)
    assert found is not None
    assert found.is_reference


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (None, "default"), ("fr", "default"), ("zh", "zh"), ("zh-SG", "zh"), ("zh-CN", "zh-CN"),
        ("zh-rCN", "zh-CN"), ("zh_TW", "zh-TW"), ("zh-Hant-TW", "zh-TW"), ("sr-Latn", "sr-Latn"),
    ],
)  # fmt: skip
def test_the_best_locale_wins(locale: str | None, text: str) -> None:
    texts = ["night", "default", "zh", "zh-CN", "zh-TW", "sr-Latn"]
    settings = [
        builder.config(ui_mode=0x20),
        builder.config(),
        builder.config(language=b"zh"),
        builder.config(language=b"zh", country=b"CN"),
        builder.config(language=b"zh", country=b"TW"),
        builder.config(language=b"sr", script=b"Latn"),
    ]
    chunks = [table_type(1, [simple(0, STRING, row)], one) for row, one in enumerate(settings)]
    found = read_arsc(table(texts, package(*chunks, types=["string"], keys=KEYS)))
    value = found.resolve(0x7F010000, locale)
    assert value is not None
    assert value.text == text


def test_tables_of_one_installation_are_joined() -> None:
    base = read(table_type(1, [simple(0, REFERENCE, 0x7F020000)]))
    split = read_arsc(
        table(
            ["split"],
            package(
                table_type(2, [simple(0, STRING, 0)]),
                types=["string"],
                keys=["x"],
                type_id_offset=1,
            ),
        )
    )
    both = join([base, split])
    assert both.resource_ids() == [0x7F010000, 0x7F020000]
    assert both.name(0x7F020000) == "string/x"
    resolved = both.resolve(0x7F010000)
    assert resolved is not None
    assert (resolved.text, resolved.table) == ("split", 1)


def test_libraries_aliases_and_overlayables() -> None:
    name = "lib".encode("utf-16-le").ljust(256, b"\0")
    policy = builder.chunk(0x0205, struct.pack("<2I", 1, 1), struct.pack("<I", 0x7F010000))
    group = "theme".encode("utf-16-le").ljust(512, b"\0")
    found = read(
        builder.chunk(0x0203, struct.pack("<I", 1), struct.pack("<I", 2) + name),
        builder.chunk(0x0206, struct.pack("<I", 1), struct.pack("<2I", 0x01FF0000, 0x01010600)),
        builder.chunk(0x0204, group + b"\0" * 512, policy),
    ).packages[0]
    assert found.libraries == ((2, "lib"),)
    assert found.aliases == ((0x01FF0000, 0x01010600),)
    assert [(one.name, one.policies) for one in found.overlayables] == [
        ("theme", ((1, (0x7F010000,)),))
    ]


def test_an_unknown_chunk_is_skipped_and_told_as_a_loss() -> None:
    found = read(builder.chunk(0x0299, b"", b"1234"), table_type(1, [simple(0, STRING, 0)]))
    assert len(found.entries) == 1
    assert [(one.kind, one.loses) for one in found.anomalies] == [("unknown-chunk", True)]


def test_entries_outside_of_their_chunk_are_left_out_and_told() -> None:
    offsets = struct.pack("<3I", 0, 0x00FFFFF0, 8)
    found = read(builder.raw_type(1, 0, 3, offsets, simple(0, STRING, 0)))
    assert found.entries.resource_id.tolist() == [0x7F010000]
    assert kinds(found) == ["entry-outside", "entry-outside"]


def test_an_entry_count_beyond_the_chunk_is_bounded() -> None:
    found = read(builder.raw_type(1, 0, 0xFFFFFFF0, struct.pack("<I", 0), simple(0, STRING, 0)))
    assert found.name(0x7F010000) == "string/label"
    assert "entry-count" in kinds(found)


def test_bags_that_overlap_many_times_cost_no_more_than_the_file() -> None:
    heads = b"".join(struct.pack("<HHIII", 16, 1, 0, 0, 0xFFFFFF) for _ in range(3000))
    offsets = struct.pack("<3000I", *(16 * row for row in range(3000)))
    found = read(builder.raw_type(1, 0, 3000, offsets, heads))
    assert len(found.bags.name) <= 3000 * 16
    assert {"bag-count", "bag-overlap"} <= set(kinds(found))


def test_missing_names_fall_back_to_numbers() -> None:
    found = read(table_type(7, [simple(77, STRING, 0)]))
    assert found.name(0x7F070000) == "type7/0x7f070000"
    assert found.name(0x7F070001) is None


def test_a_config_of_an_impossible_size_is_told() -> None:
    found = read(table_type(1, [simple(0, STRING, 0)], b"\xff" * 4 + b"\0" * 24))
    assert len(found.entries) == 1
    assert kinds(found) == ["config-size"]


@pytest.mark.parametrize("data", [b"", b"\x02\x00", b"PK\x03\x04" * 8, builder.document()])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_arsc(data)


def test_a_table_without_packages_is_empty() -> None:
    found = read_arsc(table([]))
    assert len(found.entries) == 0
    assert found.resource_ids() == []
    assert found.anomalies == ()


def test_a_table_cut_short_gives_what_is_left() -> None:
    values = table_type(1, [simple(0, STRING, 0), simple(1, STRING, 1)])
    data = table(TEXTS, package(values, types=["string"], keys=KEYS))[:-16]
    found = read_arsc(data)
    assert found.resource_ids() == [0x7F010000]
    assert {"root-size", "chunk-overruns", "entry-outside"} <= set(kinds(found))
    assert all(one.loses for one in found.anomalies)


def test_names_are_found_where_the_header_points_nowhere() -> None:
    values = table_type(1, [simple(0, STRING, 0)])
    data = bytearray(table(TEXTS, package(values, types=["s"], keys=["k"])))
    at = data.index("app".encode("utf-16-le")) + 256
    struct.pack_into("<I", data, at, 0x00FFFFFF)
    struct.pack_into("<I", data, at + 8, 4)
    found = read_arsc(bytes(data))
    assert found.name(0x7F010000) == "s/k"
    assert kinds(found) == ["pool-place", "pool-place"]
