"""Layouts of any shape are drawn within bounds, nothing over anything else."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.analyses.asks._boxes import overlaps, settled
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._leaves import Words
from witnessmark.analyses.asks._measures import Sizes, text_width, wrapped
from witnessmark.analyses.asks._placing import Placer
from witnessmark.facts.view import Facts
from witnessmark.report.wireframe import wireframe

HOLDERS = ("LinearLayout", "RelativeLayout", "FrameLayout", "TableLayout", "TableRow", "GridLayout",
           "ConstraintLayout", "RadioGroup", "ScrollView", "com.example.Own")  # fmt: skip
LEAVES = ("TextView", "EditText", "Button", "CheckBox", "RadioButton", "Spinner", "ImageView",
          "SeekBar", "View", "ListView", "Switch")  # fmt: skip
SIZES = st.sampled_from(
    ["match_parent", "wrap_content", "0dp", "120dp", "9999dp", "-5dp", "@dimen/x", ""]
)
IDS = st.sampled_from(["a", "b", "c", "d"])
EDGES = ("layout_below", "layout_above", "layout_toRightOf", "layout_alignBottom", "layout_alignLeft",
         "layout_alignBaseline", "layout_constraintTop_toBottomOf", "layout_constraintEnd_toStartOf")  # fmt: skip


@st.composite
def attributes(draw: st.DrawFn) -> dict[str, tuple[str, int]]:
    given_ = {
        "id": "@id/" + draw(IDS),
        "layout_width": draw(SIZES),
        "layout_height": draw(SIZES),
        "orientation": draw(st.sampled_from(["vertical", "horizontal", ""])),
        "text": draw(st.text(max_size=40)),
        "layout_weight": draw(st.sampled_from(["", "1", "x", "-3", "1e9"])),
        "layout_marginTop": draw(SIZES),
        "layout_centerVertical": draw(st.sampled_from(["true", ""])),
        "layout_column": draw(st.sampled_from(["", "3", "99"])),
        "layout_span": draw(st.sampled_from(["", "2", "50"])),
    }
    for edge in draw(st.lists(st.sampled_from(EDGES), max_size=2, unique=True)):
        given_[edge] = "@id/" + draw(IDS)
    return {name: (value, -1) for name, value in given_.items() if value}


@st.composite
def views(draw: st.DrawFn, depth: int = 0) -> View:
    if depth > 3 or draw(st.booleans()):
        return View(0, draw(st.sampled_from(LEAVES)), draw(attributes()))
    view = View(0, draw(st.sampled_from(HOLDERS)), draw(attributes()))
    for _ in range(draw(st.integers(0, 4))):
        child = draw(views(depth + 1))
        child.parent = view
        view.children.append(child)
    return view


def placer() -> Placer:
    kinds = {name: name for name in HOLDERS}
    return Placer(
        Sizes(Facts({}, lambda _: memoryview(b""))),
        lambda view: Words(view.get("text"), "english of it"),
        lambda view: kinds.get(view.class_name, ""),
        lambda _: None,
    )


@settings(max_examples=150, deadline=None)
@given(views())
def test_nothing_is_drawn_over_anything_else(root: View) -> None:
    boxes = settled(placer().placed(root))
    leaves = [b for b in boxes if b.is_leaf and b.width > 0 and b.height > 0 and b.look != "line"]
    for first, second in itertools.combinations(leaves, 2):
        assert not overlaps(first, second)
    assert all(box.x >= 0 and box.y >= 0 for box in leaves)


@settings(max_examples=60, deadline=None)
@given(views())
def test_any_drawing_is_well_formed(root: View) -> None:
    boxes = settled(placer().placed(root))
    drawing = {
        "width": 360,
        "height": 500,
        "boxes": [
            {
                "x": b.x,
                "y": b.y,
                "w": b.width,
                "h": b.height,
                "look": b.look,
                "lines": list(b.lines),
            }
            for b in boxes
        ],
    }
    svg = wireframe(drawing)
    assert not svg or ET.fromstring(svg).tag.endswith("svg")


@given(st.text(max_size=80), st.integers(10, 20), st.integers(20, 300))
def test_lines_fit_and_lose_no_letter(text: str, font: int, room: int) -> None:
    lines = wrapped(text, font, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, font) <= room or len(line) == 1 for line in lines)
