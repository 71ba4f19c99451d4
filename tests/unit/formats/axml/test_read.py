from __future__ import annotations

import struct

import pytest

from unit.formats.chunks import builder
from unit.formats.chunks.builder import ANDROID, attribute, document, end, start, text_attribute
from witnessmark.formats.axml import XmlTree, public_attribute_names, read_axml
from witnessmark.model.errors import FormatError

STRINGS = ["name", "label", ANDROID, "android", "manifest", "activity", ".Main", "hello"]
NAME, LABEL, URI, PREFIX, MANIFEST, ACTIVITY, MAIN, HELLO = range(8)
NAME_ID, LABEL_ID = 0x01010003, 0x01010001
HEAD = (builder.pool(STRINGS), builder.resource_map([NAME_ID, LABEL_ID]))
NAMED = text_attribute(NAME, MAIN, namespace=URI)
ACTIVITY_NODES = (start(ACTIVITY, [NAMED], line=7), end(ACTIVITY))


def kinds(tree: XmlTree) -> list[str]:
    return [one.kind for one in tree.anomalies]


def test_elements_attributes_texts_and_namespaces() -> None:
    text = builder.node(0x0104, struct.pack("<IHBBI", HELLO, 8, 0, 0, 0))
    space = builder.node(0x0100, struct.pack("<2I", PREFIX, URI))
    data = document(
        *HEAD, space, start(MANIFEST), text, *ACTIVITY_NODES, *ACTIVITY_NODES, end(MANIFEST)
    )
    tree = read_axml(data)
    assert [(one.name, one.parent, one.depth) for one in tree.elements] == [
        ("manifest", -1, 0), ("activity", 0, 1), ("activity", 0, 1),
    ]  # fmt: skip
    assert [tree.path(index) for index in range(3)] == [
        "/manifest", "/manifest/activity", "/manifest/activity[2]",
    ]  # fmt: skip
    assert [index for index, _ in tree.children(0)] == [1, 2]
    assert tree.elements[1].line == 7
    assert [(one.text, one.parent) for one in tree.texts] == [("hello", 0)]
    assert [(one.prefix, one.uri) for one in tree.namespaces] == [("android", ANDROID)]
    found = tree.elements[1].attribute("name")
    assert found is not None
    assert (found.value, found.resource_id, found.encoding) == (".Main", NAME_ID, "utf-8")
    assert found.text_span is not None
    assert data[found.text_span.offset : found.text_span.end] == b".Main"
    assert data[found.span.offset : found.span.end] == NAMED
    assert data[found.value_span.offset : found.value_span.end] == NAMED[12:]
    assert tree.anomalies == ()


def test_a_blank_name_is_known_by_its_resource_id() -> None:
    pool = builder.pool(["", *STRINGS[1:]])
    tree = read_axml(document(pool, HEAD[1], start(MANIFEST, [text_attribute(NAME, MAIN)])))
    found = tree.elements[0].attribute("name")
    assert found is not None
    assert (found.written, found.namespace, found.value) == ("", ANDROID, ".Main")
    assert "attribute-name" in kinds(tree)


def test_a_forged_name_does_not_count_against_the_resource_id() -> None:
    pool = builder.pool(["exported", *STRINGS[1:]])
    tree = read_axml(document(pool, HEAD[1], start(MANIFEST, [NAMED])))
    assert tree.elements[0].attribute("exported") is None
    assert tree.elements[0].attribute("name") is not None


def test_names_may_be_given_by_the_caller() -> None:
    tree = read_axml(document(*HEAD, start(MANIFEST, [NAMED])), {NAME_ID: "other"})
    assert tree.elements[0].attributes[0].name == "other"


def test_an_attribute_without_resource_id_keeps_its_written_name() -> None:
    tree = read_axml(
        document(HEAD[0], start(MANIFEST, [text_attribute(NAME, MAIN)]), end(MANIFEST))
    )
    found = tree.elements[0].attribute("name", "")
    assert found is not None
    assert found.resource_id == 0
    assert tree.anomalies == ()


def test_public_names_are_those_of_android() -> None:
    names = public_attribute_names()
    assert (names[NAME_ID], names[LABEL_ID], names[0x01010010]) == ("name", "label", "exported")
    assert len(names) > 1400


@pytest.mark.parametrize("root", [0x0000, 0x0001, 0x4242])
def test_the_root_type_does_not_matter(root: int) -> None:
    tree = read_axml(document(*HEAD, start(MANIFEST), end(MANIFEST), kind=root))
    assert tree.elements[0].name == "manifest"
    assert kinds(tree) == ["root-type"]


@pytest.mark.parametrize("size", [0, 7, 0xFFFFFFFF])
def test_a_lying_root_size_does_not_matter(size: int) -> None:
    data = bytearray(document(*HEAD, start(MANIFEST), end(MANIFEST)))
    struct.pack_into("<I", data, 4, size)
    tree = read_axml(bytes(data))
    assert len(tree.elements) == 1
    assert kinds(tree) == ["root-size"]


def test_a_bogus_root_header_does_not_matter() -> None:
    data = bytearray(document(*HEAD, start(MANIFEST), end(MANIFEST)))
    struct.pack_into("<H", data, 2, 0xFFF1)
    assert kinds(read_axml(bytes(data))) == ["root-header"]


