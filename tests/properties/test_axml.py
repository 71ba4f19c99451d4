"""Binary XML: what is written reads back, and no bytes break the reader."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from unit.formats.chunks import builder
from witnessmark.formats.axml import XmlTree, read_axml
from witnessmark.model.errors import FormatError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.tuples(st.integers(0, 3), st.integers(0, 0xFF), st.integers(0, 0xFFFFFFFF))
SHAPES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 3), st.lists(VALUES, max_size=3)), max_size=12
)
VALID = builder.document(
    builder.pool(["name", "manifest", "text", builder.ANDROID]),
    builder.resource_map([0x01010003]),
    builder.start(1, [builder.text_attribute(0, 2, namespace=3)]),
    builder.start(2),
    builder.end(2),
    builder.end(1),
)


def read_or_refuse(data: bytes) -> XmlTree | None:
    try:
        return read_axml(data)
    except FormatError:
        return None


def assert_spans_inside(tree: XmlTree, data: bytes) -> None:
    for element in tree.elements:
        assert 0 <= element.span.offset <= element.span.end <= len(data)
        for attribute in element.attributes:
            assert 0 <= attribute.span.offset <= attribute.span.end <= len(data)
            if attribute.encoding is not None and attribute.text_span is not None:
                raw = data[attribute.text_span.offset : attribute.text_span.end]
                if attribute.encoding != "mutf-8":
                    assert raw.decode(attribute.encoding) == attribute.text
    for anomaly in tree.anomalies:
        assert 0 <= anomaly.span.offset <= anomaly.span.end <= len(data)


@settings(max_examples=80, deadline=None)
@given(strings=st.lists(WORDS, min_size=4, max_size=8), shapes=SHAPES, utf8=st.booleans())
def test_what_is_written_reads_back(
    strings: list[str],
    shapes: list[tuple[bool, int, list[tuple[int, int, int]]]],
    *,
    utf8: bool,
) -> None:
    chunks = [builder.pool(strings, utf8=utf8), builder.start(0)]
    parents, stack = [-1], [0]
    for closes, name, values in shapes:
        if closes and len(stack) > 1:
            chunks.append(builder.end(0))
            stack.pop()
        parents.append(stack[-1])
        stack.append(len(parents) - 1)
        chunks.append(builder.start(name, [builder.attribute(*value) for value in values]))
    data = builder.document(*chunks, *[builder.end(0)] * len(stack))
    tree = read_axml(data, {})
    assert [one.parent for one in tree.elements] == parents
    assert [one.name for one in tree.elements[1:]] == [strings[name] for _, name, _ in shapes]
    for element, (_, _, values) in zip(tree.elements[1:], shapes, strict=True):
        written = [(one.written, one.type, one.data) for one in element.attributes]
        assert written == [(strings[name], kind, value) for name, kind, value in values]
    assert_spans_inside(tree, data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)
    read_or_refuse(b"\x03\x00\x08\x00" + data)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=6))
def test_flipped_bytes_leave_every_span_inside(flips: list[tuple[int, int]]) -> None:
    data = bytearray(VALID)
    for at, value in flips:
        data[at] = value
    tree = read_or_refuse(bytes(data))
    if tree is not None:
        assert_spans_inside(tree, bytes(data))
