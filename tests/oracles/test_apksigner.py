"""Signatures: our verdict against apksig's, and tampered copies of our own fixture.

The cases that come with Android's signing library are found through
``WITNESSMARK_SIGNING_CASES``, a folder of APKs; without it that comparison is skipped.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from oracles.apksig_verdicts import ask_apksig, compare, missing_tool
from witnessmark.formats.signing import Signatures, read_signatures
from witnessmark.formats.zip import read_zip, unpack

FIXTURES = Path(__file__).resolve().parents[1] / "apps" / "intake"
CASES = "WITNESSMARK_SIGNING_CASES"


@pytest.fixture(scope="module")
def intake() -> bytes:
    return (FIXTURES / "intake.apk").read_bytes()


def read(data: bytes) -> Signatures:
    return read_signatures(data, read_zip(data), lambda entry: unpack(data, entry, 1 << 26))


def states(signatures: Signatures) -> dict[str, str]:
    return {result.scheme: result.state for result in signatures.schemes}


def flipped(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


@pytest.mark.parametrize("name", ["intake.apk", "intake-r8.apk"])
def test_own_fixtures_verify(name: str) -> None:
    signatures = read((FIXTURES / name).read_bytes())
    expected = {"v1": "verified", "v2": "verified", "v3": "verified", "v3.1": "absent"}
    assert states(signatures) == expected
    assert signatures.mismatches == ()
    assert signatures.problems == ()


def test_changed_member_fails_every_scheme(intake: bytes) -> None:
    entry = read_zip(intake).find("resources.arsc")
    assert entry is not None
    found = states(read(flipped(intake, entry.data.offset + entry.data.length // 2)))
    assert found == {"v1": "failed", "v2": "failed", "v3": "failed", "v3.1": "absent"}


def test_changed_name_in_the_directory_fails_every_scheme(intake: bytes) -> None:
    entry = read_zip(intake).find("classes.dex")
    assert entry is not None
    found = states(read(flipped(intake, entry.central_header.offset + 46)))
    assert (found["v1"], found["v2"], found["v3"]) == ("failed", "failed", "failed")


@pytest.mark.parametrize(("scheme", "pair_id"), [("v2", 0x7109871A), ("v3", 0xF05368C0)])
def test_every_changed_byte_of_a_signer_fails_its_scheme_alone(
    intake: bytes, scheme: str, pair_id: int
) -> None:
    span = next(pair.span for pair in read(intake).pairs if pair.id == pair_id)
    used = len(intake[span.offset : span.end].rstrip(b"\0"))
    for at in range(span.offset, span.offset + used, 37):
        found = states(read(flipped(intake, at)))
        assert found.pop(scheme) in ("failed", "unreadable"), at
        assert set(found.values()) <= {"verified", "absent"}, at


def test_changed_certificate_fails_its_scheme(intake: bytes) -> None:
    for scheme in ("v2", "v3"):
        result = next(one for one in read(intake).schemes if one.scheme == scheme)
        record = result.signers[0].certificates[0]
        found = states(read(flipped(intake, record.offset + record.length // 2)))
        assert found[scheme] in ("failed", "unreadable")


def test_removed_block_is_noticed_by_v1(intake: bytes) -> None:
    archive = read_zip(intake)
    block = archive.signing_block
    assert block is not None
    end = bytearray(intake[archive.end_record.offset :])
    struct.pack_into("<L", end, 16, block.offset)
    stripped = intake[: block.offset] + intake[block.end : archive.end_record.offset] + bytes(end)
    signatures = read(stripped)
    expected = {"v1": "failed", "v2": "absent", "v3": "absent", "v3.1": "absent"}
    assert states(signatures) == expected
    assert len(signatures.mismatches) == 2


def test_apksigner_gives_the_same_verdicts_on_own_fixtures(tmp_path: Path, intake: bytes) -> None:
    lacking = missing_tool()
    if lacking:
        pytest.skip(f"apksig not asked: {lacking}")
    entry = read_zip(intake).find("resources.arsc")
    assert entry is not None
    (tmp_path / "sound.apk").write_bytes(intake)
    (tmp_path / "member.apk").write_bytes(flipped(intake, entry.data.offset + 5))
    for pair in read(intake).pairs[:2]:
        name = f"pair-{pair.id:x}.apk"
        (tmp_path / name).write_bytes(flipped(intake, pair.span.offset + 60))
    files = sorted(tmp_path.glob("*.apk"))
    verdicts = ask_apksig(files)
    rows = [row for path in files for row in compare(path, verdicts)]
    assert len(rows) == 12
    assert [row for row in rows if not row.agrees] == []
    assert any(row.theirs for row in rows)
    assert any(not row.theirs for row in rows)


def test_what_apksigner_signs_verifies(tmp_path: Path) -> None:
    signer, keytool = shutil.which("apksigner"), shutil.which("keytool")
    if signer is None or keytool is None:
        pytest.skip("apksigner or keytool is not on the path")
    store = tmp_path / "store.p12"
    common = ["-keystore", str(store), "-storepass", "secret", "-storetype", "PKCS12"]
    create = ["-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=oracle"]
    subprocess.run([keytool, *create, *common], check=True, capture_output=True)
    made = tmp_path / "signed.apk"
    sign = [signer, "sign", "--ks", str(store), "--ks-pass", "pass:secret", "--verity-enabled",
            "--v4-signing-enabled", "false", "--out", str(made)]  # fmt: skip
    subprocess.run([*sign, str(FIXTURES / "intake.apk")], check=True, capture_output=True)
    signatures = read(made.read_bytes())
    assert [result.state for result in signatures.schemes][:3] == ["verified"] * 3
    algorithms = signatures.scheme("v2").signers[0].algorithms
    assert "ECDSA with SHA-256, verity" in algorithms


def test_agreement_over_androids_own_cases() -> None:
    folder = os.environ.get(CASES)
    if not folder:
        pytest.skip(f"{CASES} names no folder of signing cases")
    lacking = missing_tool()
    if lacking:
        pytest.skip(f"apksig not asked: {lacking}")
    files = sorted(Path(folder).glob("*.apk"))
    assert files
    verdicts = ask_apksig(files)
    rows = [row for path in files for row in compare(path, verdicts)]
    unexplained = [row for row in rows if not row.agrees and not row.reason]
    assert unexplained == []
    assert sum(row.agrees for row in rows) >= 0.95 * len(rows)
