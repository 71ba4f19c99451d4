"""Binary XML (AXML): manifests, layouts and other compiled XML of an app."""

from witnessmark.formats.axml.attribute_names import public_attribute_names
from witnessmark.formats.axml.read import read_axml
from witnessmark.formats.axml.tree import Attribute, Element, Namespace, Text, XmlTree

__all__ = [
    "Attribute",
    "Element",
    "Namespace",
    "Text",
    "XmlTree",
    "public_attribute_names",
    "read_axml",
]
