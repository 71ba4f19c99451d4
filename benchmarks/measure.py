"""Measure child processes: CPU time and peak memory of the whole process, medians of several runs.

CPU is user plus system time as the kernel accounts it to the child (``wait4``), so a loaded
machine disturbs it less than the clock does. The first run of each command warms caches, that of
compiled Python among them, and is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Median and least user+sys CPU in seconds, largest peak memory in MiB, counted runs."""

    cpu: float
    least: float
    peak: float
    runs: int


class CommandError(RuntimeError):
    """A measured command ended with an error; its last words are the message."""


def measure(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Measured]:
    """Run each command once to warm up and ``runs`` times to measure, by name.

    They take turns, so that a machine that others use disturbs all alike. One that fails is told
    on standard error and left out.
    """
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    peaks: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as compiled:
        for turn in range(runs + 1):
            for name in list(cpu):
                try:
                    spent, peak = once(commands[name], compiled)
                except CommandError as error:
                    print(f"{name}: {error}", file=sys.stderr)
                    del cpu[name]
                    continue
                if turn:
                    cpu[name].append(spent)
                    peaks[name].append(peak)
    return {
        name: Measured(statistics.median(spent), min(spent), max(peaks[name]), len(spent))
        for name, spent in cpu.items()
    }


def once(command: Sequence[str], compiled: str = "") -> tuple[float, float]:
    """CPU seconds and peak MiB of one run; Python keeps what it compiles in ``compiled``."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        if compiled:
            environment["PYTHONPYCACHEPREFIX"] = compiled
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
        ) as child:
            words = child.stderr.read() if child.stderr else b""
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        lines = words.decode("utf-8", "replace").strip().splitlines()
        raise CommandError(f"{' '.join(command)}: {lines[-1] if lines else 'no message'}")
    scale = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / (1 << 20)
