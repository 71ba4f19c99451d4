"""report.html in a real browser, without a server: search, unfold, links, keys, print.

Skipped, with the reason, where selenium, Chromium or its driver is absent.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from unit.report.samples import sample
from witnessmark.report.html import render

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((path for name in BROWSERS if (path := shutil.which(name))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    BROWSER is None or DRIVER is None, reason="Chromium or chromedriver is not installed"
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1280,900",
)  # fmt: skip
OPEN = "return [...document.querySelectorAll('.finding[open]')].map(f => f.id)"
SHOWN = "return document.querySelectorAll('.finding:not([hidden])').length"
FOCUSED = "return document.activeElement.closest('.finding')?.id ?? document.activeElement.id"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(render(sample(60).document))
    return path.as_uri()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def at(browser: Any, page: str) -> Callable[[str], Any]:
    """Open the page at a fragment, anew."""

    def open_page(fragment: str = "") -> Any:
        browser.get("about:blank")
        browser.get_log("performance")
        browser.get_log("browser")
        browser.get(page + fragment)
        return browser

    return open_page


def type_keys(browser: Any, *keys: str) -> None:
    webdriver.ActionChains(browser).send_keys(*keys).perform()


def search(browser: Any, words: str) -> str:
    """Search and wait for the count to be told; the count."""
    browser.execute_script(
        "const f = document.getElementById('find'); f.value = arguments[0]; f.form.dispatchEvent("
        "new Event('change'))", words,
    )  # fmt: skip
    told: str = browser.execute_script("return document.getElementById('count').textContent")
    return told


def test_nothing_is_requested_and_the_console_is_silent(at: Callable[..., Any]) -> None:
    browser = at()
    browser.execute_script("document.getElementById('unfold').click()")
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    sent = [entry["message"] for entry in browser.get_log("performance")
            if '"Network.requestWillBeSent"' in entry["message"]]  # fmt: skip
    assert sum("file://" not in message for message in sent) == 0
    assert len(sent) <= 1
    assert browser.get_log("browser") == []


def test_text_of_the_app_never_runs(at: Callable[..., Any]) -> None:
    browser = at()
    assert browser.execute_script("return document.scripts.length") == 1
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s)"
    )
    assert browser.execute_script("return window.ran") is None
    assert "script-src" in browser.get_log("browser")[0]["message"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", "60 findings"),
        ("resident_34", "1 of 60 findings"),
        ("重点人员", "6 of 60 findings"),
        ("RESIDENT  sfzh zjxy", "6 of 60 findings"),
        ("ئېتىقادى", "4 of 60 findings"),
        ("ｒｅｓｉｄｅｎｔ＿３４", "1 of 60 findings"),
        ("nowhere", "0 of 60 findings"),
    ],
)
def test_search_finds_words_and_evidence(at: Callable[..., Any], words: str, count: str) -> None:
    browser = at()
    told = search(browser, words)
    assert told == count
    assert browser.execute_script(SHOWN) == int(told.split()[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chapter", "sends"),
        ("reach", "unreached"),
        ("strength", "indicated"),
        ("about", "operator"),
    ],
)
def test_filters_keep_what_they_name(at: Callable[..., Any], name: str, value: str) -> None:
    browser = at()
    browser.find_element("id", "filter").click()
    browser.find_element("css selector", f"#f-{name} option[value={value}]").click()
    left = browser.execute_script(
        "return [...document.querySelectorAll('.finding:not([hidden])')].map("
        f"f => f.dataset.{name})"
    )
    assert 0 < len(left) < 60
    assert set(left) == {value}
    browser.find_element("css selector", "#filters [type=reset]").click()
    browser.execute_async_script("setTimeout(arguments[0], 30)")
    assert browser.execute_script(SHOWN) == 60


def test_special_categories_can_be_singled_out(at: Callable[..., Any]) -> None:
    browser = at()
    browser.find_element("id", "filter").click()
    browser.find_element("id", "f-special").click()
    assert browser.execute_script(
        "return [...document.querySelectorAll('.finding:not([hidden])')]"
        ".every(f => 'special' in f.dataset)"
    )
    assert 0 < browser.execute_script(SHOWN) < 60


def test_unfolding_names_the_finding_in_the_address(at: Callable[..., Any], page: str) -> None:
    browser = at()
    history = browser.execute_script("return history.length")
    name = browser.execute_script("return document.querySelectorAll('.finding')[3].id")
    browser.find_element("css selector", f"[id='{name}'] > summary").click()
    assert browser.current_url == f"{page}#{name}"
    assert browser.execute_script(OPEN) == [name]
    assert browser.execute_script("return history.length") == history


@pytest.mark.parametrize("which", [0, 30, 59])
def test_a_deep_link_opens_its_finding_in_sight(at: Callable[..., Any], which: int) -> None:
    name = at().execute_script(f"return document.querySelectorAll('.finding')[{which}].id")
    browser = at(f"#{name}")
    assert browser.execute_script(OPEN) == [name]
    top = browser.execute_async_script(
        "setTimeout(() => arguments[0](document.querySelector('.finding[open]')"
        ".getBoundingClientRect().top), 60)"
    )
    bar = browser.execute_script(
        "return document.querySelector('.finder').getBoundingClientRect().bottom"
    )
    assert browser.execute_script(FOCUSED) == name
    assert bar <= top + 1
    assert top < 700


def test_a_link_to_a_filtered_finding_shows_it(at: Callable[..., Any]) -> None:
    browser = at()
    name = browser.execute_script("return document.querySelector('.finding').id")
    search(browser, "nowhere")
    browser.execute_script("location.hash = arguments[0]", name)
    browser.execute_async_script("setTimeout(arguments[0], 60)")
    assert browser.execute_script(SHOWN) == 60
    assert browser.execute_script(OPEN) == [name]


def test_the_page_is_walked_by_keyboard_alone(at: Callable[..., Any]) -> None:
    keys = webdriver.Keys
    browser = at()
    ids = browser.execute_script("return [...document.querySelectorAll('.finding')].map(f => f.id)")
    type_keys(browser, "/")
    assert browser.execute_script(FOCUSED) == "find"
    type_keys(browser, "resident", keys.ENTER)
    first = browser.execute_script(FOCUSED)
    assert first in ids
    type_keys(browser, keys.ARROW_DOWN, keys.ENTER)
    (opened,) = browser.execute_script(OPEN)
    assert opened == browser.execute_script(FOCUSED)
    type_keys(browser, keys.ARROW_UP)
    assert browser.execute_script(FOCUSED) == first
    type_keys(browser, keys.ARROW_UP)
    assert browser.execute_script(FOCUSED) == "find"
    type_keys(browser, keys.ESCAPE)
    browser.execute_async_script("setTimeout(arguments[0], 30)")
    assert browser.execute_script(SHOWN) == 60


def test_the_first_tab_skips_to_the_findings(at: Callable[..., Any]) -> None:
    browser = at()
    type_keys(browser, webdriver.Keys.TAB)
    assert browser.execute_script("return document.activeElement.hash") == "#findings"


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_reaches_beyond_the_window(at: Callable[..., Any], width: int) -> None:
    browser = at()
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    browser.execute_script("document.getElementById('unfold').click()")
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide <= width


def test_print_shows_folded_evidence(at: Callable[..., Any]) -> None:
    browser = at()
    hidden = "return document.querySelector('.finding .excerpt').checkVisibility()"
    assert browser.execute_script(hidden) is False
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = browser.execute_script(hidden)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert shown is True


def test_without_script_the_page_is_whole(browser: Any, page: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(page)
        finding = browser.find_element("css selector", ".finding")
        finding.find_element("css selector", "summary").click()
        assert finding.find_element("css selector", ".excerpt").is_displayed()
        assert browser.find_element("css selector", "noscript p").is_displayed()
        assert not browser.find_element("css selector", ".finder").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.fixture(scope="module")
def uyghur(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "report.ug.html"
    path.write_bytes(render(sample(60).document, "ug"))
    return path.as_uri()


def test_a_page_from_right_to_left_works_alike(browser: Any, uyghur: str) -> None:
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(uyghur)
    assert browser.execute_script("return getComputedStyle(document.body).direction") == "rtl"
    assert search(browser, "resident_34").startswith("60 ")
    assert browser.execute_script(SHOWN) == 1
    wide = "return document.documentElement.scrollWidth <= innerWidth"
    assert browser.execute_script(wide)
    assert browser.get_log("browser") == []


def test_a_picture_leads_to_its_finding(at: Callable[..., Any]) -> None:
    browser = at()
    link = browser.find_element("css selector", ".picture svg a")
    name = link.get_dom_attribute("href")[1:]
    browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click'))", link)
    browser.execute_script("location.hash = arguments[0]", name)
    browser.execute_async_script("setTimeout(arguments[0], 60)")
    assert browser.execute_script(OPEN) == [name]


def test_readings_of_law_unfold_and_lead_to_findings(at: Callable[..., Any]) -> None:
    browser = at()
    browser.execute_script("document.querySelector('.provision').open = true")
    browser.execute_script("document.querySelector('.provision details').open = true")
    link = browser.find_element("css selector", ".provision .items a")
    assert link.is_displayed()
    name = link.get_dom_attribute("href")[1:]
    browser.execute_script("location.hash = arguments[0]", name)
    browser.execute_async_script("setTimeout(arguments[0], 60)")
    assert browser.execute_script(OPEN) == [name]
