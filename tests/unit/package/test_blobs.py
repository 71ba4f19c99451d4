from __future__ import annotations

import pytest

from miniapp.apk import write_zip
from witnessmark.formats.zip import read_zip
from witnessmark.package import blobs as module
from witnessmark.package.blobs import Blobs, Packed


def filled(budget: int) -> Blobs:
    data = memoryview(write_zip({"a": b"a" * 100, "b": b"b" * 100, "c": b"c" * 300}))
    kept = Blobs(budget)
    kept.add(data)
    for entry in read_zip(data).entries:
        kept.add(Packed(0, entry))
    return kept


def test_same_bytes_whether_kept_or_unpacked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = filled(budget=150)
    calls: list[str] = []
    real = vars(module)["unpack"]

    def counted(*given: object) -> object:
        calls.append(given[1].name)  # type: ignore[attr-defined]
        return real(*given)

    monkeypatch.setattr(module, "unpack", counted)
    order = [1, 1, 2, 1, 3, 3, 2]
    found = [bytes(kept.read(row))[:1] for row in order]
    assert b"".join(found) == b"aabaccb"
    assert calls == ["a", "b", "a", "c", "b"]


def test_a_view_handed_out_stays_valid_after_it_was_dropped() -> None:
    kept = filled(budget=1)
    view = kept.read(1)
    kept.read(3)
    kept.release([1, 3])
    assert bytes(view) == b"a" * 100
    assert bytes(kept.read(3)) == b"c" * 300