def test_an_unknown_chunk_is_skipped_and_told_as_a_loss() -> None:
    strange = builder.chunk(0x0777, b"", b"12345678")
    tree = read_axml(document(*HEAD, start(MANIFEST), strange, *ACTIVITY_NODES, end(MANIFEST)))
    assert [one.name for one in tree.elements] == ["manifest", "activity"]
    assert [(one.kind, one.loses) for one in tree.anomalies] == [("unknown-chunk", True)]
    assert tree.anomalies[0].span.length == len(strange)


def test_junk_between_chunks_is_stepped_over() -> None:
    tree = read_axml(document(*HEAD, start(MANIFEST), b"\xff" * 12, *ACTIVITY_NODES, end(MANIFEST)))
    assert [one.name for one in tree.elements] == ["manifest", "activity"]
    assert [(one.kind, one.span.length) for one in tree.anomalies] == [("junk", 12)]


@pytest.mark.parametrize("size", [0, 3, 0x7FFFFFFF])
def test_a_node_with_an_impossible_size_is_mended(size: int) -> None:
    space = bytearray(builder.node(0x0101, struct.pack("<2I", PREFIX, URI)))
    struct.pack_into("<I", space, 4, size)
    tree = read_axml(document(*HEAD, start(MANIFEST), bytes(space), *ACTIVITY_NODES, end(MANIFEST)))
    assert [one.name for one in tree.elements] == ["manifest", "activity"]
    assert kinds(tree) == ["chunk-size"]


def test_an_element_with_an_impossible_size_keeps_its_attributes() -> None:
    element = bytearray(start(ACTIVITY, [NAMED]))
    struct.pack_into("<I", element, 4, 0xFFFFFFFF)
    tree = read_axml(document(*HEAD, start(MANIFEST), bytes(element), end(ACTIVITY), end(MANIFEST)))
    assert tree.elements[1].attribute("name") is not None


def test_attributes_further_apart_are_found_by_their_stride() -> None:
    padded = [NAMED + b"\0" * 4, text_attribute(LABEL, HELLO, namespace=URI) + b"\0" * 4]
    tree = read_axml(document(*HEAD, start(MANIFEST, padded, stride=24), end(MANIFEST)))
    assert [one.value for one in tree.elements[0].attributes] == [".Main", "hello"]
    assert kinds(tree) == ["attribute-size"]


def test_a_stride_of_zero_costs_no_more_than_the_file() -> None:
    data = document(*HEAD, *[start(MANIFEST, [NAMED], stride=0, count=0xFFFF)] * 50)
    tree = read_axml(data)
    assert sum(len(one.attributes) for one in tree.elements) <= len(data) // 20 + 1
    assert "attribute-count" in kinds(tree)


def test_more_attributes_than_there_are_bytes() -> None:
    tree = read_axml(document(*HEAD, start(MANIFEST, [NAMED], count=9), end(MANIFEST)))
    assert len(tree.elements[0].attributes) == 1
    assert [(one.kind, one.loses) for one in tree.anomalies] == [("attribute-count", True)]


def test_of_duplicate_attributes_the_first_counts() -> None:
    twice = [NAMED, text_attribute(NAME, HELLO, namespace=URI)]
    tree = read_axml(document(*HEAD, start(MANIFEST, twice), end(MANIFEST)))
    found = tree.elements[0].attribute("name")
    assert found is not None
    assert found.value == ".Main"
    assert kinds(tree) == ["duplicate-attribute"]


def test_string_indexes_beyond_the_pool_are_told() -> None:
    tree = read_axml(document(*HEAD, start(900, [attribute(LABEL, 3, 900)])))
    assert tree.elements[0].name == ""
    assert kinds(tree) == ["string-index", "string-index", "unbalanced"]


def test_the_value_wins_over_the_raw_text() -> None:
    odd = attribute(LABEL, 0x10, 5, raw=HELLO)
    found = read_axml(document(*HEAD, start(MANIFEST, [odd]))).elements[0].attributes[0]
    assert (found.value, found.raw_text) == ("5", "hello")


def test_the_last_pool_before_the_first_node_counts() -> None:
    first = builder.pool(["x"] * 8)
    tree = read_axml(document(first, *HEAD, start(MANIFEST), builder.pool(["y"]), end(MANIFEST)))
    assert tree.elements[0].name == "manifest"
    assert kinds(tree) == ["unknown-chunk"]


def test_an_end_without_a_start() -> None:
    assert kinds(read_axml(document(*HEAD, end(ACTIVITY), start(MANIFEST), end(MANIFEST)))) == [
        "unbalanced"
    ]


@pytest.mark.parametrize("data", [b"", b"\x03\x00", b"<?xml version='1.0'?><a/>", document(*HEAD)])
def test_no_element_is_an_error(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_axml(data)


def test_anomalies_are_bounded() -> None:
    strange = builder.chunk(0x0777, b"") * 5000
    tree = read_axml(document(*HEAD, start(MANIFEST), strange, end(MANIFEST)))
    assert len(tree.anomalies) < 300
    assert tree.anomalies[-1].kind == "many-anomalies"
    assert tree.anomalies[-1].loses
