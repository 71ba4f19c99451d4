"""``python -m witnessmark.verify CASE APP...``: does the case hold?

Exit status: 0 everything holds, 1 something does not, 2 wrong use, 3 a file cannot be read.
"""

import argparse
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from .bag import CASE, bag_faults, is_bag, seal_notes
from .check import Report, UnreadableError, verify_case


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify, print, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="verify", description="Recompute every hash of a case and re-read every quoted byte."
    )
    parser.add_argument("case", type=Path, metavar="CASE", help="case or unpacked bundle")
    parser.add_argument(
        "app",
        type=Path,
        nargs="+",
        metavar="APP",
        help="files, or a folder of them, that were examined",
    )
    parser.add_argument("--head", default="", metavar="SHA256",
                        help="hash of a line of custody.jsonl, noted elsewhere")  # fmt: skip
    given = parser.parse_args(arguments)
    if given.case.is_file():
        _say(_file_instead(given.case))
        return 3
    try:
        bag = is_bag(given.case)
        faults = bag_faults(given.case) if bag else []
        notes = seal_notes(given.case, faults) if bag else []
        case = given.case / CASE if bag else given.case
        report = verify_case(case, given.app, given.head)
    except (UnreadableError, OSError) as error:
        _say(str(error))
        return 3
    report = report._replace(failures=(*faults, *report.failures), notes=(*notes, *report.notes))
    for line in _lines(report):
        _say(line)
    return 1 if report.failures else 0


def _file_instead(path: Path) -> str:
    """What to do with a file that stands where the folder of a case should."""
    folder = ""
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name for name in packed.namelist() if name.endswith("/bagit.txt")]
            folder = min(names, key=len).rpartition("/")[0] if names else ""
    except (zipfile.BadZipFile, OSError, ValueError):
        pass
    if folder:
        return f"{path} is a packed bundle: unpack it first, then name the folder {folder} from it"
    return f"{path} is a file, not a case: name the folder of a case or of an unpacked bundle"


def _lines(report: Report) -> list[str]:
    told = [
        f"{report.inputs} inputs, {report.files} files of the case, {report.events} logged events",
        f"{report.findings} findings, {report.quotes} quotations re-read",
        f"the log ends with {report.head}",
    ]
    told += [f"note: {note}" for note in report.notes]
    told += [f"DOES NOT HOLD: {failure}" for failure in report.failures]
    count = len(report.failures)
    told.append(f"{count} things do not hold." if count else "Everything holds.")
    return told


def _say(line: str) -> None:
    """Print for any terminal; what an app may have smuggled in is shown, not obeyed."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(shown.encode(encoding, "backslashreplace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(main())
