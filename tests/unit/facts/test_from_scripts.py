"""Assemblies, games, Dart, Lua, Python and shell as rows of the same tables, and in the ledger."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from struct import pack

import lz4.block
import pytest

from unit.formats.dotnet.made_assembly import MadeAssembly
from unit.formats.elf.made_elf import MadeElf
from unit.formats.test_il2cpp import metadata
from witnessmark.facts import from_texts
from witnessmark.facts.build import build_facts
from witnessmark.facts.tables.artifacts import COVERAGE
from witnessmark.facts.tables.scripts import SCRIPT_CALLS, SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.formats import il2cpp
from witnessmark.formats.dotnet import marks, told
from witnessmark.formats.elf import strings
from witnessmark.package.open import open_input

INTAKE = Path(__file__).parents[2] / "apps" / "intake" / "intake.apk"
OWN = MadeAssembly(
    "Visit", {"Send": (("https://visit.sample.test/api", "身份证"), ("GetLocationAsync",))}
).build()
OTHER = MadeAssembly("Packed", {"Stop": (("packed text",), ("Stop",))}).build()
KNOWN = MadeAssembly("System.Net.Http", {"Get": (("of the platform",), ("Get",))}).build()


def packed(plain: bytes) -> bytes:
    block = bytes(lz4.block.compress(plain, store_size=False))
    return b"XALZ" + pack("<II", 0, len(plain)) + block


def store(*assemblies: bytes) -> bytes:
    at = 20 + 24 * len(assemblies)
    head = b"XABA" + pack("<4I", 1, len(assemblies), len(assemblies), 0)
    for one in assemblies:
        head += pack("<6I", at, len(one), 0, 0, 0, 0)
        at += len(one)
    return head + b"".join(assemblies)


FILES = {
    "assemblies/Visit.dll": OWN,
    "assemblies/assemblies.blob": store(packed(OTHER), packed(KNOWN)),
    "assets/bin/Data/Managed/Metadata/global-metadata.dat": metadata(),
    "assets/run.sh": b"#!/system/bin/sh\nsu -c id\n",
    "assets/a.lua": b'local u = "http://lua.sample.test/x" -- "no"\n',
    "assets/b.py": b'u = "http://py.sample.test/x"  # "no"\n',
}


def intake_with(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The app of the fixtures with more files inside."""
    path = folder / "app.apk"
    shutil.copy(INTAKE, path)
    with zipfile.ZipFile(path, "a") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return build_facts(open_input([intake_with(tmp_path_factory.mktemp("app"), FILES)]))


def test_each_program_has_its_row(app: Facts) -> None:
    assert list(app.table(SCRIPTS).rows("name", "kind", "read")) == [
        ("assemblies/Visit.dll (Visit)", "dotnet", "code"),
        ("assemblies/assemblies.blob (Packed)", "dotnet", "code"),
        ("assets/bin/Data/Managed/Metadata/global-metadata.dat", "il2cpp", "texts"),
        ("assets/a.lua", "lua", "texts"),
        ("assets/b.py", "python", "texts"),
        ("assets/run.sh", "shell", "texts"),
    ]


def test_texts_stand_in_their_bytes_and_packed_ones_are_quoted_by_digest(app: Facts) -> None:
    codecs = {"utf-8": "utf-8", "utf-16le": "utf-16-le"}
    found = {}
    rows = app.table(SCRIPT_TEXTS).rows("text", "reads_as", "artifact", "offset", "length")
    for text, reads_as, artifact, offset, length in rows:
        found[text] = reads_as
        raw = bytes(app.blob(artifact)[offset : offset + length])
        if reads_as == "sha256":
            assert raw.startswith(b"XALZ")
        else:
            assert raw.decode(codecs[reads_as]) == text
    assert found["身份证"] == "utf-16le"
    assert found["packed text"] == "sha256"
    assert "of the platform" not in found
    assert {"http://lua.sample.test/x", "http://py.sample.test/x", "su -c id", "得分"} <= set(found)
    assert "no" not in found


def test_calls_of_assemblies_and_of_the_shell(app: Facts) -> None:
    names = list(app.table(SCRIPT_CALLS)["name"])
    assert names == [
        "Xamarin.Essentials.Geolocation.GetLocationAsync",
        "Xamarin.Essentials.Geolocation.Stop",
        "su",
    ]


