"""What is no app is refused in a sentence that says what it is and what to do."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from miniapp.apk import write_apk, write_zip
from witnessmark.model.errors import InputError
from witnessmark.package.inputs import open_files
from witnessmark.package.open import open_input

REFUSED = {
    "empty": (b"", "an empty file"),
    "page": (b"<!DOCTYPE html><html>Not found</html>", "a web page"),
    "windows": (b"MZ\x90\x00" + bytes(100), "a Windows program"),
    "note": (b"just some words", "a plain text file"),
    "gzip": (b"\x1f\x8b\x08" + bytes(40), "gunzip"),
    "class": (b"\xca\xfe\xba\xbe\x00\x00\x00\x34", "a Java class file"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
    "noise": (bytes([0, 1, 2, 3]) * 20, "no format that witnessmark reads"),
    "ipa": (write_zip({"Payload/App.app/Info.plist": b"x"}), "an iOS app"),
    "aab": (write_zip({"BundleConfig.pb": b"x"}), "without modules"),
    "jar": (write_zip({"a/B.class": b"\xca\xfe\xba\xbe\0\0\0\x34"}), "a Java archive"),
    "office": (write_zip({"[Content_Types].xml": b"<x/>"}), "an office document"),
    "archive": (write_zip({"readme": b"x"}), "without Android manifest"),
    "nothing": (write_zip({}), "an empty or truncated zip"),
    "broken": (write_zip({"AndroidManifest.xml": b"words"}), "whose manifest cannot be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_says_what_it_is(name: str, tmp_path: Path) -> None:
    content, words = REFUSED[name]
    path = tmp_path / f"{name}.apk"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        open_input([path])
    message = str(raised.value)
    assert words in message
    assert message.startswith(f"{name}.apk")
    assert "\n" not in message


def test_encrypted_zip_asks_to_be_unpacked(tmp_path: Path) -> None:
    data = bytearray(write_zip({"sample.apk": b"\x8a\x01" * 40}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "sample.zip"
    path.write_bytes(data)
    with pytest.raises(InputError, match="locked with a password"):
        open_input([path])


def test_no_file_missing_file_and_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file was named"):
        open_input([])
    with pytest.raises(InputError, match="there is no file"):
        open_input([tmp_path / "absent.apk"])
    with pytest.raises(InputError, match="an empty folder"):
        open_input([tmp_path])
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(InputError, match=r"without anything of an app"):
        open_input([tmp_path])


def test_folder_stands_for_the_apps_inside_and_hashes_are_told(tmp_path: Path) -> None:
    content = write_apk({})
    (tmp_path / "a.apk").write_bytes(content)
    (tmp_path / "notes.txt").write_text("x")
    (only,) = open_files([tmp_path])
    assert (only.input.name, only.input.size, only.input.type) == ("a.apk", len(content), "zip")
    assert only.input.sha256 == hashlib.sha256(content).hexdigest()
    assert only.input.sha1 == hashlib.sha1(content).hexdigest()
    assert only.input.md5 == hashlib.md5(content).hexdigest()


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    for name in ("a.apk", "b.apk"):
        (tmp_path / name).write_bytes(write_apk({}))
    assert [one.input.name for one in open_files([tmp_path])] == ["a.apk"]


def test_bytes_before_the_archive_do_not_hide_it(tmp_path: Path) -> None:
    path = tmp_path / "prefixed.apk"
    path.write_bytes(b"\0\1\2\3")
    with zipfile.ZipFile(io.BytesIO(write_apk({}))) as plain, zipfile.ZipFile(path, "a") as made:
        for name in plain.namelist():
            made.writestr(name, plain.read(name))
    assert path.read_bytes()[:4] == b"\0\1\2\3"
    assert open_input([path]).parts[0].tree is not None
