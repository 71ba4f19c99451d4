"""How languages build labels: spaces, endings, and where the head of a phrase stands."""

from typing import Literal

from witnessmark.knowledge.schema import Entry


class Grammar(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is needed to take labels of one language apart; ``id`` is its BCP 47 tag.

    ``name``      English name of the language.
    ``spaced``    words are divided by spaces.
    ``head``      where the word stands that says what a compound is: ``final``, ``initial`` or
                  ``either``.
    ``endings``   endings that say number, case or possessor, in any order.
    ``prefixes``  the same at the beginning of words.
    ``silent``    what may be left out without a change of meaning, as 的 in 与户主的关系.
    ``shortest``  letters that must remain when something is taken off; where words are not
                  divided, words with fewer characters are weak (see pack ``languages``).
    ``letters``   for languages in Latin letters, those beside a to z that its own words have.
    ``common``    for the same, articles, prepositions and the like: they tell which language a
                  text is in, and nothing else.
    ``marked``    its words are seldom written without the marks of its letters.
    """

    name: str
    spaced: bool
    head: Literal["final", "initial", "either"]
    shortest: int
    endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    letters: str = ""
    common: tuple[str, ...] = ()
    marked: bool = False


ENTRY = Grammar
