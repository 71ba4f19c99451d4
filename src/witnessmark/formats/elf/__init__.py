"""ELF libraries and executables: what they are, import, export and say.

Follows the System V ABI, chapters 4 and 5 (https://refspecs.linuxfoundation.org/elf/gabi4+/), and
for what only Android's linker decides, AOSP ``bionic/linker``.
"""

from witnessmark.formats.elf.jni import JniName, java_name
from witnessmark.formats.elf.read import read_elf
from witnessmark.formats.elf.records import Anomaly, ElfFile, NativeString, Symbol

__all__ = [
    "Anomaly",
    "ElfFile",
    "JniName",
    "NativeString",
    "Symbol",
    "java_name",
    "read_elf",
]
