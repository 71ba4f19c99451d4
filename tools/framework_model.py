r"""Build the framework model: which classes Android offers, and their methods.

    python tools/framework_model.py --android ANDROID_ALL.jar --java JAVA_BASE.jmod ... \
        --legacy OLD_ANDROID.jar --out src/witnessmark/knowledge/data/framework/classes.csv

Only facts of class files are taken: names, superclass, interfaces, method names and types.
Later inputs add classes that earlier ones lack; they never change one. See the README beside
the output for the versions used.

Source: The Java Virtual Machine Specification, SE 17, chapter 4, "The class File Format".
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PUBLIC, PRIVATE, PROTECTED, STATIC, FINAL = 0x1, 0x2, 0x4, 0x8, 0x10
INTERFACE, ABSTRACT, SYNTHETIC, ANNOTATION, ENUM = 0x200, 0x400, 0x1000, 0x2000, 0x4000

ANDROID_PACKAGES = (
    "android/",
    "dalvik/system/",
    "org/json/",
    "org/xml/",
    "org/w3c/",
    "org/xmlpull/",
)
JAVA_PACKAGES = (
    "java/beans/Property", "java/io/", "java/lang/", "java/math/", "java/net/", "java/nio/",
    "java/security/", "java/sql/", "java/text/", "java/time/", "java/util/", "javax/crypto/",
    "javax/net/", "javax/security/", "javax/sql/", "javax/xml/", "org/xml/", "org/w3c/",
)  # fmt: skip
LEGACY_PACKAGES = ("android/", "org/apache/http/", "junit/framework/", "javax/", "java/", "dalvik/")
NOT_FOR_APPS = re.compile(
    r"/internal/|/V\d+_\d+/|^android/(car|stats|internal|hidl|frameworks|filterpacks|filterfw|gsi|apex"
    r"|compat|debug|ddm|sysprop|audio|providers|icu|federatedcompute|ondevicepersonalization"
    r"|net/connectivity|security/keystore2|telephony/ims|safetycenter|uwb|devicelock|timezone"
    r"|hardware/(input/common|radio|tv|audio|broadcastradio|gnss|cas|drm|neuralnetworks|automotive"
    r"|wifi|secure_element|vibrator|power|thermal|security|keymaster|graphics/common|identity))/"
    r"|^android/media/(audio|tv/tuner|soundtrigger|audiopolicy)/"
    r"|^java/lang/(foreign|module|invoke/[a-z])|^org/xml/sax/helpers/[a-z]|\$\d"
)


@dataclass(frozen=True, slots=True)
class ClassFile:
    """What the model keeps of one class file; names in internal form (``java/lang/Object``)."""

    name: str
    access: int
    super_name: str
    interfaces: tuple[str, ...]
    methods: tuple[tuple[str, str, int], ...]


class _Reader:
    """A cursor over big-endian class file items."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> int:
        (value,) = struct.unpack_from(">" + form, self.data, self.at)
        self.at += struct.calcsize(form)
        return int(value)

    def skip_attributes(self) -> None:
        for _ in range(self.take("H")):
            self.take("H")
            length = self.take("I")
            self.at += length


def _constants(reader: _Reader) -> list[str | int | None]:
    """Constant pool: text of Utf8 entries, name index of Class entries, None otherwise."""
    sizes = {3: 4, 4: 4, 5: 8, 6: 8, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4,
             19: 2, 20: 2}  # fmt: skip
    count = reader.take("H")
    pool: list[str | int | None] = [None] * count
    index = 1
    while index < count:
        tag = reader.take("B")
        if tag == 1:
            length = reader.take("H")
            pool[index] = reader.data[reader.at : reader.at + length].decode("utf-8", "replace")
            reader.at += length
        elif tag == 7:
            pool[index] = reader.take("H")
        else:
            reader.at += sizes[tag]
        index += 2 if tag in (5, 6) else 1
    return pool


def read_class(data: bytes) -> ClassFile:
    """Read one class file; access is that of the InnerClasses entry for a nested class."""
    reader = _Reader(data)
    if reader.take("I") != 0xCAFEBABE:
        raise ValueError("not a class file")
    reader.at += 4
    pool = _constants(reader)

    def text(index: int) -> str:
        value = pool[index]
        return value if isinstance(value, str) else ""

    def class_name(index: int) -> str:
        value = pool[index] if index else None
        return text(value) if isinstance(value, int) else ""

    access = reader.take("H")
    name, super_name = class_name(reader.take("H")), class_name(reader.take("H"))
    interfaces = tuple(class_name(reader.take("H")) for _ in range(reader.take("H")))
    methods: list[tuple[str, str, int]] = []
    for kind in ("field", "method"):
        for _ in range(reader.take("H")):
            flags, member, descriptor = (
                reader.take("H"),
                text(reader.take("H")),
                text(reader.take("H")),
            )
            reader.skip_attributes()
            if kind == "method":
                methods.append((member, descriptor, flags))
    access = _nested_access(reader, text, class_name, name, access)
    return ClassFile(name, access, super_name, interfaces, tuple(methods))


