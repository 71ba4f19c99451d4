"""Values and annotations of smali."""

from __future__ import annotations

import re

from witnessmark.formats.listing.model import Annotation, Value
from witnessmark.formats.smali.tokens import Token, Tokens, number, plain_name, string_text
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

DEEPEST = 32
HANDLE = re.compile(r"(?:static|instance)-(?:put|get)@|invoke-(?:static|instance|constructor|"
                    r"direct|interface)@")  # fmt: skip
TYPE = re.compile(r"\[*(?:[VZBSCIJFD]|L[^;]+;)")


def read_value(tokens: Tokens, depth: int = 0) -> Value:
    """One value. Raises `FormatError` for what is none."""
    if depth > DEEPEST:
        raise FormatError("values lie too deep in one another", tokens.at)
    token = tokens.next()
    span = Span(token.start, token.end - token.start)
    if token.kind == "string":
        inside = Span(span.offset + 1, span.length - 2)
        return Value("string", string_text(token.text), inside)
    if token.kind == "char":
        return Value("char", ord(string_text(token.text)[:1] or "\0"), span)
    if token.text == "{":
        return _array(tokens, token, depth)
    if token.text == ".subannotation":
        annotation = read_annotation(tokens, "build", depth + 1)
        return Value("annotation", annotation, annotation.span)
    if token.text == ".enum":
        named = tokens.next()
        name = plain_name(named.text)
        return Value("enum", name, Span(named.start, named.end - named.start))
    if token.kind != "word":
        raise FormatError(f"{token.text!r} is no value", token.start)
    return _word_value(token, span)


def _array(tokens: Tokens, opened: Token, depth: int) -> Value:
    items: list[Value] = []
    while (token := tokens.peek()) is not None and token.text != "}":
        items.append(read_value(tokens, depth + 1))
        following = tokens.peek()
        if following is not None and following.text == ",":
            tokens.next()
    closed = tokens.expect("}")
    return Value("array", tuple(items), Span(opened.start, closed.end - opened.start))


def _word_value(token: Token, span: Span) -> Value:
    """A value that is one word: number, name, prototype, method handle."""
    word = token.text
    if word in ("true", "false"):
        return Value("boolean", word == "true", span)
    if word == "null":
        return Value("null", None, span)
    if word[0] in "0123456789+-." or word.rstrip("fFdD") in ("NaN", "Infinity"):
        kind, value = number(word, token.start)
        return Value(kind, value, span)
    name = plain_name(word)
    if HANDLE.match(name):
        return Value("method_handle", name, span)
    if "->" in name:
        return Value("method" if "(" in name else "field", name, span)
    if name.startswith("("):
        return Value("method_type", name, span)
    if TYPE.fullmatch(name):
        return Value("type", name, span)
    raise FormatError(f"{word!r} is no value", token.start)


def read_annotation(tokens: Tokens, visibility: str, depth: int = 0) -> Annotation:
    """What follows ``.annotation VISIBILITY`` or ``.subannotation``, its end included.

    The span is that of the type's name.
    """
    named = tokens.next()
    ends = "subannotation" if depth else "annotation"
    elements = []
    while True:
        token = tokens.next()
        if token.text == ".end":
            tokens.expect(ends)
            break
        if token.kind != "word":
            raise FormatError(f"{token.text!r} is no name of an element", token.start)
        tokens.expect("=")
        elements.append((plain_name(token.text), read_value(tokens, depth)))
    span = Span(named.start, named.end - named.start)
    return Annotation(plain_name(named.text), visibility, tuple(elements), span)
