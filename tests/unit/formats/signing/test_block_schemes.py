from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from unit.formats.signing.made_signatures import (
    PADDING,
    V2,
    V3,
    V31,
    Key,
    MadeSigner,
    certificate,
    key,
    lineage,
    plain_apk,
    public,
    read,
    scheme_value,
    signed_apk,
    with_block,
)
from witnessmark.formats.signing import SchemeResult, block

ALL_SDKS = (24, 0x7FFFFFFF)
EC_SIGNER = MadeSigner(key("EC"), 0x201)
V3_SIGNER = replace(EC_SIGNER, sdk=ALL_SDKS)


def flip_last(value: bytes) -> bytes:
    return value[:-1] + bytes([value[-1] ^ 1])


def says(result: SchemeResult) -> str:
    return "; ".join(problem.says for problem in result.problems)


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [
        ("RSA", 0x101), ("RSA", 0x102), ("RSA", 0x103), ("RSA", 0x104), ("EC", 0x201),
        ("EC", 0x202), ("DSA", 0x301), ("RSA", 0x421), ("EC", 0x423), ("DSA", 0x425),
    ],
)  # fmt: skip
def test_every_algorithm_verifies_and_notices_a_change(kind: str, algorithm: int) -> None:
    data = signed_apk({V2: [MadeSigner(key(kind), algorithm)]}, plain_apk(bytes(2_500_000)))
    assert read(data).scheme("v2").state == "verified"
    assert read(data).mismatches == ()
    changed = bytearray(data)
    changed[2_000_000] ^= 1
    result = read(bytes(changed)).scheme("v2")
    assert result.state == "failed"
    assert "digest is another one" in says(result)


@pytest.mark.parametrize(
    ("signer", "reason"),
    [
        (replace(EC_SIGNER, change_signature=flip_last), "does not verify"),
        (replace(EC_SIGNER, change_digest=flip_last), "digest is another one"),
        (replace(EC_SIGNER, public_key=public(key("EC", 1))), "does not verify"),
        (replace(EC_SIGNER, der=certificate(key("EC", 1))), "the certificate's key is not"),
        (replace(EC_SIGNER, extra_digest_id=0x103), "name different algorithms"),
        (replace(EC_SIGNER, signature_id=0x999), "no signature uses a known algorithm"),
        (replace(EC_SIGNER, certificates=()), "has no certificate"),
        (replace(EC_SIGNER, certificates=(b"\x30\x00",)), "ASN.1"),
    ],
)
def test_broken_signers_fail_and_say_why(signer: MadeSigner, reason: str) -> None:
    result = read(signed_apk({V2: [signer]})).scheme("v2")
    assert result.state == "failed"
    assert reason in says(result)


def test_key_that_cannot_be_loaded_is_unreadable() -> None:
    broken = replace(EC_SIGNER, public_key=b"\x30\x00")
    result = read(signed_apk({V2: [broken]})).scheme("v2")
    assert result.state == "unreadable"
    assert "public key cannot be read" in says(result)


def test_key_of_another_kind_is_unreadable() -> None:
    result = read(signed_apk({V2: [replace(EC_SIGNER, signature_id=0x103)]})).scheme("v2")
    assert result.state == "unreadable"
    assert "RSA signature comes with a EC key" in says(result)


def test_one_bad_signer_of_two_fails_the_scheme() -> None:
    bad = replace(EC_SIGNER, change_signature=flip_last)
    result = read(signed_apk({V2: [EC_SIGNER, bad]})).scheme("v2")
    assert [signer.state for signer in result.signers] == ["verified", "failed"]
    assert result.state == "failed"


def test_certificate_is_read_where_it_stands() -> None:
    data = signed_apk({V2: [EC_SIGNER]})
    (signer,) = read(data).scheme("v2").signers
    (record,) = signer.certificates
    assert data[record.offset : record.offset + record.length] == certificate(key("EC"))
    assert record.member == ""
    assert record.subject == 'CN=made,O=Ünï\\, \\"Sons\\",C=CH'
    assert (record.not_before, record.not_after) == ("2001-02-03T04:05:06Z", "2051-02-03T04:05:06Z")
    assert (record.serial, record.key) == (1234567, "EC 256")
    assert signer.algorithms == ("ECDSA with SHA-256",)


def test_v3_and_its_android_versions() -> None:
    result = read(signed_apk({V3: [V3_SIGNER]})).scheme("v3")
    assert result.state == "verified"
    assert (result.signers[0].min_sdk, result.signers[0].max_sdk) == ALL_SDKS


def test_v3_versions_outside_the_signature_may_not_differ() -> None:
    result = read(signed_apk({V3: [replace(V3_SIGNER, outer_sdk=(1, 2))]})).scheme("v3")
    assert "inside and outside" in says(result)


def test_v3_signers_must_meet() -> None:
    good = [replace(V3_SIGNER, sdk=(24, 27)), replace(V3_SIGNER, sdk=(28, 99))]
    bad = [replace(V3_SIGNER, sdk=(24, 27)), replace(V3_SIGNER, sdk=(30, 99))]
    assert read(signed_apk({V3: good})).scheme("v3").state == "verified"
    assert "leave a gap" in says(read(signed_apk({V3: bad})).scheme("v3"))


def rotated(*owners: tuple[Key, int], signer: Key) -> MadeSigner:
    proof = (0x3BA06F8C, lineage(*owners))
    return replace(V3_SIGNER, owner=signer, attributes=(proof,))


