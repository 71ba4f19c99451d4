"""Places the views of a layout on a screen: rows, tables, grids, relations, constraints, stacks.

Widths follow the layout as far as words stay readable; heights follow from what stands in a box,
so that the drawing is as long as it must be. It is a sketch for readers, not a copy of pixels.

Sources: android.widget.LinearLayout, RelativeLayout, TableLayout, GridLayout and
androidx.constraintlayout.widget.ConstraintLayout at developer.android.com/reference.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from witnessmark.analyses.asks._boxes import GAP, WIDTH, Box, Look
from witnessmark.analyses.asks._layouts import View
from witnessmark.analyses.asks._leaves import Say, attribute, leaf, look_of
from witnessmark.analyses.asks._measures import FILL, WRAP, Sizes

DEEPEST = 60
LARGEST_SPACE = 240
FARTHEST_DOWN = 8000
"""Margins above and below may say where on a long screen a view stands; gaps are closed later."""

MOST_CHILDREN = 400
MOST_COLUMNS = 32
MOST_PLACED = 20_000
"""Times that views are placed for one layout; nested tables place some twice."""

SMALLEST_COLUMN = 40
SMALLEST_FRAME = 14

KindOf = Callable[[View], str]
"""The layout class that a view is or extends, by simple name; empty for what holds no others."""

RowsOf = Callable[[View], View | None]
"""The layout of a list's rows, None when it is not known."""

LookOf = Callable[[View], Look | None]
"""How a view is drawn that holds no others; None when that is not known."""


class Cell(Struct, frozen=True):
    """A view in a row of a table: the column it begins in, and how many it takes."""

    view: View
    column: int
    span: int

    @property
    def end(self) -> int:
        """The column after it."""
        return self.column + self.span


