"""Stand-ins for methods that turn texts and bytes into one another, and compute digests and keys.

Sources: java.util.Base64, android.util.Base64, java.net.URLDecoder, javax.crypto.Cipher and
java.security.MessageDigest at developer.android.com/reference; names of transformations: Java
Security Standard Algorithm Names. The algorithms are those of the library ``cryptography``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Mapping
from urllib.parse import quote_plus, unquote_plus

from witnessmark.flow.values.ciphers import CipherError, deciphered, keyed_digest
from witnessmark.flow.values.library_call import Call, Function
from witnessmark.flow.values.objects import (
    LARGEST_ARRAY,
    LONGEST_TEXT,
    UNKNOWN,
    Array,
    Text,
    Thing,
    Value,
    byte_array,
    in_pieces,
    joined_steps,
    steps_of,
)

CHARSETS: Mapping[str, str] = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16-be", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "latin-1",
    "iso8859-1": "latin-1", "latin1": "latin-1", "gbk": "gbk", "gb2312": "gb2312",
    "gb18030": "gb18030", "big5": "big5", "utf_8": "utf-8", "iso_8859_1": "latin-1",
    "us_ascii": "ascii", "utf_16": "utf-16-be", "utf_16le": "utf-16-le", "utf_16be": "utf-16-be",
}  # fmt: skip
"""Python's codecs by names that Java knows, in small letters; fields of StandardCharsets too."""

DIGESTS = {"md5": "md5", "sha": "sha1", "sha-1": "sha1", "sha1": "sha1", "sha-256": "sha256",
           "sha256": "sha256", "sha-512": "sha512", "sha512": "sha512", "sha-224": "sha224",
           "sha-384": "sha384"}  # fmt: skip


def _codec(call: Call, position: int) -> str | None:
    """The codec that an argument names; UTF-8, Android's default, when there is none."""
    if position >= len(call):
        return "utf-8"
    value = call.value(position)
    name = value.known.get("charset") if isinstance(value, Thing) else call.whole(position)
    return CHARSETS.get(name.lower()) if isinstance(name, str) else None


def _get_bytes(call: Call) -> Value:
    text, codec = call.whole(0), _codec(call, 1)
    if text is None or codec is None:
        return UNKNOWN
    return byte_array(text.encode(codec, "replace"), steps_of(call.value(0)))


def new_text_of_bytes(call: Call) -> Value:
    """``new String(bytes[, offset, count][, charset])``."""
    data = call.data(1)
    at = 2
    if data is not None and len(call) > 3 and call.kind(2) == "I":
        first, count = call.number(2), call.number(3)
        if first is None or count is None or not 0 <= first <= first + count <= len(data):
            return UNKNOWN
        data, at = data[first : first + count], 4
    codec = _codec(call, at)
    if data is None or codec is None or len(data) > LONGEST_TEXT:
        return UNKNOWN
    return Text(data.decode(codec, "replace"), steps_of(call.value(1)))


def _charset(call: Call) -> Value:
    name = call.whole(0)
    return UNKNOWN if name is None else Thing("Ljava/nio/charset/Charset;", {"charset": name})


def unbase64(text: bytes, url: bool = False) -> bytes | None:
    """Bytes of Base64 letters, blanks skipped and padding optional; None for anything else."""
    packed = b"".join(text.split()).rstrip(b"=")
    if url or b"-" in packed or b"_" in packed:
        packed = packed.translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error:
        return None


def _text_or_bytes(call: Call, position: int) -> bytes | None:
    text = call.whole(position)
    return text.encode("utf-8", "replace") if text is not None else call.data(position)


def _decode64(call: Call) -> Value:
    position = 1 if isinstance(call.value(0), Thing) else 0
    data = _text_or_bytes(call, position)
    found = unbase64(data) if data is not None else None
    return UNKNOWN if found is None else byte_array(found, call.steps("decodes Base64"))


def _encode64(call: Call) -> Value:
    position = 1 if isinstance(call.value(0), Thing) else 0
    data = call.data(position)
    if data is None:
        return UNKNOWN
    letters = base64.b64encode(data)
    steps = call.steps("encodes as Base64")
    if call.key.endswith("ToString") or call.key.endswith("String"):
        return Text(letters.decode("ascii"), steps)
    return byte_array(letters, steps)


def _coder(_: Call) -> Value:
    return Thing("Ljava/util/Base64$Decoder;")


def _decode_hex(call: Call) -> Value:
    position = len(call) - 1
    text = call.whole(position)
    try:
        return UNKNOWN if text is None else byte_array(bytes.fromhex(text), call.steps("reads hex"))
    except ValueError:
        return UNKNOWN


def _decode_url(call: Call) -> Value:
    text = call.whole(0)
    if text is None:
        return UNKNOWN
    return Text(unquote_plus(text), call.steps("decodes the spelling of addresses"))


def _encode_url(call: Call) -> Value:
    given = call.text(0)
    if given is None:
        return UNKNOWN
    text = in_pieces(given.text, lambda part: quote_plus(part, safe="*-._", errors="replace"))
    return Text(text, call.steps("spells as in addresses"))


