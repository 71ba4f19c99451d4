"""Write smali that uses every opcode, payload and rare construct once, and assemble it.

``python generate.py`` needs ``smali`` (Debian package libsmali-java and its command); the result
is committed so that tests need neither.
"""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPCODES = HERE.parents[2] / "src" / "witnessmark" / "formats" / "dex" / "opcodes.csv"
OBJECT, METHOD = "Ljava/lang/Object;", "Lwm/All;->take(IIIII)V"
FIELDS = {
    "": "I",
    "-wide": "J",
    "-object": OBJECT,
    "-boolean": "Z",
    "-byte": "B",
    "-char": "C",
    "-short": "S",
}
HANDLE = "invoke-static@Lwm/All;->bootstrap(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;"

OPERANDS = {
    "10x": "", "12x": "v1, v15", "11n": "v3, -0x8", "11x": "v200", "10t": ":near", "20t": ":near",
    "22x": "v2, v1000", "21t": "v7, :near", "21s": "v9, -0x7fff", "23x": "v1, v2, v255",
    "22b": "v1, v2, -0x80", "22t": "v1, v15, :near", "22s": "v14, v3, -0x7fff", "30t": ":near",
    "32x": "v1000, v2000", "31i": "v9, -0x7fffffff", "51l": "v9, -0x7ffffffffffffffeL",
}  # fmt: skip
"""Operands by format, chosen at the ends of what fits."""


def line(name: str, form: str, index: str) -> str:
    """One line of smali for an opcode."""
    if name == "fill-array-data":
        return "fill-array-data v4, :array"
    if name in ("packed-switch", "sparse-switch"):
        return f"{name} v4, :{name.partition('-')[0]}"
    if form == "21h":
        return f"{name} v9, " + ("-0x7fff000000000000L" if "wide" in name else "-0x70000000")
    if index == "field":
        static = "static" if name.startswith("s") else "own"
        kind = FIELDS[name[4:]]
        return f"{name} {'v250' if static == 'static' else 'v1, v15'}, Lwm/All;->{static}{len(kind)}{kind[0]}:{kind}"
    if name.startswith("invoke-polymorphic"):
        registers = "{v0 .. v2}" if "range" in name else "{v0, v1, v2}"
        return (
            f"{name} {registers}, Ljava/lang/invoke/MethodHandle;->invoke([{OBJECT}){OBJECT}, (II)V"
        )
    if name.startswith("invoke-custom"):
        registers = "{v300 .. v301}" if "range" in name else "{v1, v2}"
        return f'{name} {registers}, site("asked", (II)V, 0x7L, "extra", 1.5f)@{HANDLE[14:]}'
    if index == "method":
        return (
            f"{name} {'{v1000 .. v1004}' if 'range' in name else '{v0, v1, v2, v3, v14}'}, {METHOD}"
        )
    others = {
        "const-string": 'v1, "text"', "const-string/jumbo": 'v2, "j\\u4e2d\\u0000\\ud83d\\ude00"',
        "const-class": "v3, [[Lwm/All;", "check-cast": "v4, Lwm/All;", "new-instance": "v5, Lwm/All;",
        "instance-of": "v1, v15, Lwm/All;", "new-array": "v1, v15, [J",
        "filled-new-array": "{v1, v2, v3, v4, v15}, [I", "filled-new-array/range": "{v256 .. v259}, [I",
        "const-method-handle": f"v1, {HANDLE}", "const-method-type": "v1, (IJ)Ljava/lang/String;",
    }  # fmt: skip
    return f"{name} {others.get(name) or OPERANDS[form]}".rstrip()


def smali() -> str:
    """The class, as text."""
    with OPCODES.open(encoding="ascii") as table:
        rows = [row for row in csv.DictReader(table) if not row["name"].startswith("unused")]
    body: list[str] = []
    for row in rows:
        if row["format"] in ("10t", "21t", "22t"):
            body += ["goto/32 :far", ":near"] if not body or ":near" not in body else []
        body.append(line(row["name"], row["format"], row["index"]))
    text = (HERE / "head.smali").read_text(encoding="utf-8")
    return text.replace("# INSTRUCTIONS", "\n    ".join(spread(body)))


def spread(body: list[str]) -> list[str]:
    """Each branch next to its own target, so that short ones reach it."""
    found = []
    for number, text in enumerate(body):
        if text in (":near", "goto/32 :far"):
            continue
        if ":near" in text:
            if text.startswith("goto "):
                found += [text.replace(":near", f":near{number}"), "nop", f":near{number}"]
            else:
                found += [f":near{number}", "nop", text.replace(":near", f":near{number}")]
        else:
            found.append(text)
    return found


if __name__ == "__main__":
    (HERE / "All.smali").write_text(smali(), encoding="utf-8")
    sources = [str(HERE / "All.smali"), str(HERE / "Odd.smali")]
    command = ["smali", "assemble", "--api", "29", "-o", str(HERE / "instructions.dex"), *sources]
    subprocess.run(command, check=True)