def parts_of(root: View) -> int:
    """In how many parts a layout is placed, so that each of its views is in one."""
    widest = max(len(view.children) for view in root.walk())
    return max(1, -(-widest // MOST_CHILDREN))


class Placer:
    """Places one layout; all it needs of the app is handed to it."""

    def __init__(
        self, sizes: Sizes, say: Say, kind_of: KindOf, rows_of: RowsOf, look: LookOf = look_of
    ) -> None:  # fmt: skip
        self.sizes = sizes
        self._look_of = look
        self._say = say
        self._kind_of = kind_of
        self._rows_of = rows_of
        self._left = MOST_PLACED
        self._part = 0
        self.cut: dict[int, View] = {}
        self._sideways: set[int] = set()

    def placed(self, root: View, room: int = WIDTH, part: int = 0) -> Box:
        """The layout as boxes within boxes, places relative to the box around.

        Of a holder of more than `MOST_CHILDREN` views only so many are placed at once: the first,
        or those of another ``part``; see `parts_of`. ``cut`` then holds the views that were
        not looked into, as they stand too deep or too many came before them.
        """
        self._left, self._part, self.cut = MOST_PLACED, part, {}
        return self.place(root, room, 0)

    def place(self, view: View, room: int, depth: int) -> Box:
        """One view with what is below it."""
        look = self._look_of(view)
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            self.cut[id(view)] = view
            return Box(view, "frame", 0, 0)
        if not view.children and look is not None:
            if look == "list":
                return self._list(view, room, depth)
            return leaf(view, look, room, self._say, self.sizes)
        return self._holder(view, room, depth)

    def _holder(self, view: View, room: int, depth: int) -> Box:
        from witnessmark.analyses.asks._related import place_constraints, place_relations

        kind = self._kind_of(view)
        wanted = self.sizes.size(attribute(view, "layout_width", self.sizes))
        if wanted is not None and wanted > 0:
            room = min(room, max(wanted, 60))
        left, top, right, bottom = self.padding(view)
        inner = max(room - left - right, 40)
        first = self._part * MOST_CHILDREN if len(view.children) > MOST_CHILDREN else 0
        placed = view.children[first : first + MOST_CHILDREN]
        children = [child for child in placed if self._is_shown(child)]
        box = Box(view, "frame", 0, 0)
        if view.name.endswith("HorizontalScrollView"):
            self._sideways.update(map(id, children))
        if kind in ("LinearLayout", "RadioGroup", "TableRow", "LinearLayoutCompat", "AppBarLayout"):
            vertical = attribute(view, "orientation", self.sizes) == "vertical"
            vertical |= kind == "AppBarLayout" or (
                kind == "RadioGroup" and attribute(view, "orientation", self.sizes) != "horizontal"
            )
            (self._column if vertical else self._row)(box, children, inner, depth)
        elif kind == "TableLayout":
            self._table(box, children, inner, depth)
        elif kind == "GridLayout":
            self._grid(box, children, inner, depth)
        elif kind == "RelativeLayout":
            place_relations(self, box, children, inner, depth)
        elif kind == "ConstraintLayout":
            place_constraints(self, box, children, inner, depth)
        elif kind in ("TextInputLayout", "FormItem"):
            self._column(box, children, inner, depth)
        else:
            self._stack(box, children, inner, depth)
        for child in box.children:
            child.x += left
            child.y += top
        box.width = max((child.right for child in box.children), default=0) + right
        box.height = max((child.bottom for child in box.children), default=0) + bottom
        if wanted == FILL:
            box.width = max(box.width, room)
        filled = bool(attribute(view, "background", self.sizes))
        box.bordered = filled and depth > 0 and box.height > SMALLEST_FRAME and bool(box.children)
        return box

    def _is_shown(self, view: View) -> bool:
        return attribute(view, "visibility", self.sizes) != "gone" or any(
            one.get("id") for one in view.walk()
        )

    def padding(self, view: View) -> tuple[int, int, int, int]:
        """Left, top, right, bottom; none goes beyond what a sketch needs."""
        every = self._size(view, "padding")
        horizontal, vertical = (
            self._size(view, "paddingHorizontal"),
            self._size(view, "paddingVertical"),
        )
        return (
            self._size(view, "paddingLeft", "paddingStart") or horizontal or every,
            self._size(view, "paddingTop") or vertical or every,
            self._size(view, "paddingRight", "paddingEnd") or horizontal or every,
            self._size(view, "paddingBottom") or vertical or every,
        )

    def margins(self, view: View) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        every = self._size(view, "layout_margin")
        return (
            self._size(view, "layout_marginLeft", "layout_marginStart") or every,
            self._size(view, "layout_marginTop", most=FARTHEST_DOWN) or every,
            self._size(view, "layout_marginRight", "layout_marginEnd") or every,
            self._size(view, "layout_marginBottom", most=FARTHEST_DOWN) or every,
        )

    def _size(self, view: View, *names: str, most: int = LARGEST_SPACE) -> int:
        for name in names:
            size = self.sizes.size(attribute(view, name, self.sizes))
            if size is not None and size not in (0, FILL, WRAP):
                return max(-LARGEST_SPACE, min(size, most))
        return 0

    def _column(self, box: Box, children: list[View], room: int, depth: int) -> None:
        """One below the other."""
        y = 0
        for child in children:
            left, top, right, bottom = self.margins(child)
            placed = self.place(child, max(room - left - right, SMALLEST_COLUMN), depth + 1)
            placed.x, placed.y = left, self._below(box, placed.height, y, top)
            gravity = child.get("layout_gravity") or box.view.get("gravity")
            free = room - left - right - placed.width
            if free > 0 and "center" in gravity and "vertical" not in gravity:
                placed.x += free // 2
            elif free > 0 and ("right" in gravity or "end" in gravity):
                placed.x += free
            y = placed.bottom + bottom + (GAP if placed.height else 0)
            box.children.append(placed)

    def _below(self, box: Box, height: int, y: int, top: int) -> int:
        """Where the next one begins; a margin that draws it up puts it beside the last one."""
        last = box.children[-1] if box.children else None
        if top >= 0 or last is None:
            return max(y + top, 0)
        return max(last.y + (last.height - height) // 2, 0)

    def _row(self, box: Box, children: list[View], room: int, depth: int) -> None:
        """Side by side: fixed ones as wide as they are, the rest shared by weight."""
        weights = [self._weight(child) for child in children]
        placed: list[Box | None] = [None] * len(children)
        spaces = [self.margins(child) for child in children]
        left_over = room - sum(left + right for left, _, right, _ in spaces)
        for index, child in enumerate(children):
            fills = self.sizes.size(attribute(child, "layout_width", self.sizes)) == FILL
            if weights[index] or fills:
                continue
            one = self.place(child, max(left_over, SMALLEST_COLUMN), depth + 1)
            placed[index] = one
            if id(box.view) not in self._sideways:
                left_over -= one.width + GAP
        waiting = [index for index, one in enumerate(placed) if one is None]
        total = sum(weights[index] or 1.0 for index in waiting) or 1.0
        for index in waiting:
            share = int(max(left_over, 0) * (weights[index] or 1.0) / total) - GAP
            one = self.place(children[index], max(share, SMALLEST_COLUMN), depth + 1)
            if one.is_leaf and one.look not in ("check", "radio", "line"):
                one.width = max(one.width, min(share, room))
            placed[index] = one
        self._side_by_side(box, [one for one in placed if one is not None], spaces)

    def _side_by_side(
        self, box: Box, placed: list[Box], spaces: list[tuple[int, int, int, int]]
    ) -> None:
        tallest = max((one.height for one in placed), default=0)
        above = max((top for _, top, _, _ in spaces), default=0)
        x = 0
        for one, (left, _, right, _) in zip(placed, spaces, strict=True):
            one.x = x + left
            one.y = above + max(tallest - one.height, 0) // 2
            x = one.right + right + (GAP if one.width else 0)
            box.children.append(one)

    def _weight(self, view: View) -> float:
        try:
            return max(float(attribute(view, "layout_weight", self.sizes) or 0), 0.0)
        except ValueError:
            return 0.0

    def _table(self, box: Box, children: list[View], room: int, depth: int) -> None:
        """Rows whose cells share the widths of their columns."""
        rows = [self._cells_of(child) for child in children]
        most = max((cell.end for row in rows for cell in row), default=1)
        share = max(room // max(most, 1), SMALLEST_COLUMN)
        natural = [
            [self.place(cell.view, room if len(row) == 1 else share * 2, depth + 1) for cell in row]
            for row in rows
        ]
        widths = _column_widths(rows, natural, (most, room))
        y = 0
        for child, row, boxes in zip(children, rows, natural, strict=True):
            line = Box(child, "frame", 0, 0)
            alone = len(row) == 1 and (most == 1 or self._kind_of(child) != "TableRow")
            self._line(line, row, boxes, ([room] if alone else widths, depth))
            line.y = y + self.margins(child)[1]
            y = line.bottom + GAP
            box.children.append(line)

    def _cells_of(self, child: View) -> list[Cell]:
        """Cells of a row; anything but a row is one cell."""
        if self._kind_of(child) != "TableRow":
            return [Cell(child, 0, 1)]
        cells: list[Cell] = []
        for view in (one for one in child.children if self._is_shown(one)):
            after = cells[-1].end if cells else 0
            cells.append(Cell(view, max(after, _number(view, "layout_column", 0)),
                              max(_number(view, "layout_span", 1), 1)))  # fmt: skip
        return cells

    def _line(
        self, line: Box, row: list[Cell], boxes: list[Box], sizes: tuple[list[int], int]
    ) -> None:
        widths, depth = sizes
        for cell, natural in zip(row, boxes, strict=True):
            wide = sum(widths[cell.column : cell.end]) + GAP * (cell.span - 1)
            wide = max(wide, 24)
            one = self.place(cell.view, wide, depth + 1) if natural.width > wide else natural
            one.x = sum(widths[: cell.column]) + GAP * cell.column
            line.children.append(one)
        tallest = max((one.height for one in line.children), default=0)
        for one in line.children:
            one.y = (tallest - one.height) // 2
        line.width = max((one.right for one in line.children), default=0)
        line.height = tallest

    def _grid(self, box: Box, children: list[View], room: int, depth: int) -> None:
        """Cells in so many columns, filled in order unless a cell says where it stands."""
        count = box.view.get("columnCount")
        columns = int(count) if count.isdigit() and 0 < int(count) < 24 else 2
        wide = max((room - GAP * (columns - 1)) // columns, 24)
        cells: dict[int, list[Box]] = {}
        row = column = 0
        for child in children:
            asked = child.get("layout_row"), child.get("layout_column")
            row = int(asked[0]) if asked[0].isdigit() else row
            column = int(asked[1]) if asked[1].isdigit() else column
            span = child.get("layout_columnSpan")
            spans = min(int(span), columns) if span.isdigit() else 1
            if column + spans > columns:
                row, column = row + 1, 0
            one = self.place(child, wide * spans + GAP * (spans - 1), depth + 1)
            one.x = column * (wide + GAP)
            cells.setdefault(min(row, 200), []).append(one)
            column += spans
        y = 0
        for number in sorted(cells):
            for one in cells[number]:
                one.y = y
                box.children.append(one)
            y = max(one.bottom for one in cells[number]) + GAP

    def _stack(self, box: Box, children: list[View], room: int, depth: int) -> None:
        """What the layout puts on top of each other is drawn one below the other."""
        y = 0
        for child in children:
            left, top, right, bottom = self.margins(child)
            placed = self.place(child, max(room - left - right, SMALLEST_COLUMN), depth + 1)
            placed.x, placed.y = left, y + top
            gravity = child.get("layout_gravity")
            free = room - left - right - placed.width
            if free > 0 and "center" in gravity and "vertical" not in gravity:
                placed.x += free // 2
            elif free > 0 and ("right" in gravity or "end" in gravity):
                placed.x += free
            y = placed.bottom + bottom + (GAP if placed.height else 0)
            box.children.append(placed)

    def _list(self, view: View, room: int, depth: int) -> Box:
        """A list, with one row of it where its layout is known."""
        rows = self._rows_of(view)
        if rows is None or depth > DEEPEST:
            return leaf(view, "list", room, self._say, self.sizes)
        inner = self.place(rows, room - 2 * GAP, depth + 1)
        inner.x = inner.y = GAP
        box = Box(view, "frame", max(inner.width + 2 * GAP, room), inner.height + 2 * GAP)
        box.bordered = True
        box.children.append(inner)
        return box


def _number(view: View, name: str, other: int) -> int:
    """A small number that an attribute gives."""
    given = view.get(name)
    return min(int(given), MOST_COLUMNS) if given.isdecimal() else other


def _column_widths(
    rows: list[list[Cell]], natural: list[list[Box]], space: tuple[int, int]
) -> list[int]:
    """Widths of columns by their single cells; what spans several widens the last of them."""
    most, room = space
    widths = [0] * most
    placed = [(cell, box) for row, boxes in zip(rows, natural, strict=True) if len(row) > 1
              for cell, box in zip(row, boxes, strict=True)]  # fmt: skip
    for cell, one in placed:
        if cell.span == 1:
            widths[cell.column] = max(widths[cell.column], min(one.width, room // 2))
    for cell, one in placed:
        have = sum(widths[cell.column : cell.end]) + GAP * (cell.span - 1)
        if cell.span > 1 and have < min(one.width, room // 2):
            widths[cell.end - 1] += min(one.width, room // 2) - have
    total = sum(widths) + GAP * max(most - 1, 0)
    if total < room and most > 1:
        widths[-1] += room - total
    return [max(width, 24) for width in widths] if any(widths) else [room]
