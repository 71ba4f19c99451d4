"""`among` answers as numpy.isin, whichever of its ways it takes, and without masked arrays."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from witnessmark.model.distinct import among

WANTED: tuple[list[int], ...] = (
    [],
    [3],
    [3, -1, 70_000],
    list(range(0, 60, 2)),
    list(range(-5, 40)),
    [one * 10_000_019 for one in range(-20, 20)],
    [-(1 << 62), 1 << 62, *range(20)],
)


@pytest.mark.parametrize("kind", ["u1", "u2", "i4", "u4", "i8", "?"])
@pytest.mark.parametrize("wanted", WANTED)
def test_numbers_are_found_as_numpy_finds_them(kind: str, wanted: list[int]) -> None:
    values = np.arange(400).astype(kind)
    assert among(values, wanted).tolist() == np.isin(values, wanted).tolist()


def test_texts_and_empty_columns() -> None:
    assert among(np.array(["sdk", "app", ""]), ("app", "")).tolist() == [False, True, True]
    many = [str(number) for number in range(20)]
    assert among(np.array(["3", "x"]), many).tolist() == [True, False]
    assert among(np.array([], dtype="i4"), [1]).tolist() == []


def test_masked_arrays_stay_unloaded() -> None:
    script = (
        "import sys, numpy as np\n"
        "from witnessmark.model.distinct import among\n"
        "among(np.arange(9000) * 7919, np.arange(40) * 1_000_003)\n"
        "assert 'numpy.ma' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
