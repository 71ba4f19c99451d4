"""An address with an open piece is told as the one that fills it, where one call sends both."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from witnessmark.analyses.sends._described import join_open

API = "http://www.example.org/api/people"
OPEN = "http://www.example.org/?/people"
OTHER = "http://www.example.org/v2/people"


def _sent(*places: int) -> Any:
    return [SimpleNamespace(sent=[SimpleNamespace(place=(7, pc, pc)) for pc in places])]


def _told(**addresses: Any) -> list[str]:
    found: dict[tuple[str, ...], Any] = {
        ("http", "GET", one["url"], ""): one["sent"] for one in addresses.values()
    }
    join_open(found)
    return sorted(key[2] for key in found)


def test_a_setting_with_a_value_from_the_start_is_one_request() -> None:
    told = _told(a={"url": OPEN, "sent": _sent(3)}, b={"url": API, "sent": _sent(3)})
    assert told == [API]


def test_what_two_calls_send_stays_two_requests() -> None:
    told = _told(a={"url": OPEN, "sent": _sent(3)}, b={"url": API, "sent": _sent(9)})
    assert told == sorted([OPEN, API])


def test_a_piece_that_several_addresses_fill_stays_open() -> None:
    told = _told(
        a={"url": OPEN, "sent": _sent(3)},
        b={"url": API, "sent": _sent(3)},
        c={"url": OTHER, "sent": _sent(3)},
    )
    assert told == sorted([OPEN, API, OTHER])


def test_an_address_of_which_nothing_is_known_is_held_against_none() -> None:
    told = _told(a={"url": "?", "sent": _sent(3)}, b={"url": API, "sent": _sent(3)})
    assert told == sorted(["?", API])
