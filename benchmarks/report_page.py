"""How long a long report takes: to make, to open in a browser, to typeset.

    python3 benchmarks/report_page.py [FINDINGS]

Prints one line a measurement; the browser's part is left out where none is installed.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from unit.report.samples import sample  # noqa: E402
from witnessmark.report.forms import Form, renderer  # noqa: E402

ROUNDS = 5


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """Seconds of the best of three runs, and what was made."""
    best, made = float("inf"), b""
    for _ in range(3):
        start = time.perf_counter()
        made = work()
        best = min(best, time.perf_counter() - start)
    return best, made


def main(count: int) -> None:
    """Measure a report of ``count`` findings."""
    document = sample(count).document
    seconds, page = timed(lambda: renderer(Form.HTML)(document))
    print(f"html: {count} findings, {len(page):,} bytes, made in {seconds:.2f} s")
    opened = open_in_browser(page)
    print(f"browser: {opened}")
    small = sample(min(count, 200)).document
    seconds, made = timed(lambda: renderer(Form.PDF)(small))
    pages = made.count(b"/Type /Page\n") or made.count(b"/Type/Page/")
    told = f"{pages} pages, " if pages else ""
    print(f"pdf: {min(count, 200)} findings, {told}{len(made):,} bytes, made in {seconds:.2f} s")


def open_in_browser(page: bytes) -> str:
    """Median milliseconds until the page is loaded, over a few rounds."""
    try:
        from selenium import webdriver
    except ImportError:
        return "selenium is not installed"
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        return "no Chromium with its driver"
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    script = "return performance.getEntriesByType('navigation')[0].loadEventEnd"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        times = []
        for _ in range(ROUNDS):
            browser.get("about:blank")
            browser.get(path.as_uri())
            times.append(float(browser.execute_script(script)))
    browser.quit()
    return f"loaded in {statistics.median(times):.0f} ms (median of {ROUNDS})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
