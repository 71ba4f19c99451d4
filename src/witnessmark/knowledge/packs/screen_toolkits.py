"""Libraries by which an app draws screens in its code, without any layout file."""

from witnessmark.knowledge.schema import Rule


class ScreenToolkit(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One library.

    ``toolkit``  its name.
    ``file``     file of the package that it leaves there, also where its classes were renamed.
    ``package``  beginning of the names of its classes, with dots.
    ``composer``  class that each function which draws is handed behind all else.
    ``function``  beginning of the names of interfaces of functions; how many values they take is
                  the end.
    ``fields``   its functions that draw a field to fill in, ``package.Class.function``.
    ``ticked``   those that draw a box to tick or a switch; ``chosen`` one choice among several.
    """

    toolkit: str
    file: str
    package: str
    composer: str
    function: str
    fields: tuple[str, ...]
    ticked: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is its file or the name of one of its classes."""
        return text == self.file or text.startswith(self.package)


ENTRY = ScreenToolkit
