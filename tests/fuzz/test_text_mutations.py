"""Seeded injuries of smali, XML and whole decoded trees: read or refused, never another error."""

from __future__ import annotations

import random
import shutil
import zipfile
from pathlib import Path

import pytest

from witnessmark.facts.build import build_facts
from witnessmark.formats.dex.files import read_dex_files
from witnessmark.formats.listing.assemble import assemble
from witnessmark.formats.protobuf import read_resources, read_xml_node
from witnessmark.formats.smali import read_smali
from witnessmark.formats.textxml import read_text_xml
from witnessmark.model.errors import FormatError, InputError
from witnessmark.package.open import open_input

DECODED = Path(__file__).resolve().parents[1] / "apps" / "intake" / "decoded"
ROUNDS = 120
TABLES = ("instructions", "try_handlers", "debug_lines", "static_values", "annotations")
WORDS = (
    b"0x7fffffffffffffff", b"-1", b"v65535", b"p9", b"[[[[[", b"L;", b"->", b"(", b"{", b"}",
    b'"', b"'", b"\\u", b".end", b":", b"#", b"\xff\xfe", b"\0", b".registers 99999", b"<", b"&#0;",
    b"0x", b".array-data 3", b".packed-switch 0x7fffffff", b"Lp/C;->m(J", b"<!ENTITY x 'y'>",
)  # fmt: skip


def mutate(chance: random.Random, data: bytes) -> bytes:
    """One to five injuries that texts suffer: words put in, pieces lost, doubled or swapped."""
    hurt = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(hurt) + 1)
        size = chance.randrange(1, 80)
        match chance.randrange(4):
            case 0:
                hurt[at:at] = chance.choice(WORDS)
            case 1:
                word = chance.choice(WORDS)
                hurt[at : at + len(word)] = word
            case 2:
                del hurt[at : at + size]
            case _:
                other = chance.randrange(len(hurt) + 1)
                hurt[at:at] = hurt[other : other + size]
    return bytes(hurt)


@pytest.mark.parametrize("name", sorted(one.name for one in DECODED.rglob("*.smali"))[:6])
def test_injured_smali(name: str) -> None:
    text = next(DECODED.rglob(name)).read_bytes()
    chance = random.Random(name)
    read = 0
    for _ in range(ROUNDS):
        hurt = mutate(chance, text)
        try:
            listing = read_smali(hurt)
        except FormatError:
            continue
        read += 1
        assembly = assemble([(0, listing)])
        for one in assembly.files:
            dex = read_dex_files([one.dex])
            for table in TABLES:
                getattr(dex, table)
            assert not dex.refused
            assert not dex.anomalies
            assert (one.spans.offset + one.spans.size <= len(hurt)).all()
    assert read > ROUNDS // 2


@pytest.mark.parametrize("name", ["AndroidManifest.xml", "strings.xml", "intake.xml"])
def test_injured_xml(name: str) -> None:
    text = next(DECODED.rglob(name)).read_bytes()
    chance = random.Random(name)
    for _ in range(ROUNDS):
        hurt = mutate(chance, text)
        try:
            found = read_text_xml(hurt)
        except FormatError:
            continue
        for element in found.tree.elements:
            assert 0 <= element.span.offset <= element.span.end <= len(hurt)


@pytest.mark.parametrize("name", ["base/manifest/AndroidManifest.xml", "base/resources.pb"])
def test_injured_protobuf(name: str) -> None:
    with zipfile.ZipFile(DECODED.parent / "intake.aab") as bundle:
        data = bundle.read(name)
    chance = random.Random(name)
    read = 0
    for _ in range(3 * ROUNDS):
        hurt = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        try:
            if name.endswith(".pb"):
                table = read_resources(bytes(hurt))
                read += all(table.value(row) is not None for row in range(len(table.entries)))
            else:
                read += bool(read_xml_node(bytes(hurt)).elements)
        except FormatError:
            continue
    assert read > ROUNDS // 4


def test_injured_trees(tmp_path: Path) -> None:
    files = [one.relative_to(DECODED) for one in sorted(DECODED.rglob("*")) if one.is_file()]
    chance = random.Random(5)
    for number in range(12):
        tree = tmp_path / str(number)
        shutil.copytree(DECODED, tree)
        for name in chance.sample(files, 5):
            (tree / name).write_bytes(mutate(chance, (tree / name).read_bytes()))
        try:
            facts = build_facts(open_input([tree]))
        except InputError:
            continue
        assert facts.tables()
