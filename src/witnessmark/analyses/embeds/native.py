"""Native code and programs inside an app: what they are, what they do, what starts them.

What it finds
    Native libraries with the Java methods that they implement and who calls those; known code in
    them, with its version; what they ask of the system; commands, paths, addresses and other
    telling texts, with the instruction that uses them and the system calls near it; algorithms by
    their constants. Programs, packages, archives and scripts among the app's files, and the code
    that readies and starts them, with which arguments. Command lines that the app runs; files and
    large blocks of bytes that stand in its code as arrays (``embeds.native``).

Why it matters
    What an app would rather not show is often done in native code, or by a program that it
    unpacks and starts: searching the files of a phone, reading other apps' data, taking rights.

How it decides
    From the tables of ELF files; a library for several processors is told once and looked into
    in one of them. Methods are tied by the names of exports, or by tables of pointers to name,
    signature and function. A text's use is told when an instruction forms exactly its address.
    A program is started when a command line holds its name. Files are what their content is,
    whatever their name says. Known libraries of other makers are told, too, with less detail.

What it misses
    What native code computes; texts and code that are encrypted; functions that are called
    through pointers; packed or statically linked code without names. Programs started under
    another name.

Example
    ``assets/collector`` (ELF), ``exec(getFilesDir() + "/collector -l list.txt")``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from witnessmark.analyses.call_roles import call_roles
from witnessmark.analyses.code_names import CodeNames
from witnessmark.analyses.contract import Analysis
from witnessmark.analyses.deed_findings import owner_of_method, readable
from witnessmark.analyses.embeds._dart_program import dart_program, is_dart_program
from witnessmark.analyses.embeds._native_blocks import block_findings
from witnessmark.analyses.embeds._native_files import Kind, NativeFile, native_files
from witnessmark.analyses.embeds._native_inside import (
    Inside,
    look_inside,
    quote_said,
    sorted_texts,
)
from witnessmark.analyses.embeds._native_java import (
    Bound,
    bound_by_name,
    bound_by_table,
    native_methods,
    quote_bound,
)
from witnessmark.analyses.embeds._native_uses import (
    Command,
    Use,
    commands,
    library_loads,
    program_uses,
    quote_command,
)
from witnessmark.analyses.quotes import quote_member
from witnessmark.analyses.tables import SDK_CLASSES
from witnessmark.facts.tables.artifacts import ARTIFACTS, MEMBERS
from witnessmark.facts.tables.code import (
    ARRAY_PAYLOADS,
    CALLS,
    CLASSES,
    METHODS,
    STRING_USES,
    STRINGS,
)
from witnessmark.facts.tables.native import NATIVE_LIBRARIES, NATIVE_STRINGS, NATIVE_SYMBOLS
from witnessmark.facts.tables.resources import RESOURCE_VALUES, RESOURCES
from witnessmark.facts.tables.scripts import SCRIPT_TEXTS, SCRIPTS
from witnessmark.facts.view import Facts
from witnessmark.flow.reach import best_reach
from witnessmark.flow.tables import REACH
from witnessmark.flow.values.tables import DERIVED_TEXTS
from witnessmark.formats.elf.image import Image, read_image
from witnessmark.knowledge.framework import framework_model
from witnessmark.knowledge.load import Knowledge
from witnessmark.knowledge.packs.natives import Native
from witnessmark.knowledge.packs.sdks import Sdk, any_matches
from witnessmark.model.errors import FormatError
from witnessmark.model.evidence import Evidence
from witnessmark.model.finding import Finding, Reach, Strength
from witnessmark.model.gap import Gap

NATIVE = Analysis(
    id="embeds/native",
    version=2,
    reads=(
        ARTIFACTS, ARRAY_PAYLOADS, MEMBERS, NATIVE_LIBRARIES, NATIVE_SYMBOLS, NATIVE_STRINGS,
        CALLS, CLASSES,
        METHODS, STRINGS, STRING_USES, RESOURCES, RESOURCE_VALUES, REACH, SDK_CLASSES,
        DERIVED_TEXTS, SCRIPTS, SCRIPT_TEXTS,
    ),
    knows=("call_roles", "natives", "sdks"),
)  # fmt: skip

MOST_QUOTED = 12
AOT_SYMBOL = "mono_aot_file_info"
SHOWN_ASSEMBLIES = 4
MOST_COMMANDS = 40
_WORDS: Mapping[Kind, str] = {
    "library": "native library", "executable": "program in machine code",
    "package": "app package", "archive": "archive", "dex": "file of app code",
    "script": "script",
}  # fmt: skip


class _Tools(Struct, frozen=True):
    """What is looked up once for all files."""

    natives: tuple[Native, ...]
    sdks: tuple[Sdk, ...]
    methods: tuple[int, ...]
    loads: Mapping[str, list[Use]]
    commands: tuple[Command, ...]


@NATIVE.run
def find(app: Facts, know: Knowledge) -> Iterator[Finding | Gap]:
    """Yield a finding a file, then one for the command lines that the app's own code runs."""
    names = CodeNames(app, framework_model())
    tools = _Tools(
        know.entries("natives", Native),
        know.entries("sdks", Sdk),
        native_methods(app),
        library_loads(app, names, call_roles(know)),
        commands(app, names, call_roles(know)),
    )
    listed = native_files(app)
    made = [file for file in listed if _is_made_of_assembly(app, file)]
    if made:
        yield _made_of_assemblies(app, made)
    dart = [file for file in listed if is_dart_program(app, file)]
    yield from (dart_program(app, file) for file in dart)
    files = [file for file in listed if file not in made and file not in dart]
    bound: set[int] = set()
    for file in files:
        if file.kind == "library":
            image = _image(app, file.artifacts[0])
            if image is not None:
                ties = _bound(app, file.libraries[0], image, tools)
                bound.update(one.method for one in ties)
                yield _library(app, file, tools, image, ties)
        else:
            yield from _program(app, file, tools)
    yield from _commands(app, tools.commands)
    yield from block_findings(app)
    yield from _unbound(app, tools.methods, bound)


