"""Bundles hold on another interpreter, and no byte of one can change unseen."""

from __future__ import annotations

import ast
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from witnessmark import pipeline
from witnessmark.case.bundle import FOLDER, bundle, verifier
from witnessmark.case.export import Wish
from witnessmark.model.errors import UsageError
from witnessmark.report.forms import Form
from witnessmark.verify.__main__ import main as verify

APP = Path(__file__).parents[2] / "apps" / "intake" / "intake.apk"
FLIPS = 500
TSA = """
[req]
distinguished_name = names
[names]
[stamps]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = serial.txt
signer_cert = c.pem
signer_key = k.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
crypto_device = builtin
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    pipeline.examine([APP], folder / "case")
    pipeline.export(folder / "case", Wish(Form.XLSX))
    packed = pipeline.export(folder / "case", Wish(Form.BUNDLE))
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    return folder / FOLDER


def test_the_same_case_gives_the_same_bundle(unpacked: Path) -> None:
    case = unpacked / "data" / "case"
    assert bundle(case, "1") == bundle(case, "1")


def test_the_verifier_inside_needs_nothing_else(unpacked: Path) -> None:
    command = [sys.executable, "-I", "-S", str(unpacked / "data" / "verify.py")]
    done = subprocess.run(
        [*command, str(unpacked), str(APP)], capture_output=True, text=True, check=False,
        env={"LC_ALL": "C", "LANG": "C"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Everything holds." in done.stdout


def test_the_verifier_imports_the_standard_library_only() -> None:
    tree = ast.parse(verifier(), feature_version=(3, 9))
    plain = {
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    }
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in plain | named} <= sys.stdlib_module_names


def test_any_flipped_byte_is_told(unpacked: Path, tmp_path: Path) -> None:
    chance = random.Random(6)
    bag = tmp_path / "bag"
    shutil.copytree(unpacked, bag)
    assert verify([str(bag), str(APP)]) == 0
    # The database is by far the largest file; one flip in ten goes there, the others elsewhere.
    files = sorted(one for one in bag.rglob("*") if one.is_file())
    small = [one for one in files if one.suffix != ".duckdb"]
    for number in range(FLIPS):
        chosen = chance.choice(files if number % 10 == 0 else small)
        data = chosen.read_bytes()
        at = chance.randrange(len(data))
        chosen.write_bytes(
            data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        )
        assert bag_breaks(bag), (chosen, at)
        chosen.write_bytes(data)


def bag_breaks(bag: Path) -> bool:
    from witnessmark.verify.bag import bag_faults

    return bool(bag_faults(bag))


def test_a_file_more_or_less_is_told(unpacked: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    shutil.copytree(unpacked, bag)
    (bag / "data" / "more.txt").write_text("more")
    assert bag_breaks(bag)
    (bag / "data" / "more.txt").unlink()
    assert not bag_breaks(bag)
    (bag / "data" / "case" / "report.html").unlink()
    assert bag_breaks(bag)


def test_the_app_goes_along_only_when_asked(unpacked: Path) -> None:
    case = unpacked / "data" / "case"
    names = zipfile.ZipFile(io.BytesIO(bundle(case, "1", (APP,)))).namelist()
    assert f"{FOLDER}/data/app/intake.apk" in names
    assert all(name.startswith(f"{FOLDER}/") for name in names)
    assert not list(unpacked.rglob("*.apk"))
    with pytest.raises(UsageError, match="none of the files"):
        bundle(case, "1", (Path(__file__),))


def test_no_masked_bundle_is_made(unpacked: Path) -> None:
    case = unpacked / "data" / "case"
    with pytest.raises(UsageError, match="holds the whole case"):
        pipeline.export(case, Wish(Form.BUNDLE, audience="publication"))


def told(bag: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = verify([str(bag), str(APP)])
    return status, capsys.readouterr().out


def copied(unpacked: Path, tmp_path: Path) -> Path:
    shutil.copytree(unpacked, tmp_path / "bag")
    return tmp_path / "bag"


def key_file(folder: Path) -> Path:
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    path = folder / "key.pem"
    path.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )  # fmt: skip
    return path


def test_a_bundle_can_be_signed_as_it_is_made(
    unpacked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bundle(unpacked / "data" / "case", "1", (), key_file(tmp_path))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / FOLDER).rename(tmp_path / "bag")
    status, out = told(tmp_path / "bag", capsys)
    assert status == 0
    assert "signed with the Ed25519 key SHA256:" in out
    name = tmp_path / "bag" / "tagmanifest-sha256.txt.ed25519"
    name.write_bytes(name.read_bytes().replace(b"0", b"1", 1))
    status, out = told(tmp_path / "bag", capsys)
    assert status == 1
    assert "it is not the signature" in out


def test_an_unfit_key_is_refused(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key")
    with pytest.raises(UsageError, match="cannot be used"):
        bundle(unpacked / "data" / "case", "1", (), tmp_path / "key")


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_signature_of_ssh_keygen_is_checked(
    unpacked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bag, key = copied(unpacked, tmp_path), tmp_path / "key"
    listing = bag / "tagmanifest-sha256.txt"
    for command in (
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)],
        ["ssh-keygen", "-q", "-Y", "sign", "-n", "witnessmark", "-f", str(key), str(listing)],
    ):
        subprocess.run(command, check=True, capture_output=True)
    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(key)], check=True, capture_output=True, text=True
    )
    status, out = told(bag, capsys)
    assert status == 0
    assert shown.stdout.split()[1] in out
    other = (bag / "tagmanifest-sha256.txt.sig").read_bytes()
    bag2 = tmp_path / "other"
    shutil.copytree(unpacked, bag2)
    (bag2 / "bag-info.txt").write_text("Bag-Software-Agent: other\n")
    tags = {
        one.name: one.read_bytes()
        for one in bag2.iterdir()
        if one.is_file() and one.name != "tagmanifest-sha256.txt"
    }
    from witnessmark.verify.bag import listing as listed

    (bag2 / "tagmanifest-sha256.txt").write_bytes(listed(tags))
    (bag2 / "tagmanifest-sha256.txt.sig").write_bytes(other)
    status, out = told(bag2, capsys)
    assert status == 1
    assert "it is not the signature" in out


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_time_stamp_is_checked(
    unpacked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bag = copied(unpacked, tmp_path)
    listing = bag / "tagmanifest-sha256.txt"
    (tmp_path / "tsa.cnf").write_text(TSA)
    for command in (
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out",
         "c.pem", "-days", "2", "-subj", "/CN=Time of a test", "-config", "tsa.cnf",
         "-extensions", "stamps"],
        ["openssl", "ts", "-query", "-data", str(listing), "-sha256", "-cert", "-out", "q.tsq"],
        ["openssl", "ts", "-reply", "-queryfile", "q.tsq", "-config", "tsa.cnf", "-out",
         f"{listing}.tsr"],
    ):  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    status, out = told(bag, capsys)
    assert status == 0, out
    assert "stamped at 20" in out
    assert "its signature holds" in out
    token = Path(f"{listing}.tsr")
    whole = token.read_bytes()
    for at in range(60, len(whole), 97):
        token.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        verify([str(bag), str(APP)])
    token.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert told(bag, capsys)[0] == 1
    token.write_bytes(whole)
    listing.write_bytes(listing.read_bytes() + b"\n")
    assert "it is the stamp of other bytes" in told(bag, capsys)[1]


OTHER_PYTHONS = sorted(
    path
    for path in Path("~/.pyenv/versions").expanduser().glob("3.*/bin/python3")
    if int(path.parts[-3].split(".")[1]) >= 9
)


@pytest.mark.parametrize("python", OTHER_PYTHONS, ids=lambda path: path.parts[-3])
def test_the_verifier_runs_on_other_pythons_and_locales(unpacked: Path, python: Path) -> None:
    command = [str(python), "-I", "-S", str(unpacked / "data" / "verify.py")]
    for locale in ("C", "tr_TR.ISO-8859-9", "C.UTF-8"):
        done = subprocess.run(
            [*command, str(unpacked), str(APP)], capture_output=True, text=True, check=False,
            env={"LC_ALL": locale},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_document_of_a_real_case_satisfies_the_published_schema(unpacked: Path) -> None:
    published = Path(__file__).parents[3] / "docs" / "reference" / "findings.schema.json"
    schema = json.loads(published.read_text(encoding="utf-8"))
    document = json.loads((unpacked / "data" / "case" / "findings.json").read_bytes())
    assert {one["kind"] for one in document["findings"]} >= {"takes.permission", "asks.field"}
    jsonschema.Draft202012Validator(schema).validate(document)
