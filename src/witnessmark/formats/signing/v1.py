"""JAR signing, scheme v1.

https://docs.oracle.com/javase/8/docs/technotes/guides/jar/jar.html#Signed_JAR_File with what
Android makes of it since version 7.0: the strongest digest counts, every member outside
META-INF must be signed by the same signers, and X-Android-APK-Signed tells of newer schemes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from msgspec import Struct

from witnessmark.formats.signing.keys import UncheckableError
from witnessmark.formats.signing.manifest import Section, read_sections
from witnessmark.formats.signing.pkcs7 import find_signer, read_signed_data
from witnessmark.formats.signing.records import (
    Archive,
    Certificate,
    Entry,
    Problem,
    SchemeResult,
    Signer,
    State,
    Unpack,
)
from witnessmark.model.errors import FormatError

FOLDER = b"META-INF/"
MANIFEST = b"META-INF/MANIFEST.MF"
BLOCK_ENDINGS = (b".RSA", b".DSA", b".EC")
NEWER_SCHEMES = {"2": "v2", "3": "v3"}
MOST_PROBLEMS = 100
"""Further ones are counted only."""


class JarResult(Struct, frozen=True):
    """Outcome of v1, and the schemes that its signature files say were used beside it."""

    result: SchemeResult
    expects: tuple[str, ...] = ()


class SignatureFile(Struct, frozen=True):
    """A signature block that verified over its signature file, and the names this covers."""

    signer: Signer
    covers: frozenset[bytes]
    expects: tuple[str, ...] = ()


def verify_v1(archive: Archive, unpack: Unpack) -> JarResult:
    """Verify every signature in META-INF and every member that they protect."""
    entries = {entry.raw_name: entry for entry in reversed(archive.entries)}
    blocks = [
        entry
        for name, entry in sorted(entries.items())
        if name.startswith(FOLDER) and name.upper().endswith(BLOCK_ENDINGS)
        and b"/" not in name[len(FOLDER) :]
    ]  # fmt: skip
    if MANIFEST not in entries or not blocks:
        return JarResult(_unsigned(entries.get(MANIFEST), blocks))
    problems: list[Problem] = []
    manifest = entries[MANIFEST]
    try:
        content = bytes(unpack(manifest))
    except FormatError as problem:
        return JarResult(SchemeResult("v1", "unreadable", problems=(_told(problem, manifest),)))
    sections = read_sections(content)
    files = [_verify_block(entry, entries, unpack, content, sections, problems) for entry in blocks]
    named = _named_sections(sections[1:], manifest, problems)
    if all(one.signer.state == "verified" for one in files):
        _check_members(archive.entries, named, files, unpack, problems)
    state = _state(files, problems)
    return JarResult(
        SchemeResult("v1", state, tuple(one.signer for one in files), _capped(problems)),
        tuple(name for one in files for name in one.expects),
    )


def _unsigned(manifest: Entry | None, blocks: Sequence[Entry]) -> SchemeResult:
    if not blocks:
        return SchemeResult("v1", "absent")
    missing = Problem("a signature block without a META-INF/MANIFEST.MF", 0, 0)
    return SchemeResult("v1", "failed" if manifest is None else "absent", problems=(missing,))


def _told(problem: FormatError, entry: Entry) -> Problem:
    return Problem(problem.what, problem.offset, 0, entry.member_name)


def _state(files: Sequence[SignatureFile], problems: Sequence[Problem]) -> State:
    states = {one.signer.state for one in files}
    if "unreadable" in states and "failed" not in states:
        return "unreadable"
    return "failed" if problems or "failed" in states else "verified"


def _capped(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    more = Problem(f"and {len(problems) - MOST_PROBLEMS} problems more", 0, 0)
    return (*problems[:MOST_PROBLEMS], more)


def _verify_block(
    block: Entry,
    entries: dict[bytes, Entry],
    unpack: Unpack,
    manifest: bytes,
    sections: Sequence[Section],
    problems: list[Problem],
) -> SignatureFile:
    """Check one signature block against its .SF, and that against the manifest."""
    stem = block.raw_name.rpartition(b".")[0]
    file = entries.get(stem + b".SF") or entries.get(stem + b".sf")
    certificates: tuple[Certificate, ...] = ()
    algorithms: tuple[str, ...] = ()
    state: State = "failed"
    try:
        signed = read_signed_data(bytes(unpack(block)), block.member_name)
        certificates = tuple(one.record for one in signed.certificates)
        algorithms = tuple(dict.fromkeys(info.algorithm for info in signed.signer_infos))
        if file is None:
            raise FormatError("the signature block has no signature file beside it")
        message = bytes(unpack(file))
        found = find_signer(signed, message)
        if found is None:
            raise FormatError("the signature over the signature file does not verify")
    except FormatError as problem:
        problems.append(_told(problem, block))
    except UncheckableError as problem:
        problems.append(Problem(str(problem), 0, 0, block.member_name))
        state = "unreadable"
    else:
        certificate, info = found
        others = tuple(one for one in certificates if one != certificate.record)
        count = len(problems)
        covers, expects = _check_signature_file(file, message, manifest, sections, problems)
        signer = Signer(
            "verified" if len(problems) == count else "failed",
            (certificate.record, *others),
            (info.algorithm,),
            source=block.member_name,
        )
        return SignatureFile(signer, covers, expects)
    return SignatureFile(
        Signer(state, certificates, algorithms, source=block.member_name), frozenset()
    )


def _check_signature_file(
    file: Entry,
    message: bytes,
    manifest: bytes,
    sections: Sequence[Section],
    problems: list[Problem],
) -> tuple[frozenset[bytes], tuple[str, ...]]:
    """Names that the signature file covers, and newer schemes that it tells of."""
    main, *named = read_sections(message)
    member = file.member_name
    if b"signature-version" not in main.attributes:
        problems.append(Problem("the signature file states no version", 0, 0, member))
    tool = b"signtool" in main.attributes.get(b"created-by", b"")
    if not tool:
        heading = main.digest("-Digest-Manifest-Main-Attributes")
        if heading is not None and not _matches(heading, sections[0].raw):
            problems.append(
                Problem("the manifest's main section is another one", 0, len(main.raw), member)
            )
    whole = main.digest("-Digest" if tool else "-Digest-Manifest")
    if whole is None or not _matches(whole, manifest):
        _check_sections(named, sections, member, problems)
    listed = main.attributes.get(b"x-android-apk-signed", b"").decode("latin-1").split(",")
    expects = tuple(
        NEWER_SCHEMES[number.strip()] for number in listed if number.strip() in NEWER_SCHEMES
    )
    return frozenset(one.name for one in named if one.name is not None), expects


def _check_sections(
    named: Sequence[Section], sections: Sequence[Section], member: str, problems: list[Problem]
) -> None:
    """Compare section by section, as the whole manifest is another than the signed one."""
    in_manifest = {section.name: section for section in sections[1:]}
    for section in named:
        target = in_manifest.get(section.name)
        digest = section.digest("-Digest")
        if target is None or digest is None or not _matches(digest, target.raw):
            problems.append(
                Problem(f"the manifest's section of {_text(section.name)} is not the signed one",
                        section.offset, len(section.raw), member)
            )  # fmt: skip


def _named_sections(
    sections: Sequence[Section], manifest: Entry, problems: list[Problem]
) -> dict[bytes, Section]:
    named: dict[bytes, Section] = {}
    for section in sections:
        if section.name is None:
            problems.append(
                Problem("a manifest section names no member", section.offset, len(section.raw),
                        manifest.member_name)
            )  # fmt: skip
        elif section.name in named:
            problems.append(
                Problem(f"the manifest has two sections of {_text(section.name)}",
                        section.offset, len(section.raw), manifest.member_name)
            )  # fmt: skip
        else:
            named[section.name] = section
    return named


def _check_members(
    entries: Sequence[Entry],
    named: dict[bytes, Section],
    files: Sequence[SignatureFile],
    unpack: Unpack,
    problems: list[Problem],
) -> None:
    """Every member outside META-INF must be signed, by the same signers, and be unchanged."""
    seen: set[bytes] = set()
    signers: set[int] | None = None
    for entry in entries:
        name = entry.raw_name
        if name in seen:
            problems.append(Problem(f"{_text(name)} is in the archive twice", 0, 0))
        seen.add(name)
        if name.startswith(FOLDER) or name.endswith(b"/"):
            continue
        says, ours = _check_member(entry, named.get(name), files, unpack)
        if not says and signers is not None and ours != signers:
            says = f"{_text(name)} is not signed by the signers of the other members"
        signers = ours if signers is None else signers
        if says:
            problems.append(Problem(says, 0, 0, entry.member_name))
    problems.extend(
        Problem(f"the manifest lists {_text(name)}, which is not in the archive", 0, 0)
        for name in sorted(set(named) - seen)
    )
    if signers is None:
        problems.append(Problem("the signatures cover no member", 0, 0))


def _check_member(
    entry: Entry, section: Section | None, files: Sequence[SignatureFile], unpack: Unpack
) -> tuple[str, set[int]]:
    """What is wrong with a member (empty if nothing), and which of ``files`` cover it."""
    name = entry.raw_name
    covering = {number for number, file in enumerate(files) if name in file.covers}
    if section is None:
        return f"{_text(name)} is not in the manifest", covering
    if not covering:
        return f"{_text(name)} is not signed", covering
    digest = section.digest("-Digest")
    if digest is None:
        return f"{_text(name)} has no digest that Android knows", covering
    try:
        content = unpack(entry)
    except FormatError as problem:
        return f"{_text(name)} cannot be unpacked: {problem.what}", covering
    algorithm, expected = digest
    if hashlib.new(algorithm, content, usedforsecurity=False).digest() != expected:
        return f"{_text(name)} is not what was signed", covering
    return "", covering


def _matches(digest: tuple[str, bytes], content: bytes) -> bool:
    algorithm, expected = digest
    return hashlib.new(algorithm, content, usedforsecurity=False).digest() == expected


def _text(name: bytes | None) -> str:
    return repr((name or b"").decode("utf-8", "backslashreplace"))