def _is_made_of_assembly(app: Facts, file: NativeFile) -> bool:
    """Whether a library is machine code that the Mono compiler made of a .NET assembly."""
    if file.kind != "library" or not file.name.startswith("libaot-"):
        return False
    symbols = app.table(NATIVE_SYMBOLS)
    rows = symbols["library"] == file.libraries[0]
    return bool((rows & (symbols["name"] == AOT_SYMBOL)).any())


def _made_of_assemblies(app: Facts, files: Sequence[NativeFile]) -> Finding:
    """One finding for all of them."""
    names = sorted(file.name.removeprefix("libaot-").removesuffix(".so") for file in files)
    more = " and others" if len(names) > SHOWN_ASSEMBLIES else ""
    machines = app.table(NATIVE_LIBRARIES)["machine"]
    return Finding(
        kind="embeds.native",
        subject={
            "name": "libaot-*.so", "kind": "library", "libraries": len(files),
            "paths": [path for file in files for path in file.paths],
            "machines": sorted({str(machines[row]) for file in files for row in file.libraries}),
        },
        says=f"Native libraries of the app are machine code that Mono made of .NET programs: "
        f"{', '.join(names[:SHOWN_ASSEMBLIES])}{more}.",
        evidence=tuple(
            quote_member(app, file.member, f"the library {file.name}")
            for file in files[:MOST_QUOTED]
            if file.member >= 0
        ),
        strength="read",
        reach=Reach("unknown"),
        limits=("That they do the same as the programs of their names was not checked.",),
        identity="libraries made of assemblies",
    )  # fmt: skip


def _library(
    app: Facts, file: NativeFile, tools: _Tools, image: Image, bound: Sequence[Bound]
) -> Finding:
    inside = look_inside(app, file.libraries[0], file, image, tools.natives)
    uses = tools.loads.get(file.name, [])
    sdk = next((one.id for one in tools.sdks if any_matches(one.native, file.name)), "")
    methods = [one.method for one in bound]
    reach = best_reach(app, _callers(app, methods) or [use.method for use in uses] or methods)
    return Finding(
        kind="embeds.native",
        subject={
            **_subject(app, file, inside),
            "sdk": sdk,
            "java": [_java(app, one) for one in bound],
            "loaded_by": sorted({app.method_class(use.method) for use in uses}),
        },
        says=_library_says(app, file, inside, bound, uses),
        evidence=tuple(_library_evidence(app, file, inside, bound, uses)),
        strength="read",
        reach=reach,
        limits=_library_limits(inside, bound, uses),
        identity=f"library {file.name}",
    )


def _image(app: Facts, artifact: int) -> Image | None:
    """The headers of an ELF file; what cannot be read became a gap when facts were made."""
    try:
        return read_image(bytes(app.blob(artifact)))
    except FormatError:
        return None


def _bound(app: Facts, row: int, image: Image, tools: _Tools) -> list[Bound]:
    found = {one.method: one for one in bound_by_name(app, row, tools.methods)}
    rest = [method for method in tools.methods if method not in found]
    symbols = app.table(NATIVE_SYMBOLS)
    loads = bool(((symbols["library"] == row) & (symbols["name"] == "JNI_OnLoad")).any())
    found.update((one.method, one) for one in bound_by_table(app, image, rest, loads=loads))
    return [found[method] for method in sorted(found)]


def _callers(app: Facts, methods: Sequence[int]) -> list[int]:
    calls = app.table(CALLS)["method"]
    return sorted({int(calls[row]) for method in methods for row in app.calls_of(method)})


