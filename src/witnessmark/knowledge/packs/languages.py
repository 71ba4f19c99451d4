"""Words for concepts, one entry for each concept in a language.

A word may end in marks. Without any it speaks for itself, also among words nobody knows.

``~``  weak: it counts only when every other word of the text is known.
``?``  ambiguous: weak, and it needs context (a fact among its neighbours, or a person named beside
       it).
``^``  ambiguous as an identifier: it needs context there, not in a label.
``=``  last of the marks, for initials and short words: it counts only beside another such word
       of its entry, as ``jd`` and ``wd`` or ``lat`` and ``long`` (longitude, latitude) do; ``wd``
       alone may be the temperature, ``long`` alone a kind of number.
``!``  needs a locale that says the language, as it is an ordinary word in another one.
"""

from witnessmark.knowledge.schema import Entry


class Words(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one concept in one language.

    ``lang``         BCP 47 tag, or ``pinyin`` for Chinese in Latin letters and initials.
    ``concept``      id in the pack ``concepts``.
    ``words``        the words, with their marks.
    ``matches``      texts that must be read as the concept in that language.
    ``not_matches``  look-alikes that must not.
    """

    lang: str
    concept: str
    words: tuple[str, ...]
    matches: tuple[str, ...] = ()
    not_matches: tuple[str, ...] = ()


ENTRY = Words
