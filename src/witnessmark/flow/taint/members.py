"""Methods and fields as code names them, resolved once."""

from __future__ import annotations


class Method:
    """A method as named: ``owner`` and parameter nodes are rows of ``types``.

    ``parameters`` are descriptors, ``letters`` one letter each; ``defined`` says that the app
    holds its code.
    """

    __slots__ = (
        "defined",
        "exact",
        "name",
        "owner",
        "parameter_nodes",
        "parameters",
        "return_node",
        "returns",
        "row",
        "static",
    )

    def __init__(
        self,
        row: int,
        name: str,
        owner: int,
        parameters: tuple[str, ...],
        parameter_nodes: tuple[int, ...],
        returns: str,
        return_node: int,
        exact: int,
        defined: bool,
        static: bool,
    ) -> None:
        self.row = row
        self.name = name
        self.owner = owner
        self.parameters = parameters
        self.parameter_nodes = parameter_nodes
        self.returns = returns
        self.return_node = return_node
        self.exact = exact
        self.defined = defined
        self.static = static

    @property
    def arguments(self) -> str:
        """Parameter descriptors as one text."""
        return "".join(self.parameters)


class Field:
    """A field as named; ``row`` is that of its definition when the app holds one."""

    __slots__ = ("defined", "name", "node", "owner", "row", "signature")

    def __init__(
        self, row: int, name: str, owner: int, node: int, defined: bool, signature: str
    ) -> None:
        self.row = row
        self.name = name
        self.owner = owner
        self.node = node
        self.defined = defined
        self.signature = signature
