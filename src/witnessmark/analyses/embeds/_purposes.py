"""What libraries are for, in words that every language of the report knows."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.knowledge.packs.sdks import Purpose

PURPOSES: Mapping[Purpose, str] = {
    "ads": "advertising",
    "analytics": "counting how the app is used",
    "barcode": "reading bar codes",
    "biometrics": "recognising people by their bodies",
    "crash": "reporting errors",
    "device": "working with devices",
    "face": "recognising faces",
    "framework": "building apps in another way",
    "hot_patch": "changing the code of an installed app",
    "identity_reader": "reading identity papers",
    "image": "pictures",
    "location": "positions",
    "login": "signing in",
    "map": "maps",
    "messaging": "messages between people",
    "network": "speaking with servers",
    "ocr": "reading text in pictures",
    "payment": "payments",
    "push": "push messages",
    "security": "encryption and protection",
    "speech": "speech",
    "storage": "storing data",
    "test": "testing apps",
    "ui": "what screens look like",
    "utility": "the programmer's work",
    "video": "sound and film",
}
"""What stands behind “for” in the sentence of a library."""
