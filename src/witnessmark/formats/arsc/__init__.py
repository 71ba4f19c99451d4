"""Resource tables (``resources.arsc``): every value of every resource in every configuration."""

from witnessmark.formats.arsc.columns import BagColumns, EntryColumns
from witnessmark.formats.arsc.config import Config
from witnessmark.formats.arsc.lookup import BagItem, Value
from witnessmark.formats.arsc.package import Overlayable, Package
from witnessmark.formats.arsc.read import read_arsc
from witnessmark.formats.arsc.table import JoinedTables, ResourceTable, join

__all__ = [
    "BagColumns",
    "BagItem",
    "Config",
    "EntryColumns",
    "JoinedTables",
    "Overlayable",
    "Package",
    "ResourceTable",
    "Value",
    "join",
    "read_arsc",
]
