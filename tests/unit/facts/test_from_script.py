"""Elements of scripts: calls of compiled templates, templates in texts, hostile scripts."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest

from witnessmark.facts.from_script import Script, is_worth_reading, unescaped

VUE = """
var render = function(){var _vm=this;var _h=_vm.$createElement;var _c=_vm._self._c||_h;
return _c('view',[_c('text',[_vm._v("身份证号")]),_c('input',{directives:[{name:"model",
rawName:"v-model",value:(_vm.form.sfz),expression:"form.sfz"}],attrs:{"placeholder":"请输入"}})])}
"""
REACT = """
r.createElement("label", null, "Faith", (0, t.jsx)(i.TextInput, {placeholder: "As stated",
  maxLength: 20, value: e.faith, children: "none"}))
"""


def read(text: str | bytes) -> tuple[list[Any], list[Any], list[tuple[int, bytes]]]:
    elements: list[Any] = []
    texts: list[Any] = []
    data = text if isinstance(text, bytes) else text.encode()
    templates = list(Script(data, 3, elements, texts).read())
    for row in elements:
        assert -1 <= row[0] < len(elements)
        assert 0 <= row[4] < row[4] + row[5] <= len(data)
    for row in texts:
        assert 0 <= row[4] <= row[4] + row[5] <= len(data)
    return elements, texts, templates


def test_calls_of_a_compiled_template_are_elements_in_order() -> None:
    elements, texts, _ = read(VUE)
    assert [(row[0], row[1]) for row in elements] == [(-1, "view"), (0, "text"), (0, "input")]
    given = json.loads(elements[2][2])
    assert given == {"placeholder": "请输入", "v-model": "form.sfz"}
    assert [(row[0], row[2]) for row in texts] == [(1, "身份证号")]
    data = VUE.encode()
    assert data[texts[0][4] : texts[0][4] + texts[0][5]].decode() == "身份证号"


def test_components_are_named_as_tags_and_texts_are_children() -> None:
    elements, texts, _ = read(REACT)
    assert [row[1] for row in elements] == ["label", "text-input"]
    given = json.loads(elements[1][2])
    assert (given["placeholder"], given["maxlength"], given["v-model"]) == (
        "As stated",
        "20",
        "faith",
    )
    assert [row[2] for row in texts] == ["Faith", "none"]


def test_templates_in_texts_keep_their_places() -> None:
    script = 'x = {template: "<div class=\\"a\\">\\n<input name=\\"b\\"></div>"}'
    _, _, ((start, template),) = read(script)
    assert len(template) == len(script[start:-2].encode())
    assert script.encode()[start : start + 4] == template[:4] == b"<div"
    assert b"\\" not in template


def test_calls_that_make_no_element_are_none() -> None:
    elements, texts, templates = read(
        'h(1); h(x, {placeholder: "a"}); log("div", {placeholder: "b"}); jsx(); y = "<b>no</b>"'
    )
    assert (elements, texts, templates) == ([], [], [])


@pytest.mark.parametrize(
    ("raw", "text"),
    [("\\u59d3\\u540d", "姓名"), ("a\\nb", "a\nb"), ("\\x41\\'", "A'"), ("\\u{1F600}", "😀"),
     ("\\ud83d\\ude00", "😀"), ("\\u{ffffff}", "\N{REPLACEMENT CHARACTER}"), ("\\ud83d", "\ufffd")],
)  # fmt: skip
def test_signs_that_spell_others(raw: str, text: str) -> None:
    assert unescaped(raw) == text


@pytest.mark.parametrize(
    "text",
    ["h('input',{placeholder:" * 3000, "(" * 20000, "`${" * 5000, "h('a',[" * 5000 + "'v-model'",
     "\0\0placeholder", "h('input', {attrs: " + "{attrs: " * 500, "'<input " * 500],
)  # fmt: skip
def test_hostile_scripts_end_soon(text: str) -> None:
    began = time.monotonic()
    read(text)
    assert time.monotonic() - began < 10


def test_injured_scripts_are_read() -> None:
    chance = random.Random(11)
    for text in (VUE.encode(), REACT.encode()):
        for _ in range(150):
            at, size = chance.randrange(len(text)), chance.randrange(9)
            put = chance.choice([b"(", b"{", b"'", b"`", b"\xff", b"\\", b"\0", b"=>", b""])
            read(text[:at] + put + text[at + size :])


def test_scripts_without_inputs_are_not_read() -> None:
    assert is_worth_reading(VUE.encode())
    assert not is_worth_reading(b"function add(a, b) { return a + b; }")
