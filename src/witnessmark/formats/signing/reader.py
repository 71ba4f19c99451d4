"""All signatures of one file, and where they contradict each other."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from witnessmark.formats.signing.block import V2, V3, V31, SigningBlock, read_block
from witnessmark.formats.signing.digests import ContentDigests
from witnessmark.formats.signing.records import (
    Archive,
    Content,
    Problem,
    Scheme,
    SchemeResult,
    Signatures,
    Unpack,
)
from witnessmark.formats.signing.v1 import verify_v1
from witnessmark.formats.signing.v2_v3 import BlockScheme, absent, verify_scheme

BLOCK_SCHEMES: tuple[tuple[Scheme, int], ...] = (("v2", V2), ("v3", V3), ("v3.1", V31))


def read_signatures(data: Content, archive: Archive, unpack: Unpack) -> Signatures:
    """Verify the signatures of the APK ``data``.

    ``archive`` is what a zip reader makes of ``data``; ``unpack`` gives an entry's content and
    raises `FormatError` where it cannot. Never raises for what the file holds: what cannot be
    read is a state with its problems.
    """
    problems: list[Problem] = []
    block = _find_block(data, archive, problems)
    jar = verify_v1(archive, unpack)
    found = _block_schemes(data, archive, block)
    stripped = _stripped(jar.expects, found)
    results = [
        _with_stripped(result, stripped[result.scheme])
        for result in (jar.result, *(one.result for one in found))
    ]
    mismatches = [says for group in stripped.values() for says in group]
    return Signatures(
        tuple(results),
        block.span if block else None,
        block.pairs if block else (),
        tuple(problems),
        (*mismatches, *_disagreements(results)),
    )


def _find_block(data: Content, archive: Archive, problems: list[Problem]) -> SigningBlock | None:
    if archive.end_record.length == 0:
        return None
    block = read_block(data, archive, problems)
    before = archive.signing_block
    if block is None and before is not None and not problems:
        problems.append(
            Problem("bytes before the central directory are no signing block",
                    before.offset, before.length)
        )  # fmt: skip
    return block


def _block_schemes(
    data: Content, archive: Archive, block: SigningBlock | None
) -> list[BlockScheme]:
    if block is None:
        return [absent(scheme) for scheme, _ in BLOCK_SCHEMES]
    digests = ContentDigests(data, archive, block.span)
    misplaced = _misplaced(data, archive)
    return [
        _refused(verify_scheme(scheme, data, value, digests), misplaced)
        if (value := block.value(pair_id)) else absent(scheme)
        for scheme, pair_id in BLOCK_SCHEMES
    ]  # fmt: skip


def _refused(found: BlockScheme, reason: Problem | None) -> BlockScheme:
    """The outcome with the signers read, yet failed for a ``reason`` outside the scheme."""
    if reason is None:
        return found
    problems = (reason, *found.result.problems)
    return replace(found, result=replace(found.result, state="failed", problems=problems))


def _misplaced(data: Content, archive: Archive) -> Problem | None:
    """Why Android would not look at the signing block, though it stands there."""
    end = archive.end_record
    directory = archive.central_directory
    _, declared, comment = struct.unpack_from("<LLH", data, end.offset + 12)
    if declared != directory.offset:
        return Problem("the end record places the directory elsewhere", end.offset, end.length)
    if directory.end != end.offset:
        return Problem("the directory does not end where the end record begins",
                       directory.end, max(0, end.offset - directory.end))  # fmt: skip
    if end.end + comment != len(data):
        return Problem("the archive does not end with its comment", end.offset, end.length)
    return None


def _stripped(
    from_jar: Sequence[str], found: Sequence[BlockScheme]
) -> dict[str, tuple[Problem, ...]]:
    """By scheme: signatures that it says exist and that are not there any more."""
    present = {one.result.scheme for one in found if one.result.state != "absent"}
    told = {"v1": from_jar, **{one.result.scheme: one.expects for one in found}}
    return {
        scheme: tuple(
            Problem(f"the {scheme} signature says that the app is signed with {name} too, "
                    "and no such signature is there: it was removed", 0, 0)
            for name in dict.fromkeys(expected) if name not in present
        )
        for scheme, expected in told.items()
    }  # fmt: skip


def _with_stripped(result: SchemeResult, stripped: Sequence[Problem]) -> SchemeResult:
    if not stripped or result.state == "absent":
        return result
    return replace(result, state="failed", problems=(*result.problems, *stripped))


def _disagreements(results: Sequence[SchemeResult]) -> list[Problem]:
    """Different signers, or different outcomes, by scheme."""
    used = [result for result in results if result.state != "absent"]
    found = [
        Problem(f"{good.scheme} verifies and {bad.scheme} does not: "
                "phones of different age judge this file differently", 0, 0)
        for good in used for bad in used
        if good.state == "verified" and bad.state == "failed"
    ]  # fmt: skip
    for before, after in pairwise(used):
        old, new = _signing(before), _signing(after)
        trusted = {one.sha256 for signer in after.signers for one in signer.lineage}
        if old and new and old != new and not old <= trusted:
            found.append(
                Problem(f"{before.scheme} and {after.scheme} are signed with different "
                        f"certificates: {_short(old)} and {_short(new)}", 0, 0)
            )  # fmt: skip
    return found


def _signing(result: SchemeResult) -> set[str]:
    """SHA-256 of each signer's own certificate."""
    return {signer.certificates[0].sha256 for signer in result.signers if signer.certificates}


def _short(digests: set[str]) -> str:
    return ", ".join(sorted(digests))
