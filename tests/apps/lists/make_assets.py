"""Makes the assets: invented lists, plain, packed, locked and encrypted.

Needs 7z, openssl, the sqlite3 shell and the library cryptography.
"""

import gzip
import hashlib
import hmac
import json
import sqlite3
import struct
import subprocess
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

ASSETS = Path(__file__).parent / "assets"


def digests(count: int, what: str = "md5") -> list[str]:
    return [hashlib.new(what, f"invented file {n}".encode()).hexdigest() for n in range(count)]


def citizen(number: int) -> str:
    """A number of the right form for a place code that does not exist."""
    body = f"990099{1950 + number % 50}0101{number % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def encrypted(data: bytes, *options: str) -> bytes:
    done = subprocess.run(["openssl", "enc", *options], input=data, capture_output=True, check=True)
    return done.stdout


def locked(name: str, data: bytes, password: str, *options: str) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / name).write_bytes(data)
        command = ["7z", "a", "-tzip", f"-p{password}", *options, "out.zip", name]
        subprocess.run(command, cwd=scratch, check=True, capture_output=True)
        return (Path(scratch) / "out.zip").read_bytes()


def ciphered(sql: str, passphrase: str) -> bytes:
    """A database as SQLCipher 4 writes it (zetetic.net/sqlcipher/design)."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "plain.db"
        commands = [".filectrl reserve_bytes 80", "PRAGMA page_size=4096;", sql]
        subprocess.run(["sqlite3", str(path), *commands], check=True, capture_output=True)
        plain = path.read_bytes()
    salt = hashlib.sha256(b"invented salt").digest()[:16]
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, 256_000, 32)
    seal = hashlib.pbkdf2_hmac("sha512", key, bytes(one ^ 0x3A for one in salt), 2, 32)
    pages = []
    for number, at in enumerate(range(0, len(plain), 4096), start=1):
        begin = 16 if at == 0 else 0
        vector = hashlib.sha256(f"vector {number}".encode()).digest()[:16]
        work = Cipher(AES(key), CBC(vector)).encryptor()
        body = work.update(plain[at + begin : at + 4016]) + work.finalize()
        code = hmac.new(seal, body + vector + struct.pack("<I", number), "sha512").digest()
        pages.append((salt if at == 0 else b"") + body + vector + code)
    return b"".join(pages)


def write(name: str, data: bytes | str) -> None:
    target = ASSETS / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


write("files.md5", "\n".join(digests(60)) + "\n")
write("never.sha1", "\n".join(digests(40, "sha1")) + "\n")
write("packed.dat", gzip.compress("\n".join(digests(50, "sha256")).encode(), mtime=0))
write(
    "apps.zip",
    locked(
        "apps.txt",
        "\n".join(f"com.example.chat{n}" for n in range(30)).encode(),
        "invented-word",
        "-mem=ZipCrypto",
    ),
)
write(
    "hosts.zip",
    locked(
        "hosts.txt",
        "\n".join(f"news{n}.example.org" for n in range(30)).encode(),
        "invented-word",
        "-mem=AES256",
    ),
)
key, vector = b"0123456789abcdef".hex(), b"fedcba9876543210".hex()
write(
    "phones.bin",
    encrypted(
        "\n".join(f"1390000{n:04d}" for n in range(300)).encode(),
        "-aes-128-cbc",
        "-K",
        key,
        "-iv",
        vector,
    ),
)
write(
    "cells.bin",
    struct.pack("<I", 200)
    + b"".join(sorted(hashlib.sha1(f"cell {n}".encode()).digest() for n in range(200))),
)
write(
    "words.txt",
    "\n".join(
        [
            "invented",
            "gathering",
            "petition",
            "banner",
            "march",
            "leaflet",
            "megaphone",
            "vigil",
            "strike",
            "blockade",
        ]
    )
    + "\n",
)
write("blacklist.txt", "")
names = ["王一一", "李二二", "张三三", "刘四四", "陈五五", "杨六六", "赵七七", "黄八八"]
write(
    "roster.csv",
    "姓名,身份证号,电话,民族\n"
    + "\n".join(f"{names[n % 8]},{citizen(n)},1390000{n:04d},汉族" for n in range(24))
    + "\n",
)
write(
    "pupils.json",
    json.dumps(
        {
            "class": "3b",
            "pupils": [
                {"name": f"{a} {b}", "born": f"2012-0{n + 1}-11", "mother": f"Anna {b}"}
                for n, (a, b) in enumerate(
                    [
                        ("Emma", "Aa"),
                        ("Daniel", "Bb"),
                        ("Sophia", "Cc"),
                        ("Lucas", "Dd"),
                        ("Maria", "Ee"),
                        ("Thomas", "Ff"),
                    ]
                )
            ],
        }
    ),
)
path = ASSETS / "db" / "contacts.db"
path.parent.mkdir(exist_ok=True)
path.unlink(missing_ok=True)
base = sqlite3.connect(path)
base.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, full_name TEXT, phone TEXT, note TEXT)")
base.executemany(
    "INSERT INTO person (full_name, phone, note) VALUES (?, ?, ?)",
    [
        (f"{a} Zz", f"+1999555{n:04d}", "")
        for n, a in enumerate(
            ["James", "Mary", "Robert", "Linda", "Ahmed", "Fatima", "Ivan", "Olga"]
        )
    ],
)
base.execute("CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT, address TEXT, phone TEXT)")
base.executemany(
    "INSERT INTO shop (name, address, phone) VALUES (?, ?, ?)",
    [(f"Shop {n}", f"{n} Invented Street", f"555-{n:04d}") for n in range(12)],
)
base.commit()
base.close()
write(
    "vault.dat",
    ciphered(
        "CREATE TABLE wanted (full_name TEXT, born TEXT);"
        + "".join(
            f"INSERT INTO wanted VALUES ('{a} Yy', '19{n}0-01-01');"
            for n, a in enumerate(["Peter", "Paul", "Susan", "Karen", "Omar"], 5)
        ),
        "invented-passphrase",
    ),
)
# Look-alikes: countries, test vectors beside their names, a word list of a keyboard, colours.
write(
    "countries.json",
    json.dumps({"AF": "Afghanistan", "AL": "Albania", "DZ": "Algeria", "AO": "Angola"}),
)
write(
    "keyboard.txt",
    "\n".join(
        [
            "about",
            "above",
            "across",
            "after",
            "again",
            "almost",
            "along",
            "already",
            "also",
            "always",
            "among",
        ]
    )
    + "\n",
)
write("vectors.txt", "\n".join(f"test {n}: {one}" for n, one in enumerate(digests(30))) + "\n")
