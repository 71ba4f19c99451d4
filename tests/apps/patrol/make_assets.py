"""Writes the lists and code books of this fixture: `python make_assets.py`.

Digests are those of numbers, identifiers those of well-known apps; nobody is on these lists.
"""

import hashlib
import json
import random
import struct
from pathlib import Path

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes

HERE = Path(__file__).parent
PEOPLES = [
    "汉族",
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
]
AREAS = "650100\t乌鲁木齐市\r\n650102\t天山区\r\n650103\t沙依巴克区\r\n650104\t新市区\r\n650200\t克拉玛依市"
CASES = {"1001": "危害国家安全", "1002": "盗窃", "1003": "诈骗", "1004": "走私"}
WORDS = ["圣战", "独立", "殉教", "斋月", "古兰经", "护照", "翻墙", "境外"]
APPS = [
    "com.whatsapp",
    "org.telegram.messenger",
    "com.facebook.katana",
    "com.twitter.android",
    "org.thoughtcrime.securesms",
    "com.psiphon3",
    "org.torproject.android",
    "com.zapya",
    "com.instagram.android",
    "jp.naver.line.android",
    "com.viber.voip",
    "com.skype.raider",
    "com.kakao.talk",
    "com.tencent.mm",
    "com.tencent.mobileqq",
    "com.sina.weibo",
    "im.zello.app",
    "org.fdroid.fdroid",
]
TREE = {
    "宗教行为": {"101": "蓄须", "102": "戴面纱", "103": "每日做礼拜"},
    "出行": {"201": "曾去26国", "202": "申领护照"},
}
DICTIONARIES = {
    "职业": {"1": "农民", "2": "工人", "3": "教师", "4": "无业"},
    "政治面貌": {"01": "中共党员", "02": "共青团员", "13": "群众"},
}


def digest(text: str) -> bytes:
    """An MD5 digest, as lists of files hold them."""
    return hashlib.md5(text.encode()).digest()


def write_lists(assets: Path, raw: Path) -> None:
    """Lists to compare with: digests as text and as records, words under DES, apps under a mask."""
    chance = random.Random(5)
    records = [
        struct.pack(">i", chance.randrange(1000, 9_000_000)) + digest(str(at)) for at in range(120)
    ]
    (assets / "tezheng.bin").write_bytes(struct.pack(">i", len(records)) + b"".join(records))
    lines = [f"{digest(f'v{at}').hex()}|{chance.randrange(9_999_999)}|mp4" for at in range(80)]
    (assets / "yp.txt").write_text("\n".join(lines))
    words = "\n".join(WORDS).encode()
    rest = 8 - len(words) % 8
    cipher = Cipher(TripleDES(b"12345678" * 3), modes.ECB()).encryptor()
    (assets / "kw.dat").write_bytes(cipher.update(words + bytes([rest]) * rest) + cipher.finalize())
    (raw / "soft.dat").write_bytes(bytes(byte ^ 0x5A for byte in ",".join(APPS).encode()))


def write_books(assets: Path, raw: Path) -> None:
    """Code books: JSON flat and as a tree, XML of several lists, properties, text in GBK."""
    peoples = [{"dm": f"{at:02}", "mc": name} for at, name in enumerate(PEOPLES, 1)]
    (assets / "mz.json").write_text(json.dumps(peoples, ensure_ascii=False))
    tree = [
        {
            "id": str(at),
            "name": name,
            "children": [{"id": code, "name": label} for code, label in below.items()],
        }
        for at, (name, below) in enumerate(TREE.items(), 1)
    ]
    text = json.dumps({"code": 0, "data": tree}, ensure_ascii=False)
    (assets / "rysx_tree.json").write_text(text)
    lists = [
        f'<dict name="{name}">'
        + "".join(f'<item code="{code}" value="{label}"/>' for code, label in items.items())
        + "</dict>"
        for name, items in DICTIONARIES.items()
    ]
    head = '<?xml version="1.0" encoding="utf-8"?>'
    (assets / "dict/zidian.xml").write_text(f"{head}<dicts>{''.join(lists)}</dicts>")
    (raw / "xzqh.txt").write_bytes(AREAS.encode("gbk"))
    (assets / "dict/whcd.txt").write_bytes("10,研究生\n20,大学本科\n60,高中\n70,初中".encode("gbk"))
    escaped = [f"{code}={json.dumps(label)[1:-1]}" for code, label in CASES.items()]
    (assets / "ajlb.properties").write_text("\n".join(["# codes", *escaped, ""]))


if __name__ == "__main__":
    (HERE / "assets/dict").mkdir(parents=True, exist_ok=True)
    (HERE / "res/raw").mkdir(parents=True, exist_ok=True)
    write_lists(HERE / "assets", HERE / "res/raw")
    write_books(HERE / "assets", HERE / "res/raw")
