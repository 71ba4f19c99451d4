"""Which language a text is in: by its script, then by its locale, never by statistics alone.

Scripts follow the blocks of the Unicode Standard; letters that only one of several languages of a
script uses (Persian گ, Uyghur ې, Kazakh ұ) decide between them.
"""

from __future__ import annotations

import re

from witnessmark.formats.patterns import kept_regex

LATIN = ("en", "es", "pt", "fr", "de", "it", "id", "vi", "tr")
"""Languages tried for Latin letters without a locale, in this order."""

UNDETERMINED = "und"

_ALIASES = {"in": "id", "iw": "he", "cn": "zh", "jp": "ja", "kr": "ko", "default": UNDETERMINED}
_SCRIPTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (kept_regex(r"[\u3040-\u30ff\uff66-\uff9f]"), ("ja",)),
    (kept_regex(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"), ("ko",)),
    (kept_regex(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]"), ("zh", "ja")),
    (kept_regex(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"), ("ar", "fa", "ug")),
    (kept_regex(r"[\u0400-\u052f]"), ("ru", "kk")),
    (kept_regex(r"[\u0900-\u097f]"), ("hi",)),
    (kept_regex(r"[\u0980-\u09ff]"), ("bn",)),
    (kept_regex(r"[\u0e00-\u0e7f]"), ("th",)),
    (kept_regex(r"[\u1000-\u109f]"), ("my",)),
)  # fmt: skip
_UYGHUR = kept_regex(r"[\u06d5\u06c7\u06c6\u06c8\u06d0\u06ad\u06cb]|\b\u0626")
_PERSIAN = kept_regex("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
_KAZAKH = kept_regex("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_MINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ug", _UYGHUR),
    ("fa", _PERSIAN),
    ("kk", _KAZAKH),
)
_FOREIGN_SCRIPT = kept_regex(r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")


def base_language(locale: str) -> str:
    """Language of a BCP 47 tag or an Android qualifier (``zh-rCN``, ``pt_BR``, ``b+sr+Latn``)."""
    tag = locale.strip().removeprefix("b+").replace("_", "-").replace("+", "-").casefold()
    first = tag.partition("-")[0]
    return _ALIASES.get(first, first) or UNDETERMINED


def candidates(text: str, locale: str = UNDETERMINED) -> tuple[str, ...]:
    """Languages in which ``text`` may be read, best first.

    The script decides what is possible; ``locale`` decides among what the script allows. A
    script that none of our languages uses yields nothing.
    """
    stated = base_language(locale)
    for pattern, languages in _SCRIPTS:
        if pattern.search(text):
            return _of_script(text, languages, stated)
    if _FOREIGN_SCRIPT.search(text):
        return ()
    if stated in LATIN:
        return (stated, "en") if stated != "en" else ("en",)
    known = stated == UNDETERMINED or any(stated in languages for _, languages in _SCRIPTS)
    return LATIN if known else ("en",)


def _of_script(text: str, languages: tuple[str, ...], stated: str) -> tuple[str, ...]:
    if stated in languages:
        return (stated,)
    for language, letters in _MINE:
        if language in languages and letters.search(text):
            return (
                language,
                *(one for one in languages if one in ("fa", "ru") and one != language),
            )
    return languages