def test_the_ledger_counts_them_and_gaps_say_what_is_not_read(app: Facts) -> None:
    rows = app.table(COVERAGE).rows("member", "kind", "unit", "present", "read", "why")
    ledger = {row[0].partition("!")[2]: row[1:] for row in rows if row[1].startswith("code (")}
    library = "assemblies of the platform and of well-known libraries are not examined"
    assert ledger["assemblies/assemblies.blob"] == ("code (.NET)", "files", 2, 1, library)
    assert ledger["assets/a.lua"][0] == "code (lua)"
    whys = [gap.why for gap in app.gaps]
    assert any("what the game does is in native code" in why for why in whys)
    assert sum("a program in .NET" in why for why in whys) == 1


def test_a_broken_store_is_a_gap(tmp_path: Path) -> None:
    path = intake_with(tmp_path, {"assemblies/assemblies.blob": store(packed(OTHER))[:-5]})
    facts = build_facts(open_input([path]))
    assert any(".NET" in gap.why for gap in facts.gaps)


def test_attributes_that_are_not_read_are_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MOST", 1)
    sample = Path(__file__).parents[1] / "formats" / "dotnet" / "samples" / "service.dll"
    path = intake_with(tmp_path, {"assemblies/service.dll": sample.read_bytes()})
    facts = build_facts(open_input([path]))
    assert any("not all attributes of types and members" in gap.why for gap in facts.gaps)


def test_programs_that_nobody_can_read_are_a_gap(tmp_path: Path) -> None:
    path = intake_with(
        tmp_path,
        {
            "assets/main.lua": b"\x1b\x24\xa5\x58\xf2\x0a\x6b\x00\x4e" * 9,
            "assets/layout/main.lua": bytes(range(256)),
            "assets/plain.lua": b'print("read")',
            "assets/other.dat": bytes(range(255, -1, -1)),
        },
    )
    facts = build_facts(open_input([path]))
    (gap,) = (gap for gap in facts.gaps if gap.at == "code (Lua)")
    assert gap.why.startswith("2 files are named as programs (Lua), 337 bytes in all")
    counted = {row[0]: row[4] for row in facts.table(COVERAGE).rows() if row[1] == "code (Lua)"}
    assert counted == {"assets/main.lua": 0, "assets/layout/main.lua": 0}
    others = [row[3] for row in facts.table(COVERAGE).rows() if row[1] == "unknown"]
    assert others == [1], "the ledger counts the two of them once"


@pytest.mark.parametrize("name", ["a.lua", "run.sh"])
def test_programs_of_which_not_all_is_read_are_a_gap(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = {"a.lua": b'local u = "http://lua.sample.test/x"\nprint("no")\n',
                "run.sh": b"#!/system/bin/sh\nsu -c id\nsu -c ls\n"}  # fmt: skip
    path = intake_with(tmp_path, {f"assets/{name}": programs[name]})
    whole = build_facts(open_input([path]))
    assert not any("not all was read" in gap.why for gap in whole.gaps)
    monkeypatch.setattr(from_texts, "MOST_TEXTS", 1)
    facts = build_facts(open_input([path]))
    (gap,) = (gap for gap in facts.gaps if "not all was read" in gap.why)
    assert gap.at.endswith(name)
    assert len(facts.table(SCRIPT_TEXTS)) == 1


def test_games_of_which_not_all_texts_are_read_are_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(il2cpp, "MOST_TEXTS", 1)
    path = intake_with(
        tmp_path, {"assets/bin/Data/Managed/Metadata/global-metadata.dat": metadata()}
    )
    facts = build_facts(open_input([path]))
    assert any("not all was read" in gap.why for gap in facts.gaps)


def test_calls_of_assemblies_that_are_told_in_part_are_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "MOST_WAYS", 1)
    sample = Path(__file__).parents[1] / "formats" / "dotnet" / "samples" / "visit.dll"
    path = intake_with(tmp_path, {"assemblies/visit.dll": sample.read_bytes()})
    facts = build_facts(open_input([path]))
    assert any("not all calls, or not all that they are given" in gap.why for gap in facts.gaps)


def test_native_code_of_which_not_all_is_listed_is_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strings, "STRINGS_AT_MOST", 1)
    path = intake_with(
        tmp_path, {"lib/arm64-v8a/liba.so": MadeElf(data=b"\0first\0second\0").build()}
    )
    facts = build_facts(open_input([path]))
    assert any(
        gap.why == "native code was read in part: only the first 1 strings are listed"
        for gap in facts.gaps
    )
