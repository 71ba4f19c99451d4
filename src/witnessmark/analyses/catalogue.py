"""The catalogue: every analysis in the tree, found by walking it."""

from __future__ import annotations

import importlib
import pkgutil

from witnessmark import analyses
from witnessmark.analyses.contract import Analysis
from witnessmark.model.finding import CHAPTERS


def catalogue() -> tuple[Analysis, ...]:
    """All analyses, ordered by chapter and name.

    A module of a chapter that holds anything but exactly one `Analysis` is a mistake of ours
    and raises TypeError; helpers of a chapter have names with a leading underscore.
    """
    found: list[Analysis] = []
    for chapter in CHAPTERS:
        package = importlib.import_module(f"{analyses.__name__}.{chapter}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
            if module.name.startswith("_"):
                continue
            found.append(_only_analysis(f"{package.__name__}.{module.name}"))
    return tuple(found)


def _only_analysis(module_name: str) -> Analysis:
    module = importlib.import_module(module_name)
    bound = [value for value in vars(module).values() if isinstance(value, Analysis)]
    if len(bound) != 1:
        raise TypeError(f"{module_name} must hold exactly one Analysis, found {len(bound)}")
    return bound[0]
