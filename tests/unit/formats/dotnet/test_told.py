"""What calls are given: through fields, callers, state machines of async methods."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from witnessmark.formats.dotnet import Assembly, read_assembly, told
from witnessmark.model.errors import FormatError

SAMPLE = Path(__file__).with_name("samples") / "visit.dll"
BASE = "https://visit.sample.test/api/"


@pytest.fixture(scope="module")
def found() -> Assembly:
    return read_assembly(SAMPLE.read_bytes())


def given(found: Assembly, name: str) -> list[tuple[object, ...]]:
    return [one.arguments for one in found.calls if one.name == name]


def test_a_helper_is_told_once_for_each_caller(found: Assembly) -> None:
    assert given(found, "System.Net.Http.HttpClient.GetStringAsync") == [
        (f"{BASE}v2/households",), (f"{BASE}v2/officers?area=7",),
    ]  # fmt: skip


def test_bodies_keep_their_names_as_attributes_write_them(found: Assembly) -> None:
    as_json = "Newtonsoft.Json.JsonConvert.SerializeObject"
    content = "System.Net.Http.StringContent"
    form = "System.Net.Http.FormUrlEncodedContent"
    device = "{DeviceId}{GetImei}{Model}"
    assert given(found, "System.Net.Http.HttpClient.PostAsync") == [
        (f"{BASE}login", {"()": [form, {"officer": "{officer}", "password": "{password}"}]}),
        (f"{BASE}household/add", {"()": [content, {"()": [
            as_json, {"card_no": "{typed}", "Street": "none"}]}, None, "application/json"]}),
        (f"{BASE}device", {"()": [content, {"()": [
            as_json, {"imei": device}]}, None, "application/json"]}),
    ]  # fmt: skip


def test_formats_constants_and_numbers(found: Assembly) -> None:
    assert given(found, "System.Net.Http.HttpRequestMessage") == [
        ("PUT", f"{BASE}household/{{number}}")
    ]
    assert given(found, "Android.Telephony.TelephonyManager.GetImei") == [("=1",)]


def test_where_two_ways_meet_nothing_is_told() -> None:
    data = SAMPLE.read_bytes()
    found = read_assembly(data)
    spare = "https://spare.sample.test/"
    assert spare in [text for text, _ in found.texts.values()]
    assert all(spare not in str(one.arguments) for one in found.calls)


def test_nested_types_have_the_name_of_the_type_around_them(found: Assembly) -> None:
    name = "Android.Provider.Settings.Secure.GetString"
    assert given(found, name) == [("{resolver}", "android_id"), ("{resolver}", "bluetooth_on")]


@pytest.mark.parametrize("place", range(0x200, 0x1E00, 61))
def test_injured_assemblies_are_refused_or_read(place: int) -> None:
    data = bytearray(SAMPLE.read_bytes())
    data[place] ^= 0xFF
    with suppress(FormatError):
        assert read_assembly(bytes(data)).read >= 0


@pytest.mark.parametrize("limit", ["MOST_MEMBERS", "MOST_WAYS", "LONGEST"])
def test_what_is_told_in_part_is_cut(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_assembly(SAMPLE.read_bytes()).calls_cut
    monkeypatch.setattr(told, limit, 1)
    assert read_assembly(SAMPLE.read_bytes()).calls_cut
