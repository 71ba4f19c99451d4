"""Compiled Dart programs made byte by byte: the texts of one, behind their lengths."""

from __future__ import annotations

from struct import pack

from unit.formats.elf.made_elf import MadeElf

SYMBOLS = (
    "_kDartVmSnapshotInstructions",
    "_kDartIsolateSnapshotInstructions",
    "_kDartVmSnapshotData",
    "_kDartIsolateSnapshotData",
)
TEXTS = (
    "_MyHomeState@20012345", "get:focusColor", "Enter your name", "请输入身份证号", "initState",
    "org.example.care/position", "https://care.sample.test/visit", "createState", "Début",
    "package:care/main.dart", "_onChanged@20012345", "x" * 200, "\x02", "dispose", "didUpdate",
    "buildContext", "https://care.sample.test/next", "InputDecoration",
)  # fmt: skip


def clustered(*texts: str) -> bytes:
    """Texts one behind the other, as builds with compressed pointers have them."""
    return b"".join(_length(text) + _letters(text) for text in texts)


def counted(*texts: str, is_64: bool = True) -> bytes:
    """Texts as objects of their own, as other builds have them."""
    out = b""
    for text in texts:
        size = pack("<QQ" if is_64 else "<II", 0x55, 2 * len(text))
        out += size + _letters(text)
        out += b"\0" * (-len(out) % 16)
    return out


def program(texts: bytes, *symbols: str) -> bytes:
    """An ELF file of 64 bits that exports what Flutter looks for."""
    return MadeElf(exports=symbols or SYMBOLS, data=b"\0" * 64 + texts + b"\0" * 64).build()


def _letters(text: str) -> bytes:
    return text.encode("latin-1" if _is_latin(text) else "utf-16-le")


def _is_latin(text: str) -> bool:
    return all(ord(sign) < 256 for sign in text)


def _length(text: str) -> bytes:
    value = len(text) << 1 | (not _is_latin(text))
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F])
        value >>= 7
    return out + bytes([value + 0x80])
