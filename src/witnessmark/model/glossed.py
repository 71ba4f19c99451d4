"""English beside the app's words where a sentence quotes them: “姓名” (name).

A sentence that quotes a label in a script its reader does not know tells nothing. The gloss stands
behind the closing mark; the original stays. Where a sentence lists words without marks, as code
books do, it stands behind each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from witnessmark.model.finding import Original

LONGEST_GLOSS = 90
MOST_WORDS = 400
"""Characters beyond which a sentence is left as it is: a quoted paragraph is no label."""

BEHIND_QUOTE = re.compile(r"“(?P<text>[^“”]+)” \((?P<gloss>[^()]+)\)")
BRACKETS = str.maketrans("()“”", "[]''")


def with_glosses(says: str, originals: Sequence[Original]) -> str:
    """The sentence with a gloss behind each of the ``originals`` that it quotes or lists."""
    glosses = {
        one.text.strip(): one.gloss.strip().translate(BRACKETS)
        for one in originals
        if 0 < len(one.gloss.strip()) <= LONGEST_GLOSS
        and one.gloss.strip().casefold() != one.text.strip().casefold()
        and one.text.strip() in says
    }
    if not glosses or len(says) > MOST_WORDS:
        return says
    texts = "|".join(re.escape(text) for text in sorted(glosses, key=lambda one: (-len(one), one)))
    pattern = rf"“({texts})”|(?:(?<=\()|(?<=, ))({texts})(?=[,)])"
    return re.sub(pattern, lambda match: _beside(match, glosses), says)


def without_glosses(says: str) -> tuple[str, Mapping[str, str]]:
    """The sentence without glosses behind quoted words, and the glosses by those words."""
    glosses = {match["text"]: match["gloss"] for match in BEHIND_QUOTE.finditer(says)}
    return BEHIND_QUOTE.sub(lambda match: f"“{match['text']}”", says), glosses


def _beside(match: re.Match[str], glosses: Mapping[str, str]) -> str:
    word = next(text for text in match.groups() if text is not None)
    return f"{match.group()} ({glosses[word]})"
