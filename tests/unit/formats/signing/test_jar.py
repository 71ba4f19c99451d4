from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import pkcs7

from unit.formats.signing.made_signatures import Jar, certificate, jar_apk, key, read
from witnessmark.formats.signing import SchemeResult
from witnessmark.formats.signing.manifest import read_sections

NO_ATTRIBUTES = (*Jar().options, pkcs7.PKCS7Options.NoAttributes)


def result_of(files: dict[str, bytes]) -> SchemeResult:
    return read(jar_apk(files)).scheme("v1")


def says(result: SchemeResult) -> str:
    return "; ".join(problem.says for problem in result.problems)


@pytest.mark.parametrize(
    "jar",
    [
        Jar(),
        Jar(options=NO_ATTRIBUTES),
        Jar(newline=b"\n"),
        Jar(newline=b"\r"),
        Jar(manifest_digest=False),
        Jar(digest="SHA1"),
        Jar(digest="SHA-512"),
    ],
)
def test_sound_signatures_verify(jar: Jar) -> None:
    result = result_of(jar.files())
    assert result.problems == ()
    assert result.state == "verified"
    assert result.signers[0].source == "META-INF/CERT.RSA"


def test_certificate_stands_in_the_signature_block() -> None:
    files = Jar().files()
    (record,) = result_of(files).signers[0].certificates
    block = files["META-INF/CERT.RSA"]
    assert record.member == "META-INF/CERT.RSA"
    assert block[record.offset : record.offset + record.length] == certificate(key("RSA"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"classes.dex": b"other"}, "'classes.dex' is not what was signed"),
        ({"added.bin": b"x"}, "'added.bin' is not in the manifest"),
        ({"META-INF/CERT.SF": b"Signature-Version: 1.0\r\n\r\n"}, "does not verify"),
        ({"META-INF/CERT.RSA": b"\x30\x03\x02\x01\x01"}, "ASN.1"),
        ({"META-INF/CERT.RSA": b""}, "ASN.1 element is cut"),
    ],
)
def test_changes_are_noticed(change: dict[str, bytes], reason: str) -> None:
    result = result_of(Jar().files() | change)
    assert result.state == "failed"
    assert reason in says(result)


def test_what_lies_in_meta_inf_is_not_protected_by_v1() -> None:
    assert result_of(Jar().files() | {"META-INF/services/x": b"y"}).state == "verified"


def test_removed_member_is_noticed() -> None:
    files = Jar().files()
    del files["res/a.xml"]
    assert "lists 'res/a.xml', which is not in the archive" in says(result_of(files))


def test_changed_manifest_section_is_noticed() -> None:
    files = Jar().files()
    files["META-INF/MANIFEST.MF"] = files["META-INF/MANIFEST.MF"].replace(
        b"Name: res", b"X: y\r\nName: res"
    )
    assert "section of 'res/a.xml' is not the signed one" in says(result_of(files))


def test_appended_manifest_section_covers_nothing() -> None:
    """Section by section the manifest still holds, yet the new member is signed by nobody."""
    files = Jar().files()
    added = Jar(members=(("new.bin", b"x"),)).files()
    files["new.bin"] = b"x"
    files["META-INF/MANIFEST.MF"] += added["META-INF/MANIFEST.MF"].partition(b"\r\n\r\n")[2]
    result = result_of(files)
    assert says(result) == "'new.bin' is not signed"


def test_two_signers_must_sign_the_same_members() -> None:
    both = Jar().files()
    other = Jar(owner=key("RSA", 1)).files()
    both["META-INF/B.SF"] = other["META-INF/CERT.SF"]
    both["META-INF/B.RSA"] = other["META-INF/CERT.RSA"]
    assert result_of(both).state == "verified"

    part = replace(Jar(owner=key("RSA", 1), manifest_digest=False), members=Jar().members[:1])
    both["META-INF/B.SF"] = part.files()["META-INF/CERT.SF"]
    both["META-INF/B.RSA"] = part.files()["META-INF/CERT.RSA"]
    assert "not signed by the signers of the other members" in says(result_of(both))


def test_removed_newer_signature_is_noticed() -> None:
    signatures = read(jar_apk(Jar(schemes="2, 3, 9").files()))
    assert signatures.scheme("v1").state == "failed"
    told = [problem.says for problem in signatures.mismatches]
    assert len(told) == 2
    assert "signed with v2 too" in told[0]


def test_unsigned_archives_are_absent_not_failed() -> None:
    assert result_of({"classes.dex": b"x"}).state == "absent"
    only_manifest = {"META-INF/MANIFEST.MF": Jar().files()["META-INF/MANIFEST.MF"]}
    assert result_of(only_manifest).state == "absent"


def test_signature_block_without_its_parts() -> None:
    files = Jar().files()
    del files["META-INF/MANIFEST.MF"]
    assert result_of(files).state == "failed"
    files = Jar().files()
    del files["META-INF/CERT.SF"]
    result = result_of(files)
    assert "no signature file beside it" in says(result)
    assert result.signers[0].certificates


def test_long_names_are_continued_on_the_next_line() -> None:
    name = "res/" + "long" * 30
    jar = Jar(members=((name, b"1"),))
    files = jar.files()
    manifest = files["META-INF/MANIFEST.MF"].replace(b"longlong\r", b"long\r\n long\r")
    section = manifest.partition(b"\r\n\r\n")[2]
    signature_file = (
        b"Signature-Version: 1.0\r\n\r\nName: " + name[:40].encode() + b"\r\n " + name[40:].encode()
        + b"\r\nSHA-256-Digest: " + jar.hashed(section) + b"\r\n\r\n"
    )  # fmt: skip
    files |= {
        "META-INF/MANIFEST.MF": manifest,
        "META-INF/CERT.SF": signature_file,
        "META-INF/CERT.RSA": jar.block(signature_file),
    }
    assert result_of(files).state == "verified"


def test_manifest_digest_of_an_unknown_kind_protects_nothing() -> None:
    files = Jar().files()
    files["META-INF/MANIFEST.MF"] = files["META-INF/MANIFEST.MF"].replace(b"SHA-256", b"CRC-32")
    assert result_of(files).state == "failed"


def test_many_problems_are_counted_not_listed() -> None:
    members = tuple((f"f{number}", b"1") for number in range(150))
    files = Jar(members=members).files() | {name: b"2" for name, _ in members}
    result = result_of(files)
    assert len(result.problems) == 101
    assert result.problems[-1].says == "and 50 problems more"


def test_very_many_continued_lines_are_joined() -> None:
    (section,) = read_sections(b"Name: a\n" + b" b\n" * 300_000)
    assert section.name == b"a" + b"b" * 300_000
