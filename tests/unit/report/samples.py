"""Invented findings about an invented app, in as many copies as a test asks for.

Every excerpt re-reads from `Sample.app`, so the same sample serves report and verify.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec.structs import replace

from witnessmark.model.assessment import Assessment, Provision
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Original, Reach
from witnessmark.model.gap import Gap
from witnessmark.model.location import Location, ReadsAs
from witnessmark.report.document import (
    AppSummary,
    CoverageRow,
    InputSummary,
    Readings,
    SignerSummary,
    freeze,
)

NAME = "入户走访登记"
HOSTILE = '<script>alert("x")</script>\u202etxt.exe\u2066 &amp; \x1b[31m'
UYGHUR = "ئائىلە ئەزالىرىنىڭ دىنىي ئېتىقادى"
ARABIC = "هل سافر أحد أفراد الأسرة إلى الخارج؟"
LONG = (
    "本页用于登记户内全部人员的基本情况、联系方式、与户主关系、近期外出与返回情况，请逐项如实填写。"
    * 6
)


@dataclass(frozen=True, slots=True)
class Sample:
    """An app file and the frozen document about it."""

    name: str
    app: bytes
    document: bytes


@dataclass(slots=True)
class Blobs:
    """Members that grow as findings quote from them."""

    members: dict[str, bytearray] = field(default_factory=dict)

    def add(self, member: str, data: bytes) -> tuple[int, int]:
        blob = self.members.setdefault(member, bytearray(b"\x00inert\x00"))
        offset = len(blob)
        blob += data
        return offset, len(data)

    def quote(
        self, says: str, text: str, reads_as: ReadsAs = "utf-8", member: str = "res/strings.txt"
    ) -> Evidence:
        """Evidence for ``text``; the file's hash is filled in once the file exists."""
        data = encoded(text, reads_as)
        offset, length = self.add(member, data)
        excerpt = hashlib.sha256(data).hexdigest() if reads_as == "sha256" else text
        place: dict[str, str | int] = {}
        if member.endswith(".dex"):
            place = {"method": "Lorg/example/visit/HouseholdForm;->onCreate()V", "pc": offset // 2}
        at = Location("", ("base.apk", member), offset, length, reads_as, place)
        return Evidence(says, at, excerpt, by="samples/made@1")

    def base_apk(self) -> bytes:
        return zipped({name: bytes(blob) for name, blob in self.members.items()})


def encoded(text: str, reads_as: ReadsAs) -> bytes:
    if reads_as == "hex":
        return bytes.fromhex(text)
    if reads_as == "mutf-8":
        units = text.encode("utf-16-be", "surrogatepass")
        chars = (
            units[i : i + 2].decode("utf-16-be", "surrogatepass") for i in range(0, len(units), 2)
        )
        joined = b"".join(char.encode("utf-8", "surrogatepass") for char in chars)
        return joined.replace(b"\x00", b"\xc0\x80")
    return text.encode("utf-8" if reads_as == "sha256" else reads_as)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


PATH = (
    "Lorg/example/visit/MainActivity;->onCreate(Landroid/os/Bundle;)V",
    "Lorg/example/visit/MainActivity;->openForm(I)V",
    "Lorg/example/visit/HouseholdForm;->onCreate()V",
)
CODE = "1c00a1096e2001000300"


def field_finding(blobs: Blobs, n: int) -> Finding:
    label, gloss, lang, category, special = (
        ("宗教信仰", "religious belief", "zh", "pd:ReligiousBelief", True),
        ("身份证号码", "identity card number", "zh", "wm:NationalIdNumber", False),
        (UYGHUR, "religious belief of family members", "ug", "pd:ReligiousBelief", True),
        ("与户主关系", "relation to head of household", "zh", "pd:FamilyStructure", False),
        (ARABIC, "has a family member travelled abroad?", "ar", "pd:TravelHistory", False),
    )[(n + n // 10) % 5]
    label_quote = blobs.quote("The label is a text of the app.", label)
    code_quote = blobs.quote("The screen inflates this field.", CODE, "hex", "classes.dex")
    return Finding(
        kind="asks.field",
        subject={
            "screen": f"HouseholdForm {n}",
            "label": label,
            "hint": "请如实填写",
            "widget": "Spinner",
            "input": "text",
            "choices": [
                {"code": "01", "label": "佛教"},
                {"code": "02", "label": "伊斯兰教"},
                {"code": "99", "label": "无"},
            ]
            if special
            else [],
            "bound_to": f"resident.field_{n}",
        },
        says=f"The screen “Household form {n}” asks for “{label}” ({gloss}).",
        evidence=(
            Evidence(
                "The field stands on a screen that the app opens.",
                because=(label_quote, Evidence("Code ties them.", because=(code_quote,))),
            ),
        ),
        strength="read",
        reach=Reach("reached", PATH),
        original=(Original(label, lang, gloss),),
        categories=(category, "pd:Name"),
        special=special,
        about="third_person",
        limits=("It does not show that anyone has filled the field in.",),
        identity=f"field {n}",
    )


def screen_finding(blobs: Blobs, n: int) -> Finding:
    return Finding(
        kind="asks.screen",
        subject={
            "name": f"HouseholdForm{n}",
            "title": "入户登记",
            "fields": ["宗教信仰", "身份证号码"],
        },
        says=f"A screen titled “入户登记” (household registration), number {n}, holds 14 fields.",
        evidence=(blobs.quote("The screen explains itself.", LONG),),
        strength="read",
        reach=Reach("unreached"),
        original=(Original(LONG, "zh", "This page registers all persons of the household."),),
        about="third_person",
        identity=f"screen {n}",
    )


def device_finding(blobs: Blobs, n: int) -> Finding:
    return Finding(
        kind="takes.device_data",
        subject={
            "what": "device identifier (IMEI)",
            "api": "android.telephony.TelephonyManager.getDeviceId",
            "permission": "android.permission.READ_PHONE_STATE",
        },
        says=f"It reads the identifier of the phone (IMEI), call {n}.",
        evidence=(blobs.quote("The call.", CODE, "hex", "classes.dex"),),
        strength="derived",
        reach=Reach("unknown"),
        categories=("wm:Imei",),
        about="operator",
        limits=("It does not show that the value leaves the phone.",),
        identity=f"imei {n}",
    )


def table_finding(blobs: Blobs, n: int) -> Finding:
    sql = "CREATE TABLE resident (_id INTEGER PRIMARY KEY, xm TEXT, sfzh TEXT, zjxy TEXT)"
    return Finding(
        kind="keeps.table",
        subject={
            "name": f"resident_{n}",
            "columns": [
                {"name": "_id", "type": "INTEGER", "categories": []},
                {"name": "xm", "type": "TEXT", "categories": ["pd:Name"]},
                {"name": "sfzh", "type": "TEXT", "categories": ["wm:NationalIdNumber"]},
                {"name": "zjxy", "type": "TEXT", "categories": ["pd:ReligiousBelief"]},
            ],
        },
        says=f"It keeps a database table “resident_{n}” with 4 columns about persons.",
        evidence=(
            blobs.quote("The table is made by this statement.", sql, "mutf-8", "classes.dex"),
        ),
        strength="read",
        reach=Reach("reached", PATH[:2]),
        categories=("pd:Name", "pd:ReligiousBelief", "wm:NationalIdNumber"),
        special=True,
        about="third_person",
        identity=f"table {n}",
    )


def code_book_finding(blobs: Blobs, n: int) -> Finding:
    labels = ("重点人员", "外出未归", "境外亲属", "信教人员", "一般人员")
    quotes = tuple(blobs.quote(f"Entry {i}.", label, "utf-16le") for i, label in enumerate(labels))
    return Finding(
        kind="marks.code_book",
        subject={
            "name": f"person_type_{n}",
            "count": len(labels),
            "entries": [
                {"code": f"{i:02}", "label": label, "gloss": gloss}
                for i, (label, gloss) in enumerate(
                    zip(
                        labels,
                        (
                            "key person",
                            "left and not returned",
                            "relatives abroad",
                            "believer",
                            "ordinary",
                        ),
                        strict=True,
                    )
                )
            ],
        },
        says=f"A code book sorts people into 5 types, e.g. “重点人员” (key person), no. {n}.",
        evidence=(Evidence("The array holds these texts.", because=quotes),),
        strength="read",
        reach=Reach("reached", PATH),
        original=tuple(Original(label, "zh") for label in labels),
        categories=("pd:ReligiousBelief", "wm:TravelAbroad"),
        special=True,
        about="third_person",
        identity=f"codes {n}",
    )


def endpoint_finding(blobs: Blobs, n: int) -> Finding:
    url = f"http://intake.example.invalid:8080/api/v{n}/resident/add?" + "parameter=value&" * 12
    return Finding(
        kind="sends.endpoint",
        subject={
            "url": url,
            "host": "intake.example.invalid",
            "port": 8080,
            "scheme": "http",
            "cleartext": True,
        },
        says=f"It can contact intake.example.invalid:8080 without encryption (address {n}).",
        evidence=(blobs.quote("The address is a text of the code.", url, "mutf-8", "classes.dex"),),
        strength="read",
        reach=Reach("reached", PATH),
        about="unknown",
        identity=f"endpoint {n}",
    )


def hostile_finding(blobs: Blobs, n: int) -> Finding:
    return Finding(
        kind="embeds.attribution",
        subject={"text": HOSTILE, "author": "dev@example.invalid"},
        says=f"A text of the app names its maker ({n}): {HOSTILE}",
        evidence=(
            blobs.quote("The text.", HOSTILE, member="assets/it's [1] <b>.txt"),
            blobs.quote(
                "A picture, described by its digest.", "inert", "sha256", "assets/logo.png"
            ),
        ),
        strength="indicated",
        reach=Reach("unknown"),
        original=(Original(HOSTILE),),
        identity=f"hostile {n}",
    )


RECIPES = (
    field_finding, field_finding, screen_finding, device_finding, table_finding, field_finding,
    code_book_finding, endpoint_finding, field_finding, hostile_finding,
)  # fmt: skip

GAPS = (
    Gap("base.apk › lib/arm64-v8a/libguard.so", "The library is packed; its code was not read.",
        ("sends", "takes", "hides/packer")),
    Gap("base.apk › assets/rules.bin", "The content is encrypted or compressed by means unknown.",
        ("marks", "keeps")),
    *(Gap(f"Lorg/example/visit/Router;->go{n}()V", "The method is called by a name made at run "
          "time.", ("asks", "orders")) for n in range(12)),
)  # fmt: skip

COVERAGE = (
    CoverageRow("base.apk › classes.dex", "code", 41_200, 41_188, 12, "methods",
                "12 methods hold bytes that are no instructions"),
    CoverageRow("base.apk › resources.arsc", "resources", 8_412, 8_412, 0, "resources"),
    CoverageRow("base.apk › lib/arm64-v8a/libguard.so", "native", 1_310_720, 4_096, 1_306_624,
                "bytes", "only symbols and strings of native code are read"),
    CoverageRow("base.apk › lib/arm64-v8a/libc++_shared.so", "native", 88_000, 88_000, 0, "bytes"),
    CoverageRow("base.apk › assets/rules.bin", "assets", 52_000, 0, 52_000, "bytes",
                "the format is not known"),
)  # fmt: skip


LAW = {
    "why": "These were named by whoever examined the app.",
    "instruments": [
        {"instrument": "Act", "title": "An act", "jurisdiction": "XX", "provisions": 3,
         "touched": 1},
    ],
}  # fmt: skip


@lru_cache(maxsize=4)
def sample(count: int = 60) -> Sample:
    """An app with ``count`` findings in six of the eight chapters."""
    blobs = Blobs()
    findings = [RECIPES[n % len(RECIPES)](blobs, n) for n in range(count)]
    app = zipped({"base.apk": blobs.base_apk(), "manifest.json": b"{}"}, zipfile.ZIP_STORED)
    digest = hashlib.sha256(app).hexdigest()
    pinned = [replace(one, evidence=tuple(at_file(node, digest) for node in one.evidence))
              for one in findings]  # fmt: skip
    ids = tuple(one.id for one in pinned[:3])
    return Sample(
        "visit.xapk",
        app,
        freeze(
            AppSummary(
                NAME,
                "org.example.visit",
                "3.2.1 (build 321)",
                (InputSummary("visit.xapk", digest, len(app)),),
                (
                    SignerSummary("v1", "verified", "ab" * 32, "CN=Example Works,O=Example,C=CN"),
                    SignerSummary("v2", "verified", "ab" * 32, "CN=Example Works,O=Example,C=CN"),
                ),
            ),
            COVERAGE,
            pinned,
            GAPS,
            Readings(
                (
                    Assessment(ACT, "Is data on belief processed?", "supported", ids,
                               "The forms as filled in.", ("A field is not a record.",)),
                ),
                LAW,
            ),
        ),
    )  # fmt: skip


ACT = Provision(
    "invented.4", "Invented Act", "section 4", "XX", "Data on belief needs a reason.",
    "Binds the inventors. Nobody checked this entry.", "example.org/act",
)  # fmt: skip


def at_file(node: Evidence, digest: str) -> Evidence:
    """The same evidence with its file's hash in every location."""
    return replace(
        node,
        at=None if node.at is None else replace(node.at, sha256=digest),
        because=tuple(at_file(child, digest) for child in node.because),
    )
