"""XML as text: decoded manifests, layouts and values, with the bytes behind every part.

Source: W3C XML 1.0; developer.android.com, String resources, for escapes in values.
"""

from witnessmark.formats.textxml.read import TextXml, read_text_xml
from witnessmark.formats.textxml.text import plain_text

__all__ = ["TextXml", "plain_text", "read_text_xml"]