def _java(app: Facts, one: Bound) -> dict[str, Any]:
    callers = _callers(app, [one.method])
    return {
        "class": app.method_class(one.method), "method": app.method_name(one.method),
        "bound": one.how, "callers": [app.method_signature(c) for c in callers[:5]],
        "reach": best_reach(app, [one.method]).state,
    }  # fmt: skip


def _subject(app: Facts, file: NativeFile, inside: Inside) -> dict[str, Any]:
    machines = app.table(NATIVE_LIBRARIES)["machine"]
    return {
        "name": file.name,
        "kind": file.kind,
        "paths": list(file.paths),
        "machines": sorted({str(machines[row]) for row in file.libraries}),
        "known": [{"name": one.name, "version": one.version} for one in inside.known],
        "does": sorted(inside.imports),
        "texts": sorted_texts(inside.texts),
        "algorithms": sorted({entry.what for entry, _ in inside.constants}),
        "disguised": file.disguised,
    }


def _library_says(
    app: Facts, file: NativeFile, inside: Inside, bound: Sequence[Bound], uses: Sequence[Use]
) -> str:
    parts = [f"The native library {file.name}{_known_words(inside)}"]
    if bound:
        owners = sorted({app.method_class(one.method) for one in bound})
        count = f"{len(bound)} method{'s' if len(bound) > 1 else ''}"
        more = " and others" if len(owners) > 2 else ""
        parts.append(f"implements {count} of {', '.join(owners[:2])}{more}")
    elif uses:
        parts.append("is loaded by the app's code")
    else:
        parts.append("is there; no code that loads it was found")
    return f"{parts[0]} {parts[1]}.{_inside_words(inside)}"


def _known_words(inside: Inside) -> str:
    told = [f"{one.name} {one.version}".strip() for one in inside.known]
    return f" (with {', '.join(told[:4])} in it)" if told else ""


def _inside_words(inside: Inside) -> str:
    """What is inside, in a sentence or two."""
    told = ""
    does = [word for word in sorted(inside.imports) if word != "loads libraries"]
    if does:
        told += f" It {', '.join(does[:6])}{' and more' if len(does) > 6 else ''}."
    shown = [one for one in inside.texts if one.sort in ("commands", "addresses", "other apps")][:3]
    if shown:
        told += f" In it stand {', '.join(f'“{readable(one.text)}”' for one in shown)}."
    algorithms = sorted({entry.what for entry, _ in inside.constants} - {"CRC-32", "Base64"})
    if algorithms:
        told += f" It holds constants of {', '.join(algorithms)}."
    return told


def _library_evidence(
    app: Facts, file: NativeFile, inside: Inside, bound: Sequence[Bound], uses: Sequence[Use]
) -> Iterator[Evidence]:
    if file.member >= 0:
        yield quote_member(app, file.member, f"the package holds {file.paths[0]}")
    for one in bound[:MOST_QUOTED]:
        yield quote_bound(app, one, file.artifacts[0])
    yield from (use.evidence for use in uses[:3])
    yield from _inside_evidence(app, file.artifacts[0], inside)


def _inside_evidence(app: Facts, artifact: int, inside: Inside) -> Iterator[Evidence]:
    yield from (one.evidence for one in inside.known[:6])
    yield from (quote_said(app, one, artifact) for one in inside.texts[:MOST_QUOTED])
    for what in sorted(inside.imports):
        row, table = inside.imports[what][0], app.table(NATIVE_SYMBOLS)
        says = f"it imports {table['name'][row]}: {what}"
        yield app.quote(
            says, int(table["artifact"][row]), int(table["offset"][row]),
            int(table["length"][row]), "utf-8",
        )  # fmt: skip
    yield from (evidence for _, evidence in inside.constants[:6])


def _library_limits(inside: Inside, bound: Sequence[Bound], uses: Sequence[Use]) -> tuple[str, ...]:
    limits = ["What the native code does in detail was not followed."]
    if any(one.how == "texts" for one in bound):
        limits.append(
            "Of some methods only name and signature stand in the library; that it implements "
            "them is likely, not shown."
        )
    if not bound and not uses:
        limits.append("Another library, or code loaded later, may use it.")
    if any(count > 20 for count in inside.more_texts.values()):
        limits.append("Of texts of one sort, the first 20 are named.")
    return tuple(limits)