def _array_copy(call: Call) -> Value:
    source, target = call.array(0), call.array(2)
    at, to, count = call.number(1), call.number(3), call.number(4)
    if target is None:
        return UNKNOWN
    if source is None or at is None or to is None or count is None:
        target.items[:] = [UNKNOWN] * len(target.items)
        return UNKNOWN
    inside = 0 <= at <= at + count <= len(source.items) and 0 <= to <= to + count <= len(
        target.items
    )
    if inside:
        target.items[to : to + count] = source.items[at : at + count]
        target.steps = joined_steps(target.steps, source.steps)
    return UNKNOWN


def _copy_of(call: Call) -> Value:
    array, first, last = call.array(0), 0, call.number(len(call) - 1)
    if len(call) == 3:
        start = call.number(1)
        if start is None:
            return UNKNOWN
        first = start
    if array is None or last is None or not 0 <= first <= last <= first + LARGEST_ARRAY:
        return UNKNOWN
    if first > len(array.items):
        return UNKNOWN
    kept = array.items[first:last]
    return Array(array.kind, kept + [0] * (last - first - len(kept)), array.steps)


def clone(call: Call) -> Value:
    """``clone()`` of an array."""
    array = call.array(0)
    return UNKNOWN if array is None else Array(array.kind, list(array.items), array.steps)


def _digest_named(call: Call) -> Value:
    name = call.whole(0)
    known = DIGESTS.get(name.lower()) if name is not None else None
    return UNKNOWN if known is None else Thing("digest", {"name": known, "data": b""})


def _digest_update(call: Call) -> Value:
    thing, data = call.value(0), call.data(1)
    if isinstance(thing, Thing):
        before = thing.known.get("data")
        whole = isinstance(before, bytes) and data is not None and len(call) == 2
        thing.known["data"] = (before or b"") + (data or b"") if whole else UNKNOWN
        thing.steps = joined_steps(thing.steps, steps_of(call.value(1)))
    return UNKNOWN


def _digest(call: Call) -> Value:
    thing = call.value(0)
    if not isinstance(thing, Thing):
        return UNKNOWN
    if len(call) > 1:
        _digest_update(call)
    name, data = thing.known.get("name"), thing.known.get("data")
    if not isinstance(name, str) or not isinstance(data, bytes):
        return UNKNOWN
    thing.known["data"] = b""
    return byte_array(hashlib.new(name, data, usedforsecurity=False).digest(),
                      call.steps(f"computes {name}"))  # fmt: skip


def _key(call: Call) -> Value:
    """``new SecretKeySpec(bytes, name)``, ``new IvParameterSpec(bytes)`` and their like."""
    position = 2 if call.kind(1) == "I" else 1
    data = call.data(position)
    if data is not None and len(call) >= 4 and call.kind(2) == "I":
        first, count = call.number(2), call.number(3)
        if first is None or count is None or not 0 <= first <= first + count <= len(data):
            return UNKNOWN
        data = data[first : first + count]
    if data is None:
        return UNKNOWN
    return Thing(call.key.partition("->")[0], {"data": data}, steps=steps_of(call.value(position)))


def _generated_key(call: Call) -> Value:
    """``SecretKeyFactory.generateSecret`` gives a key with the bytes of its specification."""
    return call.value(1) if isinstance(call.value(1), Thing) else UNKNOWN


def _key_bytes(call: Call) -> Value:
    thing = call.value(0)
    data = thing.known.get("data") if isinstance(thing, Thing) else None
    return byte_array(data, thing.steps) if isinstance(data, bytes) else UNKNOWN


def _cipher_named(call: Call) -> Value:
    name = call.whole(0)
    return UNKNOWN if name is None else Thing("cipher", {"name": name})


def _cipher_begin(call: Call) -> Value:
    thing, key = call.value(0), call.value(2)
    if isinstance(thing, Thing):
        thing.known["mode"] = call.value(1)
        thing.known["key"] = key.known.get("data") if isinstance(key, Thing) else None
        iv = call.value(3)
        thing.known["iv"] = iv.known.get("data") if isinstance(iv, Thing) else b""
        thing.steps = joined_steps(thing.steps, steps_of(key), steps_of(iv))
    return UNKNOWN


def _cipher_final(call: Call) -> Value:
    thing, data = call.value(0), call.data(1)
    if not isinstance(thing, Thing) or data is None or len(call) != 2:
        return UNKNOWN
    name, key, iv = (thing.known.get(word) for word in ("name", "key", "iv"))
    mode = thing.known.get("mode")
    if not (isinstance(name, str) and isinstance(key, bytes) and isinstance(iv, bytes)):
        return UNKNOWN
    if mode not in (1, 2):
        return UNKNOWN
    try:
        result = deciphered(name, key, iv, data, encrypt=mode == 1)
    except CipherError:
        return UNKNOWN
    word = "encrypts" if mode == 1 else "decrypts"
    return byte_array(result, call.steps(f"{word} with {name}"))