def _nested_access(
    reader: _Reader,
    text: Callable[[int], str],
    class_name: Callable[[int], str],
    name: str,
    access: int,
) -> int:
    for _ in range(reader.take("H")):
        attribute, length = text(reader.take("H")), reader.take("I")
        end = reader.at + length
        for _ in range(reader.take("H") if attribute == "InnerClasses" else 0):
            inner = class_name(reader.take("H"))
            reader.at += 4
            flags = reader.take("H")
            if inner == name:
                access = flags
        reader.at = end
    return access


def classes_in(archive: Path, packages: tuple[str, ...]) -> Iterator[ClassFile]:
    """Classes of a jar or jmod (a zip behind four bytes) under ``packages``, by name."""
    data = archive.read_bytes()
    if data[:2] == b"JM":
        data = data[4:]
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for entry in sorted(container.namelist()):
            name = entry.removeprefix("classes/")
            wanted = name.endswith(".class") and name.startswith(packages)
            if wanted and not NOT_FOR_APPS.search(name):
                yield read_class(container.read(entry))


def shorty(descriptor: str) -> str:
    """Parameters of a method descriptor, one letter each, every reference type an ``L``."""
    inside = descriptor[1 : descriptor.index(")")]
    parts = re.findall(r"\[*(?:L[^;]*;|.)", inside)
    return "".join("L" if part[-1] == ";" or part[0] == "[" else part for part in parts)


def ancestors(name: str, known: Mapping[str, ClassFile]) -> Iterator[str]:
    """Every class and interface above ``name``, itself excluded; each once."""
    seen: set[str] = set()
    queue = [name]
    while queue:
        found = known.get(queue.pop())
        for above in (found.super_name, *found.interfaces) if found else ():
            if above and above not in seen:
                seen.add(above)
                queue.append(above)
                yield above


def members(found: ClassFile) -> Iterator[str]:
    """Accessible methods as ``name:shorty``, ``!`` before a final, ``+`` before a static one."""
    for name, descriptor, flags in found.methods:
        if not flags & (PUBLIC | PROTECTED) or flags & SYNTHETIC or name.startswith("<"):
            continue
        mark = "+" if flags & STATIC else "!" if flags & FINAL else ""
        yield f"{mark}{name}:{shorty(descriptor)}"


def is_offered(found: ClassFile, known: Mapping[str, ClassFile]) -> bool:
    """Whether apps can name the class; plumbing of system services is left out."""
    plumbing = "android/os/IInterface" in ancestors(found.name, known)
    return bool(found.access & (PUBLIC | PROTECTED)) and not plumbing


def model(known: Mapping[str, ClassFile]) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of the model: class, flags, super, interfaces, methods first declared there."""
    kept = {name for name, found in known.items() if is_offered(found, known)}
    for name in tuple(kept):
        kept.update(above for above in ancestors(name, known) if above in known)
    for name in sorted(kept):
        found = known[name]
        inherited = {m for above in ancestors(name, known) if above in known
                     for m in members(known[above])}  # fmt: skip
        own = set() if found.access & FINAL else set(members(found)) - inherited
        flags = "".join(
            letter
            for letter, bit in (("i", INTERFACE), ("a", ABSTRACT), ("f", FINAL), ("e", ENUM))
            if found.access & bit
        )
        above = "" if found.access & INTERFACE else found.super_name
        yield name, flags, above, " ".join(found.interfaces), " ".join(sorted(own))


def main() -> None:
    """Read the inputs in order and write the model."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--android", type=Path, required=True)
    parser.add_argument("--java", type=Path, nargs="+", required=True)
    parser.add_argument("--legacy", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    sources = [(given.android, ANDROID_PACKAGES), *((java, JAVA_PACKAGES) for java in given.java)]
    known: dict[str, ClassFile] = {}
    for archive, packages in (*sources, (given.legacy, LEGACY_PACKAGES)):
        for found in classes_in(archive, packages):
            known.setdefault(found.name, found)
    with given.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("class", "flags", "super", "interfaces", "methods"))
        writer.writerows(model(known))


if __name__ == "__main__":
    main()
