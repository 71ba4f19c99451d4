"""What holds for every archive, sound or not."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from unit.formats.zip.made_zip import Made, make_zip
from witnessmark.formats.zip import ZipArchive, read_zip, unpack_noting
from witnessmark.model.errors import FormatError

LIMIT = 1 << 16

numbers = st.one_of(st.none(), st.integers(0, 0xFFFFFFFF), st.integers(0, 40))
made_entries = st.builds(
    Made,
    name=st.binary(max_size=12),
    content=st.binary(max_size=60),
    method=st.sampled_from([0, 8, 8, 12, 0xFFFF]),
    flags=st.sampled_from([0, 1, 8, 0x800]),
    stored_method=st.sampled_from([None, 0, 8]),
    crc=numbers,
    compressed_size=numbers,
    size=numbers,
    local_name=st.one_of(st.none(), st.binary(max_size=5)),
    local_sizes=st.one_of(st.none(), st.tuples(st.integers(0, 99), st.integers(0, 99))),
    extra=st.binary(max_size=24),
    local_extra=st.binary(max_size=8),
    descriptor=st.booleans(),
    listed=st.booleans(),
)


def read_all(data: bytes) -> ZipArchive | None:
    """Read and unpack everything; any error but `FormatError` escapes."""
    try:
        archive = read_zip(data)
    except FormatError:
        return None
    for entry in archive.entries:
        try:
            content = unpack_noting(data, entry, LIMIT).content
        except FormatError:
            continue
        assert len(content) <= LIMIT
    return archive


def assert_spans_inside(data: bytes, archive: ZipArchive) -> None:
    spans = [archive.central_directory, archive.end_record, archive.comment]
    spans += [archive.signing_block] if archive.signing_block else []
    for entry in archive.entries:
        spans += [entry.local_header, entry.central_header, entry.data]
    for span in spans:
        assert span.offset >= 0
        assert span.length >= 0
        assert span.end <= len(data)
    for anomaly in archive.anomalies:
        assert 0 <= anomaly.offset <= len(data)
        assert anomaly.length >= 0


@settings(max_examples=150, deadline=None)
@given(
    st.lists(made_entries, max_size=4),
    st.binary(max_size=20),
    st.binary(max_size=20),
    st.binary(max_size=20),
    st.one_of(st.none(), st.integers(0, 0xFFFF)),
    st.one_of(st.none(), st.integers(0, 300)),
)
def test_lying_archives_end_in_entries_or_a_clear_error(
    entries: list[Made],
    prefix: bytes,
    before_directory: bytes,
    trailing: bytes,
    count: int | None,
    directory_at: int | None,
) -> None:
    data = make_zip(
        entries, prefix=prefix, before_directory=before_directory, trailing=trailing,
        count=count, directory_at=directory_at,
    )  # fmt: skip
    archive = read_all(data)
    if archive is not None:
        assert_spans_inside(data, archive)
        names = [entry.member_name for entry in archive.entries]
        places = {(entry.name, entry.local_header.offset) for entry in archive.entries}
        assert len(set(names)) == len(places)
        assert read_zip(data) == archive


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_at_all(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        archive = read_all(start + data)
        if archive is not None:
            assert_spans_inside(start + data, archive)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(categories=("L", "N")), min_size=1, max_size=9),
        st.binary(max_size=200),
        max_size=6,
    ),
    st.booleans(),
)
def test_what_zipfile_writes_is_read_back(files: dict[str, bytes], deflated: bool) -> None:
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, content in files.items():
            out.writestr(zipfile.ZipInfo(name), content, method)
    data = buffer.getvalue()
    archive = read_zip(data)
    assert archive.anomalies == ()
    read = {entry.name: unpack_noting(data, entry, LIMIT) for entry in archive.entries}
    assert {name: bytes(one.content) for name, one in read.items()} == files
    assert all(one.anomalies == () for one in read.values())