def _mac_begin(call: Call) -> Value:
    thing, key = call.value(0), call.value(1)
    if isinstance(thing, Thing):
        thing.known["key"] = key.known.get("data") if isinstance(key, Thing) else None
        thing.known.setdefault("data", b"")
    return UNKNOWN


def _mac_final(call: Call) -> Value:
    thing = call.value(0)
    if not isinstance(thing, Thing):
        return UNKNOWN
    if len(call) > 1:
        _digest_update(call)
    name, key, data = (thing.known.get(word) for word in ("name", "key", "data"))
    if not (isinstance(name, str) and isinstance(key, bytes) and isinstance(data, bytes)):
        return UNKNOWN
    found = keyed_digest(name, key, data)
    return UNKNOWN if found is None else byte_array(found, call.steps(f"computes {name}"))


def _new_stream(call: Call) -> Value:
    data = call.data(1)
    return UNKNOWN if data is None else Thing("stream", {"data": data}, steps=call.steps())


def _unzipped(call: Call) -> Value:
    """A stream over what a packed stream holds."""
    source = call.value(1)
    data = source.known.get("data") if isinstance(source, Thing) else None
    if not isinstance(data, bytes):
        return UNKNOWN
    reader = zlib.decompressobj(47)
    try:
        plain = reader.decompress(data, LARGEST_ARRAY)
    except zlib.error:
        return UNKNOWN
    return Thing("stream", {"data": plain}, steps=call.steps("unpacks"))


def _named(owner: str, names: str, function: Function) -> dict[str, Function]:
    return {f"{owner}->{name}": function for name in names.split()}


BYTE_FUNCTIONS: Mapping[str, Function] = {
    **_named("Ljava/lang/String;", "getBytes", _get_bytes),
    **_named("Ljava/nio/charset/Charset;", "forName", _charset),
    **_named("Landroid/util/Base64;", "decode", _decode64),
    **_named("Landroid/util/Base64;", "encode encodeToString", _encode64),
    **_named("Ljava/util/Base64;", "getDecoder getUrlDecoder getMimeDecoder getEncoder", _coder),
    **_named("Ljava/util/Base64;", "getUrlEncoder", _coder),
    **_named("Ljava/util/Base64$Decoder;", "decode", _decode64),
    **_named("Ljava/util/Base64$Encoder;", "encode encodeToString", _encode64),
    **_named("Lorg/apache/commons/codec/binary/Base64;", "decodeBase64", _decode64),
    **_named("Lorg/apache/commons/codec/binary/Base64;", "encodeBase64String", _encode64),
    **_named("Lorg/apache/commons/codec/binary/Hex;", "decodeHex", _decode_hex),
    **_named("Lorg/bouncycastle/util/encoders/Hex;", "decode", _decode_hex),
    **_named("Ljava/net/URLDecoder;", "decode", _decode_url),
    **_named("Landroid/net/Uri;", "decode", _decode_url),
    **_named("Ljava/net/URLEncoder;", "encode", _encode_url),
    **_named("Ljava/lang/System;", "arraycopy", _array_copy),
    **_named("Ljava/util/Arrays;", "copyOf copyOfRange", _copy_of),
    **_named("Ljava/security/MessageDigest;", "getInstance", _digest_named),
    **_named("Ljava/security/MessageDigest;", "update", _digest_update),
    **_named("Ljava/security/MessageDigest;", "digest", _digest),
    **_named("Ljavax/crypto/spec/SecretKeySpec;", "<init>", _key),
    **_named("Ljavax/crypto/spec/IvParameterSpec;", "<init>", _key),
    **_named("Ljavax/crypto/spec/GCMParameterSpec;", "<init>", _key),
    **_named("Ljavax/crypto/spec/DESKeySpec;", "<init>", _key),
    **_named("Ljavax/crypto/spec/DESedeKeySpec;", "<init>", _key),
    **_named("Ljavax/crypto/SecretKeyFactory;", "getInstance", _cipher_named),
    **_named("Ljavax/crypto/SecretKeyFactory;", "generateSecret", _generated_key),
    **_named("Ljavax/crypto/spec/SecretKeySpec;", "getEncoded", _key_bytes),
    **_named("Ljavax/crypto/Cipher;", "getInstance", _cipher_named),
    **_named("Ljavax/crypto/Cipher;", "init", _cipher_begin),
    **_named("Ljavax/crypto/Cipher;", "doFinal", _cipher_final),
    **_named("Ljavax/crypto/Mac;", "getInstance", _cipher_named),
    **_named("Ljavax/crypto/Mac;", "init", _mac_begin),
    **_named("Ljavax/crypto/Mac;", "update", _digest_update),
    **_named("Ljavax/crypto/Mac;", "doFinal", _mac_final),
    **_named("Ljava/io/ByteArrayInputStream;", "<init>", _new_stream),
    **_named("Ljava/util/zip/GZIPInputStream;", "<init>", _unzipped),
    **_named("Ljava/util/zip/InflaterInputStream;", "<init>", _unzipped),
}
"""By ``Lowner;->name``."""
