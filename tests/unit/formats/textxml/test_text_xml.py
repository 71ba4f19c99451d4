"""XML as text: spans, escapes, damage, and entities that are not followed."""

from __future__ import annotations

import pytest

from witnessmark.formats.axml.tree import ANDROID_NAMESPACE
from witnessmark.formats.textxml import plain_text, read_text_xml
from witnessmark.model.errors import FormatError

MANIFEST = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    f'<manifest xmlns:a="{ANDROID_NAMESPACE}" package="org.\u4f8b">\n'
    "  <application a:label='say &quot;hi&quot;' a:name = \".App\"/>\n</manifest>\n"
)


def test_elements_attributes_and_their_bytes() -> None:
    data = MANIFEST.encode()
    tree = read_text_xml(data).tree
    manifest, application = tree.elements
    assert (manifest.name, manifest.line, manifest.parent) == ("manifest", 2, -1)
    assert (application.name, application.line, application.parent) == ("application", 3, 0)
    label, name = application.attributes
    assert (label.name, label.namespace, label.text) == ("label", ANDROID_NAMESPACE, 'say "hi"')
    assert data[label.span.offset : label.span.end] == b"say &quot;hi&quot;"
    assert data[name.span.offset : name.span.end] == b".App"
    assert data[application.span.offset : application.span.end].startswith(b"<application a:label")
    package = manifest.attribute("package", "")
    assert package is not None
    assert package.text == "org.\u4f8b"


def test_content_with_markup_inside() -> None:
    data = (
        b"<resources><string name='a'>One <b>two</b> &lt;3</string><string name='b'/></resources>"
    )
    text = read_text_xml(data)
    assert text.content[1] == "One two <3"
    inside = text.inside[1]
    assert data[inside.offset : inside.end] == b"One <b>two</b> &lt;3"
    assert text.inside[3].length == 0


@pytest.mark.parametrize(
    "written",
    ["<!-- x -->a.test", " a.test <!-- x -->\n<!--y-->", "<!--x--> <!--y-->a.test", "a.test"],
)
def test_comments_around_a_text(written: str) -> None:
    data = f"<all><domain>{written}</domain></all>".encode()
    (text,) = read_text_xml(data).tree.texts
    assert text.text == "a.test"
    assert data[text.span.offset : text.span.end] == b"a.test"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a<!-- x -->.test", "a.test"),
        ("<![CDATA[a.test]]>", "a.test"),
        ("a&#46;test", "a.test"),
        ("<!-- x -->a.<![CDATA[te]]>st", "a.test"),
        ("a.<port/>test", "a.test"),
    ],
)
def test_texts_that_are_written_in_pieces_are_read_as_they_are_meant(
    written: str, text: str
) -> None:
    data = f"<all><in><in><in><in><domain> {written}\n</domain></in></in></in></in></all>".encode()
    (found,) = read_text_xml(data).tree.texts
    assert found.text == text
    assert found.text_span is not None
    shown = data[found.text_span.offset : found.text_span.end]
    assert shown.decode() == written.removeprefix("<!-- x -->")


def test_comments_alone_are_no_text() -> None:
    assert read_text_xml(b"<all><domain> <!-- x --> <!-- y --></domain></all>").tree.texts == ()


def test_what_stands_before_damage_is_kept() -> None:
    tree = read_text_xml(b"<manifest><uses-permission x='1'/><broken").tree
    assert [one.name for one in tree.elements] == ["manifest", "uses-permission"]
    (anomaly,) = tree.anomalies
    assert anomaly.loses


@pytest.mark.parametrize("text", [b"", b"no xml", b"<!-- only -->"])
def test_no_elements(text: bytes) -> None:
    with pytest.raises(FormatError):
        read_text_xml(text)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "b">',
        '<!ENTITY % p SYSTEM "file:///etc/hostname">',
        '<!ENTITY a "&b;&b;"><!ENTITY b "&c;&c;"><!ENTITY c "x">',
    ],
)
def test_entities_are_refused(declaration: str) -> None:
    with pytest.raises(FormatError, match="entities"):
        read_text_xml(f"<!DOCTYPE m [{declaration}]><m>&a;</m>".encode())


def test_depth_is_bounded() -> None:
    with pytest.raises(FormatError, match="deep"):
        read_text_xml(b"<a>" * 5000)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("plain", "plain"),
        ("  two\n   words ", "two words"),
        (r"it\'s", "it's"),
        (r"a\nb", "a\nb"),
        ('"  kept  "', "  kept  "),
        (r"\u8eab\u4efd", "\u8eab\u4efd"),
        (r"\@not_a_reference", "@not_a_reference"),
        (r"back\\slash", "back\\slash"),
        ("ends with \\", "ends with "),
    ],
)
def test_plain_text(written: str, text: str) -> None:
    assert plain_text(written) == text


def test_text_of_an_element_has_its_place() -> None:
    data = b"<a><b x='1'>\n  care.sample.test \n</b><c>one<d/>two</c><e/><f>&amp;</f></a>"
    texts = read_text_xml(data).tree.texts
    assert [(one.text, one.parent) for one in texts] == [
        ("care.sample.test", 1), ("onetwo", 2), ("&", 5),
    ]  # fmt: skip
    span = texts[0].text_span
    assert span is not None
    assert data[span.offset : span.offset + span.length] == b"care.sample.test"