def _program(app: Facts, file: NativeFile, tools: _Tools) -> Iterator[Finding | Gap]:
    inside = Inside()
    image = _image(app, file.artifacts[0]) if file.libraries else None
    if image is not None:
        inside = look_inside(app, file.libraries[0], file, image, tools.natives)
    uses = list(program_uses(app, file.paths[0], file.name, tools.commands))
    if file.kind == "library":
        uses += tools.loads.get(file.name, [])
    starts = [use for use in uses if use.how == "starts"]
    chosen = starts or [use for use in uses if use.how == "makes executable"] or uses
    methods = sorted({use.method for use in chosen})
    strength: Strength = "derived" if starts else "read"
    yield Finding(
        kind="embeds.native",
        subject={
            **_subject(app, file, inside),
            "started_by": _started(app, uses),
            "named_in": sorted({app.method_signature(use.method) for use in uses})[:MOST_QUOTED],
        },
        says=_program_says(file, inside, uses),
        evidence=tuple(_program_evidence(app, file, inside, uses)),
        strength=strength,
        reach=best_reach(app, methods) if methods else Reach("unknown"),
        limits=_program_limits(file, uses),
        identity=f"{file.kind} {file.paths[0]}",
    )


def _started(app: Facts, uses: Sequence[Use]) -> list[dict[str, str]]:
    return [
        {"method": app.method_signature(use.method), "how": use.how, "command": use.text}
        for use in uses
        if use.how in ("starts", "makes executable")
    ][:MOST_QUOTED]


def _program_says(file: NativeFile, inside: Inside, uses: Sequence[Use]) -> str:
    kind = _WORDS[file.kind]
    article = "an" if kind[0] in "aeiou" else "a"
    text = f"{file.paths[0]} is {article} {kind}{_known_words(inside)}"
    if file.disguised:
        text += ", though its name says otherwise"
    starts = list(dict.fromkeys(use.text for use in uses if use.how == "starts"))
    if starts:
        text += f". The app starts it: “{readable(starts[0])}”"
    elif any(use.how == "makes executable" for use in uses):
        text += ". The app makes it executable"
    elif uses:
        text += ". Code of the app names it"
    else:
        text += ". No code that names it was found"
    return f"{text}.{_inside_words(inside)}"


def _program_evidence(
    app: Facts, file: NativeFile, inside: Inside, uses: Sequence[Use]
) -> Iterator[Evidence]:
    if file.member >= 0:
        yield quote_member(app, file.member, f"the package holds {file.paths[0]}")
    size = int(app.table(ARTIFACTS)["size"][file.artifacts[0]])
    says = f"by its first bytes it is of the kind {_WORDS[file.kind]}"
    yield app.quote(says, file.artifacts[0], 0, min(16, size))
    order = {"starts": 0, "makes executable": 1, "loads": 2, "names": 3}
    for use in sorted(uses, key=lambda use: order[use.how])[:MOST_QUOTED]:
        yield use.evidence
    yield from _inside_evidence(app, file.artifacts[0], inside)


def _program_limits(file: NativeFile, uses: Sequence[Use]) -> tuple[str, ...]:
    limits = ["What it does in detail was not followed."]
    if file.kind in ("package", "archive", "dex"):
        limits = ["What is inside it was listed, not examined."]
    if uses and not any(use.how == "starts" for use in uses):
        limits.append("That code names it does not show that it is started or opened.")
    if any("?" in use.text for use in uses):
        limits.append("A question mark stands for a piece that is not known.")
    return tuple(limits)


def _commands(app: Facts, listed: Sequence[Command]) -> Iterator[Finding]:
    """Command lines that code other than known libraries' runs."""
    own = [one for one in listed if owner_of_method(app, one.method) in ("own", "other")]
    if not own:
        return
    texts = list(dict.fromkeys(readable(one.text) for one in own))
    first = {readable(one.text): one for one in reversed(own)}
    shown = ", ".join(f"“{text}”" for text in texts[:4])
    yield Finding(
        kind="embeds.native",
        subject={"name": "", "kind": "commands", "commands": texts[:MOST_COMMANDS],
                 "places": len(own)},
        says=f"The app runs command lines: {shown}"
        f"{f' and {len(texts) - 4} more' if len(texts) > 4 else ''}.",
        evidence=tuple(quote_command(app, first[text]) for text in texts[:MOST_QUOTED]),
        strength="read" if any(one.argument.derived < 0 for one in own) else "derived",
        reach=best_reach(app, sorted({one.method for one in own})),
        limits=("A question mark stands for a piece that is not known.",)
        if any("?" in text for text in texts) else (),
        identity="commands",
    )  # fmt: skip


def _unbound(app: Facts, methods: Sequence[int], bound: set[int]) -> Iterator[Gap]:
    """Native methods of the app's own classes that no library implements by what was read."""
    missing = [
        method for method in methods
        if method not in bound and owner_of_method(app, method) in ("own", "other")
    ]  # fmt: skip
    if missing:
        names = ", ".join(app.method_signature(method) for method in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield Gap(
            "native methods",
            f"no library in the app could be told to implement {names}{more}",
            ("embeds/native", "takes", "sends"),
        )
