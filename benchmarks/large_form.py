"""How the cost of a screen grows with its views: CPU seconds of `examine` on made-up census forms.

    python benchmarks/large_form.py [--views 300 600 1300] [--keep FOLDER]

Each form is a folder as a decompiler leaves it: a manifest and one layout of so many views, with
rows of a label and a field, questions over groups of buttons, tables of people by columns, fields
that stand in relation to each other, and boxes to tick. Nothing in it is taken from any app.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

ANDROID = 'xmlns:android="http://schemas.android.com/apk/res/android"'
MANIFEST = f"""<?xml version="1.0" encoding="utf-8"?>
<manifest {ANDROID} package="org.example.census">
  <application android:label="Census"><activity android:name=".Main"/></application>
</manifest>
"""
WORDS = ("Name", "Sex", "Age", "Religion", "Occupation", "Mother tongue", "House", "Street",
         "Water", "Income", "School", "Marital status", "Place of birth", "Kin")  # fmt: skip


def view(name: str, number: int, more: str = "", size: tuple[str, str] = ("", "")) -> str:
    """One view with an id; ``size`` its width and height where they are not by its content."""
    width, height = (one or "wrap_content" for one in size)
    return (
        f'<{name} android:id="@+id/{name.lower()}_{number}" android:layout_width="{width}" '
        f'android:layout_height="{height}" {more}/>'
    )


def holder(name: str, inner: str, more: str = "") -> str:
    """A view around others, as wide as there is room."""
    return (
        f'<{name} android:layout_width="match_parent" android:layout_height="wrap_content" {more}>'
        f"{inner}</{name}>"
    )


def text(number: int, said: str, more: str = "") -> str:
    """A text."""
    return view("TextView", number, f'android:text="{said}" {more}')


def row(number: int) -> tuple[int, str]:
    """A label with its field beside it: three views."""
    said = text(number, f"{WORDS[number % len(WORDS)]} {number}:")
    return 3, holder("LinearLayout", said + view("EditText", number, 'android:layout_weight="1"'))


def question(number: int) -> tuple[int, str]:
    """A question over a group of four buttons: six views."""
    said = text(number, f"{WORDS[number % len(WORDS)]} of person {number}?")
    buttons = "".join(
        view("RadioButton", number * 10 + one, f'android:text="Answer {one}"') for one in range(4)
    )
    return 6, said + holder("RadioGroup", buttons, f'android:id="@+id/group_{number}"')


def table(number: int) -> tuple[int, str]:
    """Four people in rows of four columns, with heads: 26 views."""
    heads = "".join(text(number * 100 + one, WORDS[one]) for one in range(4))
    rows = "".join(
        holder(
            "TableRow",
            "".join(view("EditText", number * 100 + 10 * r + c) for c in range(4)),
        )
        for r in range(4)
    )
    return 26, holder("TableLayout", holder("TableRow", heads) + rows)


def related(number: int) -> tuple[int, str]:
    """Eight fields, each below the label that is below the last one: 17 views."""
    inner = ""
    for one in range(8):
        at = number * 100 + one
        below = f'android:layout_below="@id/edittext_{at - 1}"' if one else ""
        inner += text(
            at, f"{WORDS[at % len(WORDS)]} {at}", f'{below} android:labelFor="@id/edittext_{at}"'
        )
        inner += view("EditText", at, f'android:layout_below="@id/textview_{at}"')
    return 17, holder("RelativeLayout", inner)


def ticks(number: int) -> tuple[int, str]:
    """A question over three boxes to tick, the last with a field beside it: six views."""
    boxes = "".join(
        view("CheckBox", number * 10 + one, f'android:text="Reason {one}"') for one in range(2)
    )
    last = view("CheckBox", number * 10 + 2, 'android:text="Other"') + view("EditText", number)
    return 6, text(number, "Why?") + boxes + holder("LinearLayout", last)


def layout(views: int) -> str:
    """A form of at least so many views."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><ScrollView {ANDROID} '
        'android:layout_width="match_parent" android:layout_height="match_parent">'
        + holder("LinearLayout", "".join(_parts(views)), 'android:orientation="vertical"')
        + "</ScrollView>"
    )


def _parts(views: int) -> Iterator[str]:
    made = 2
    for number, part in enumerate(cycle((row, row, question, row, table, related, ticks)), 1):
        if made >= views:
            return
        count, one = part(number)
        made += count
        yield one


def flat(views: int) -> str:
    """A form of so many views whose labels and fields all stand in one holder, by relation."""
    inner = ""
    for at in range(views // 2):
        below = f'android:layout_below="@id/edittext_{at - 1}"' if at else ""
        said = f"{WORDS[at % len(WORDS)]} {at}"
        inner += text(at, said, f'{below} android:labelFor="@id/edittext_{at}"')
        inner += view("EditText", at, f'android:layout_below="@id/textview_{at}"')
    return (
        f'<?xml version="1.0" encoding="utf-8"?><RelativeLayout {ANDROID} '
        'android:layout_width="match_parent" android:layout_height="match_parent">'
        f"{inner}</RelativeLayout>"
    )


def write_form(folder: Path, views: int, *, one_holder: bool = False) -> None:
    """Write a decompiled app with one form of so many views into ``folder``."""
    (folder / "res" / "layout").mkdir(parents=True)
    (folder / "AndroidManifest.xml").write_text(MANIFEST, encoding="utf-8")
    made = flat(views) if one_holder else layout(views)
    (folder / "res" / "layout" / "census.xml").write_text(made, encoding="utf-8")


def main() -> None:
    """Examine forms of several sizes and print what each cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, nargs="+", default=[300, 600, 1300])
    parser.add_argument("--keep", type=Path, help="folder for the forms and their cases")
    wish = parser.parse_args()
    gc.set_threshold(4_000_000)
    from witnessmark.pipeline import examine

    with tempfile.TemporaryDirectory(prefix="witnessmark-") as scratch:
        root = wish.keep or Path(scratch)
        write_form(root / "warm", 50)
        examine([root / "warm"], root / "warm-case")
        for views in wish.views:
            for one_holder in (False, True):
                name = f"{'flat' if one_holder else 'mixed'}-{views}"
                write_form(root / name, views, one_holder=one_holder)
                before = time.process_time()
                examine([root / name], root / f"{name}-case")
                print(f"{time.process_time() - before:8.2f}  {name}")


if __name__ == "__main__":
    main()
