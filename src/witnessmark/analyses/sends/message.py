"""Messages: text messages, mail and push that the app sends by itself.

What it finds
    Text messages (SMS, MMS) with receiver and text, mail with server, receiver and subject, names
    that the app gives a device at a push service, as far as code tells them.

Why it matters
    A message reaches a person or a number without a server of the app in between; a text message
    is not encrypted. A push service that knows a device by a person's name or number can reach
    just that person.

How it decides
    From the table ``requests`` that sends/request fills: runs of the methods that send, with
    labels for what is not known.

What it misses
    Messages that another app is asked to send (an intent opens the messenger, the user decides);
    what the receiver is when a server says it.

Example
    ``SmsManager.getDefault().sendTextMessage("10086", null, "CXYE", null, null)``
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.sends._described import MESSAGES
from witnessmark.analyses.sends._tell import finding, named, whose
from witnessmark.analyses.tables import REQUESTS
from witnessmark.facts.tables.code import CALLS, METHODS, STRINGS
from witnessmark.facts.view import Facts
from witnessmark.flow.tables import REACH
from witnessmark.knowledge.load import Knowledge
from witnessmark.model.finding import Finding

MESSAGE = Analysis(
    id="sends/message",
    version=1,
    reads=(CALLS, METHODS, REACH, REQUESTS, STRINGS),
)


@MESSAGE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding]:
    """Yield one finding for each kind of message to each receiver."""
    for row, (channel, text) in enumerate(app.table(REQUESTS).rows("channel", "subject")):
        if channel in MESSAGES:
            subject = json.loads(text)
            yield finding(app, row, "sends.message", _says(subject), subject)


def _says(subject: dict[str, Any]) -> str:
    who, channel = whose(subject["owner"]), subject["channel"]
    to = _one(subject.get("to"), "a number that is known only at run time")
    text = _one(subject.get("text"), "")
    if channel in ("sms", "mms"):
        said = f": “{text}”" if text else ""
        return f"{who} sends a text message to {to}{said}."
    if channel == "mail":
        server = f" through {subject['url']}" if subject["url"] else ""
        if subject["method"] == "CONNECT":
            return f"{who} logs in at the mail server {subject['url'] or '?'}."
        to = _one(subject.get("to"), "an address that is known only at run time")
        return f"{who} sends a mail to {to}{server}{named(subject)}."
    said = f" {text}" if text else ""
    topic = f" of the topic {subject['operation']}" if subject.get("operation") else ""
    if subject["method"] == "SUBSCRIBE":
        return f"{who} asks the push service for the messages{topic}."
    return f"{who} tells the push service a name for this device{said}."


def _one(texts: list[str] | None, otherwise: str) -> str:
    known = [text for text in texts or () if text.strip("?")]
    return known[0] if known else otherwise
