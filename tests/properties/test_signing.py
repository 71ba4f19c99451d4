"""What holds for every signature, sound or not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from unit.formats.signing.made_signatures import (
    V2,
    V3,
    Jar,
    MadeSigner,
    jar_apk,
    key,
    plain_apk,
    read,
    scheme_value,
    with_block,
)
from witnessmark.formats.signing.der import Element, read_element
from witnessmark.formats.signing.manifest import read_sections
from witnessmark.formats.signing.records import Scheme
from witnessmark.model.errors import FormatError

APK = plain_apk()
VALUES = {
    V2: scheme_value(APK, [MadeSigner(key("EC"), 0x201)]),
    V3: scheme_value(APK, [MadeSigner(key("EC"), 0x201, sdk=(24, 99))]),
}
SCHEMES: dict[int, Scheme] = {V2: "v2", V3: "v3"}
JAR = Jar().files()


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([V2, V3]), st.data())
def test_no_changed_byte_of_a_signer_verifies(pair_id: int, draw: st.DataObject) -> None:
    value = bytearray(VALUES[pair_id])
    at = draw.draw(st.integers(0, len(value) - 1))
    value[at] ^= draw.draw(st.integers(1, 255))
    signatures = read(with_block(APK, [(pair_id, bytes(value))]))
    assert signatures.scheme(SCHEMES[pair_id]).state in ("failed", "unreadable")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([V2, V3, 7]), st.binary(max_size=60)), max_size=4))
def test_any_pairs_give_a_result(pairs: list[tuple[int, bytes]]) -> None:
    signatures = read(with_block(APK, pairs))
    assert all(result.state != "verified" for result in signatures.schemes)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(["META-INF/CERT.RSA", "META-INF/CERT.SF"]), st.data())
def test_no_changed_byte_of_a_signature_file_goes_unnoticed(name: str, draw: st.DataObject) -> None:
    content = bytearray(JAR[name])
    at = draw.draw(st.integers(0, len(content) - 1))
    content[at] ^= draw.draw(st.integers(1, 255))
    result = read(jar_apk({**JAR, name: bytes(content)})).schemes[0]
    if name.endswith(".SF"):
        assert result.state == "failed"
    else:
        assert result.state in ("failed", "unreadable", "verified")
        assert all(one.sha256 for signer in result.signers for one in signer.certificates)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_an_element_or_refused(data: bytes) -> None:
    try:
        pending: list[Element] = [read_element(data)]
        while pending:
            element = pending.pop()
            assert element.start < element.body <= element.body_end <= element.end <= len(data)
            if element.tag & 0x20:
                pending.extend(element.children())
    except FormatError:
        pass


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=120))
def test_sections_partition_a_manifest(data: bytes) -> None:
    sections = read_sections(data)
    at = 0
    for section in sections:
        assert section.offset >= at
        assert data[section.offset : section.offset + len(section.raw)] == section.raw
        at = section.offset + len(section.raw)
    assert data[at:].strip(b"\r\n") == b""