def test_proof_of_rotation_is_followed() -> None:
    old, middle, new = (key("EC", number) for number in (1, 2, 3))
    signer = rotated((old, 0x201), (middle, 0x202), (new, 0x201), signer=new)
    data = signed_apk({V2: [replace(EC_SIGNER, owner=old)], V3: [signer]})
    signatures = read(data)
    result = signatures.scheme("v3")
    assert result.state == "verified"
    assert len(result.signers[0].lineage) == 3
    assert signatures.mismatches == ()


def test_proof_of_rotation_must_end_in_the_signer() -> None:
    signer = rotated((key("EC", 1), 0x201), (key("EC", 2), 0x201), signer=key("EC", 3))
    assert "ends in another certificate" in says(read(signed_apk({V3: [signer]})).scheme("v3"))


def test_proof_of_rotation_may_not_repeat_a_certificate() -> None:
    one, two = key("EC", 1), key("EC", 2)
    signer = rotated((one, 0x201), (two, 0x201), (one, 0x201), signer=one)
    assert "twice" in says(read(signed_apk({V3: [signer]})).scheme("v3"))


def test_unvouched_certificate_in_the_proof_of_rotation() -> None:
    forged = bytearray(lineage((key("EC", 1), 0x201), (key("EC", 2), 0x201)))
    forged[-1] ^= 1
    signer = replace(V3_SIGNER, owner=key("EC", 2), attributes=((0x3BA06F8C, bytes(forged)),))
    assert read(signed_apk({V3: [signer]})).scheme("v3").state == "failed"


def test_new_signer_without_proof_is_a_mismatch() -> None:
    data = signed_apk({V2: [EC_SIGNER], V3: [replace(V3_SIGNER, owner=key("EC", 1))]})
    (mismatch,) = read(data).mismatches
    assert "v2 and v3 are signed with different certificates" in mismatch.says


def test_removed_v3_is_noticed_by_v2() -> None:
    protected = replace(EC_SIGNER, attributes=((0xBEEFF00D, struct.pack("<L", 3)),))
    kept = read(signed_apk({V2: [protected], V3: [V3_SIGNER]}))
    assert kept.scheme("v2").state == "verified"
    removed = read(signed_apk({V2: [protected]}))
    assert removed.scheme("v2").state == "failed"
    assert "signed with v3 too" in removed.mismatches[0].says


def test_removed_v31_is_noticed_by_v3() -> None:
    rotation = replace(V3_SIGNER, attributes=((0x559F8B02, struct.pack("<L", 33)),))
    new = rotated((key("EC"), 0x201), (key("EC", 1), 0x201), signer=key("EC", 1))
    kept = read(signed_apk({V3: [rotation], V31: [replace(new, sdk=(33, 99))]}))
    assert [kept.scheme("v3").state, kept.scheme("v3.1").state] == ["verified", "verified"]
    assert kept.mismatches == ()
    assert read(signed_apk({V3: [rotation]})).scheme("v3").state == "failed"


def test_schemes_that_disagree_are_told() -> None:
    bad = replace(EC_SIGNER, change_signature=flip_last)
    told = [problem.says for problem in read(signed_apk({V2: [bad], V3: [V3_SIGNER]})).mismatches]
    assert any(text.startswith("v3 verifies and v2 does not") for text in told)


def test_pairs_are_listed_with_their_bytes() -> None:
    apk = plain_apk()
    value = scheme_value(apk, [EC_SIGNER])
    data = with_block(apk, [(V2, value), (0xABCDEF01, b"tracking"), (PADDING, bytes(9))])
    pairs = read(data).pairs
    assert [pair.id for pair in pairs] == [V2, 0xABCDEF01, PADDING]
    assert pairs[1].name == "unknown id 0xabcdef01"
    assert data[pairs[1].span.offset : pairs[1].span.end] == b"tracking"


def test_block_with_differing_sizes_is_not_seen() -> None:
    data = bytearray(signed_apk({V2: [EC_SIGNER]}))
    start = data.rindex(b"APK Sig Block 42") - 8
    size = struct.unpack_from("<Q", data, start)[0]
    struct.pack_into("<Q", data, start + 24 - size - 8, size + 1)
    signatures = read(bytes(data))
    assert signatures.scheme("v2").state == "absent"
    assert "two sizes differ" in signatures.problems[0].says


def test_other_bytes_before_the_directory_are_told() -> None:
    data = bytearray(signed_apk({V2: [EC_SIGNER]}))
    data[data.rindex(b"APK Sig Block 42")] ^= 1
    assert "no signing block" in read(bytes(data)).problems[0].says


def test_bytes_after_the_archive_fail_the_schemes_and_keep_the_signer() -> None:
    result = read(signed_apk({V2: [EC_SIGNER]}) + b"more").scheme("v2")
    assert result.state == "failed"
    assert result.signers[0].certificates[0].subject.startswith("CN=made")


def test_scheme_value_cut_anywhere_never_raises() -> None:
    apk = plain_apk()
    value = scheme_value(apk, [V3_SIGNER])
    for length in range(0, len(value), 7):
        result = read(with_block(apk, [(V3, value[:length])])).scheme("v3")
        assert result.state == "failed"


def test_more_pairs_than_are_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_block(plain_apk(), [(1, b"one"), (2, b"two"), (3, b"three")])
    monkeypatch.setattr(block, "MOST_PAIRS", 2)
    assert any("only the first 2 pairs" in one.says for one in read(data).problems)
