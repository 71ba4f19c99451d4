"""Where a request goes."""

from __future__ import annotations

import pytest

from witnessmark.analyses.sends._labels import plain
from witnessmark.analyses.sends._message import Sent
from witnessmark.analyses.sends._target import target_of
from witnessmark.flow.values.objects import FIRST_LABEL, HOLE

HELD = HOLE + chr(FIRST_LABEL)


def sent(words: dict[str, str], segments: tuple[str, ...] = ()) -> Sent:
    return Sent(words, (), "", segments, (), (0, 0, 0), (), 0, ())


@pytest.mark.parametrize(
    ("words", "text", "host", "port", "query"),
    [
        ({"url": "http://a.invalid:80/x?y=1#z"}, "http://a.invalid:80/x", "a.invalid", "80", "y=1"),
        ({"url": f"http://{HELD}:{HELD}/login"}, "http://?:?/login", "?", "?", ""),
        ({"url": f"http://a.invalid{HELD}&v=1"}, "http://a.invalid?", "a.invalid", "", "v=1"),
        ({"url": f"http://a.{HELD}.invalid/x"}, "http://a.?.invalid/x", "a.?.invalid", "", ""),
        ({"url": f"http://10.0.0.{HELD}/x"}, "http://10.0.0.?/x", "10.0.0.?", "", ""),
        ({"url": f"{HELD}/message.php?UID={HELD}"}, "?/message.php", "", "", "UID=?"),
        ({"url": "login", "base": "http://a.invalid/api/"}, "http://a.invalid/api/login",
         "a.invalid", "", ""),
        ({"url": "/login", "base": HELD}, "?/login", "", "", ""),
        ({"url": "http://b.invalid/x", "base": "http://a.invalid/"}, "http://b.invalid/x",
         "b.invalid", "", ""),
        ({"host": "10.0.0.1", "port": "21", "channel": "ftp"}, "ftp://10.0.0.1:21", "10.0.0.1", "21",
         ""),
        ({"url": "http://user:word@a.invalid/x"}, "http://a.invalid/x", "a.invalid", "", ""),
        ({"url": "http://[2001:db8::1]:81/x"}, "http://[2001:db8::1]:81/x", "[2001:db8::1]", "81", ""),
        ({"url": "default"}, "?", "", "", ""),
        ({"url": "a.invalid:90"}, "a.invalid:90", "a.invalid", "90", ""),
    ],
)  # fmt: skip
def test_targets(words: dict[str, str], text: str, host: str, port: str, query: str) -> None:
    target = target_of(sent(words))
    assert target is not None
    told = (target.text, target.host, target.port, target.query)
    assert tuple(map(plain, told)) == (text, host, port, query)


@pytest.mark.parametrize(
    "url", ["file:///android_asset/a.html", "javascript:go()", "about:blank", "content://sms",
            "data:text/html,a", "tel:1"],
)  # fmt: skip
def test_what_stays_on_the_device(url: str) -> None:
    assert target_of(sent({"url": url})) is None


def test_segments_follow_the_path() -> None:
    target = target_of(sent({"url": "http://a.invalid/api/"}, ("v1", "/person/")))
    assert target is not None
    assert target.text == "http://a.invalid/api/v1/person"
