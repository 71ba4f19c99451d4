"""Manifests, layouts and resource tables as protobuf, the form that bundles have them in.

Source: protobuf.dev/programming-guides/encoding; AOSP frameworks/base/tools/aapt2,
Resources.proto and Configuration.proto.
"""

from witnessmark.formats.protobuf.resources import read_resources
from witnessmark.formats.protobuf.xml import read_xml_node

__all__ = ["read_resources", "read_xml_node"]
