"""Things that are drawn themselves: how they look, and the room that their words take."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from witnessmark.analyses.asks._boxes import Box, Look
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._measures import (
    FILL,
    GLOSS_FONT,
    LARGEST_FONT,
    SMALLEST_FONT,
    Sizes,
    text_width,
    wrapped,
)  # fmt: skip

LOOKS: tuple[tuple[tuple[str, ...], Look], ...] = (
    (("EditText", "AutoCompleteTextView", "SearchView", "PinView"), "input"),
    (("CheckBox", "CheckedTextView"), "check"),
    (("RadioButton",), "radio"),
    (("Switch", "SwitchCompat", "SwitchMaterial", "SwitchButton", "ToggleButton"), "switch"),
    (("ImageButton", "ImageView", "PhotoView", "SurfaceView", "SignaturePad"), "image"),
    (("FloatingActionButton",), "image"),
    (("Spinner", "NumberPicker", "WheelView"), "choice"),
    (("RatingBar",), "stars"),
    (("SeekBar", "Slider"), "slider"),
    (("DatePicker", "TimePicker", "CalendarView"), "date"),
    (("ListView", "RecyclerView", "GridView", "Gallery", "ViewPager", "ViewPager2"), "list"),
    (("WebView",), "web"),
    (("Button", "Chip"), "button"),
    (("TabItem",), "tab"),
    (("TextView", "Chronometer", "TextClock", "TextSwitcher"), "text"),
    (("ProgressBar", "Space", "ViewStub", "requestFocus", "fragment"), "line"),
    (("View",), "line"),
)
"""How elements look, by the ending of their class; the first that fits counts."""

FONTS: Mapping[Look, int] = {"input": 14, "button": 13, "choice": 14, "tab": 12}
TALLEST = 160
"""Height to which things of a fixed size are kept."""

THIN = 3
WIDEST_WORD = 120
"""Width up to which a word is not broken, whatever room it has."""


class Words(Struct, frozen=True):
    """What a view says, and English for it; both may be empty."""

    text: str
    gloss: str
    is_hint: bool = False


Say = Callable[[View], Words]
"""The words that a view shows."""


def look_of(view: View) -> Look | None:
    """How a view is drawn; None when it holds others or is unknown."""
    return look_of_class(view.class_name)


def look_of_class(name: str) -> Look | None:
    """How views of a class are drawn, by the ending of its name; None when that says nothing."""
    simple = name.rpartition(".")[2].rpartition("$")[2]
    for endings, look in LOOKS:
        if simple.endswith(endings):
            return look
    return None


def leaf(view: View, look: Look, room: int, say: Say, sizes: Sizes) -> Box:
    """A drawn box with its own size, at most ``room`` wide."""
    words = say(view)
    font = font_of(view, look, sizes)
    wanted = sizes.size(attribute(view, "layout_width", sizes))
    before, padding = _beside(look), _padding(look)
    longest = max((text_width(word, font) for word in words.text.split()), default=0)
    inner = max(room - before - 2 * padding, min(longest, WIDEST_WORD), 24)
    if wanted is not None and wanted > 0:
        inner = max(min(inner, wanted - before - 2 * padding), min(inner, longest, WIDEST_WORD))
    lines = tuple(wrapped(words.text, font, inner)) if words.text else ()
    gloss = tuple(wrapped(words.gloss, GLOSS_FONT, max(inner, 48))) if words.gloss else ()
    natural = max((text_width(line, font) for line in lines), default=0)
    natural = (
        max(natural, *(text_width(line, GLOSS_FONT) for line in gloss), 0) if gloss else natural
    )
    width = max(natural + before + 2 * padding, _least_width(look, words), _ems(view))
    height = int(len(lines) * font * 1.3 + len(gloss) * GLOSS_FONT * 1.25 + 0.5)
    height = max(height + 2 * _rise(look), _least_height(view, look, words, sizes))
    if wanted == FILL or (wanted is not None and wanted > width):
        width = room if wanted == FILL else min(wanted or 0, room)
    fits = max(room, min(longest, WIDEST_WORD) + before + 2 * padding, 24)
    box = Box(view, look, min(width, fits), height, text=words.text)
    box.lines, box.gloss, box.is_hint = lines, gloss, words.is_hint
    box.font = font
    box.ink = natural + 2 if look == "text" and natural else 0
    return box


def _ems(view: View) -> int:
    """Width that a field asks for in letters."""
    asked = view.get("ems") or view.get("minEms")
    return min(int(asked), 20) * 12 if asked.isdigit() and view.get("layout_width") != "0dp" else 0


def font_of(view: View, look: Look, sizes: Sizes) -> int:
    """Height of the letters, kept within what can be read."""
    size = sizes.size(attribute(view, "textSize", sizes))
    asked = size if size is not None and size > 0 else FONTS.get(look, 14)
    return max(SMALLEST_FONT, min(LARGEST_FONT, asked))


def attribute(view: View, name: str, sizes: Sizes) -> str:
    """An attribute of a view, or what its style gives."""
    value = view.get(name)
    if value:
        return value
    style = view.get("style")
    return sizes.style(style).get(name, "") if style else ""


def _beside(look: Look) -> int:
    """Room beside the words for a mark: a box to tick, an arrow."""
    return {"check": 22, "radio": 22, "switch": 38, "choice": 20}.get(look, 0)


def _padding(look: Look) -> int:
    return {"input": 8, "button": 12, "choice": 8, "tab": 8, "text": 1}.get(look, 0)


def _rise(look: Look) -> int:
    return {
        "input": 8,
        "button": 8,
        "choice": 8,
        "tab": 7,
        "check": 4,
        "radio": 4,
        "switch": 4,
    }.get(look, 1)


def _least_width(look: Look, words: Words) -> int:
    least = {
        "input": 96, "choice": 96, "slider": 120, "stars": 110, "date": 150, "list": 200,
        "web": 200, "image": 32, "switch": 40, "button": 40,
    }  # fmt: skip
    return least.get(look, 0 if words.text else 8)


def _least_height(view: View, look: Look, words: Words, sizes: Sizes) -> int:
    wanted = sizes.size(attribute(view, "layout_height", sizes))
    fixed = min(wanted, TALLEST) if wanted is not None and wanted > 0 else 0
    if look == "line":
        return fixed if fixed <= THIN else 0
    least = {
        "input": 34, "button": 32, "choice": 34, "check": 24, "radio": 24, "switch": 26,
        "slider": 26, "stars": 26, "date": 60, "list": 72, "web": 120, "tab": 32,
    }.get(look, 0)  # fmt: skip
    if look == "image":
        return max(20, min(fixed, 80))
    if look == "text" and not words.text:
        return min(max(fixed, 14), 40)
    return max(least, min(fixed, 96))
