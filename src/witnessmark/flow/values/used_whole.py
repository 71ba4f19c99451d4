"""Arguments that matter as a whole: command lines, and the bytes of keys.

Command lists are told as their words one after the other; bytes as the text that they spell when
they spell one in ASCII, as hex behind ``0x`` when not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from witnessmark.flow.values.objects import HOLE, Array, Text, Thing, Value, bytes_of, joined_steps

COMMANDS: Final = frozenset({
    "Ljava/lang/Runtime;->exec", "Ljava/lang/ProcessBuilder;-><init>",
    "Ljava/lang/ProcessBuilder;->command",
})  # fmt: skip
"""Methods that start a program."""

KEYS: Final = frozenset({
    "Ljavax/crypto/spec/SecretKeySpec;-><init>", "Ljavax/crypto/spec/IvParameterSpec;-><init>",
    "Ljavax/crypto/spec/DESKeySpec;-><init>", "Ljavax/crypto/spec/DESedeKeySpec;-><init>",
    "Ljavax/crypto/spec/PBEKeySpec;-><init>", "Ljavax/crypto/spec/PBEParameterSpec;-><init>",
    "Ljavax/crypto/spec/GCMParameterSpec;-><init>", "Ljava/security/SecureRandom;->setSeed",
    "Ljava/security/SecureRandom;-><init>", "Ljava/security/spec/X509EncodedKeySpec;-><init>",
    "Ljava/security/spec/PKCS8EncodedKeySpec;-><init>", "Ljava/security/KeyStore;->load",
    "Ljavax/net/ssl/KeyManagerFactory;->init", "Ljava/net/PasswordAuthentication;-><init>",
    "Lnet/lingala/zip4j/core/ZipFile;->setPassword", "Lnet/lingala/zip4j/ZipFile;-><init>",
    "Lnet/lingala/zip4j/ZipFile;->setPassword",
    "Lnet/lingala/zip4j/model/ZipParameters;->setPassword",
    "Lorg/eclipse/paho/client/mqttv3/MqttConnectOptions;->setPassword",
    "Lnet/sqlcipher/database/SQLiteDatabase;->openOrCreateDatabase",
    "Lnet/sqlcipher/database/SQLiteDatabase;->openDatabase",
})  # fmt: skip
"""Methods that take the bytes of a key, of a start value or of a salt."""

LONGEST: Final = 4096
WORD = "Ljava/lang/String;"


def whole_text(key: str, value: Value) -> Text | None:
    """What an argument of the method ``Lowner;->name`` is as a whole, None for any other."""
    if key in COMMANDS:
        return _command(value)
    if key in KEYS:
        return _bytes(value)
    return None


def _command(value: Value) -> Text | None:
    if isinstance(value, Thing):
        value = value.known.get("array")
    if not isinstance(value, Array) or not value.items:
        return None
    words = [item if isinstance(item, Text) else None for item in value.items]
    if not any(words):
        return None
    steps = joined_steps(*(word.steps for word in words if word is not None))
    return Text(" ".join(HOLE if word is None else word.text for word in words), steps)


def _bytes(value: Value) -> Text | None:
    if isinstance(value, Array) and value.kind == "[C":
        return _characters(value.items, value)
    data = bytes_of(value)
    if not data or len(data) > LONGEST or not any(data):
        return None
    plain = all(0x20 <= byte < 0x7F for byte in data)
    return Text(data.decode("ascii") if plain else f"0x{data.hex()}", value.steps)


def _characters(items: Sequence[Value], value: Array) -> Text | None:
    if not items or not all(isinstance(item, int) and 0 < item < 0xD800 for item in items):
        return None
    return Text("".join(map(chr, items)), value.steps)
