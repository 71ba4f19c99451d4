"""APK Signature Schemes v2, v3 and v3.1.

https://source.android.com/docs/security/features/apksigning/v2 and .../v3
"""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct, field

from witnessmark.formats.signing.algorithms import ALGORITHMS, Algorithm
from witnessmark.formats.signing.certificates import ReadCertificate, read_certificate
from witnessmark.formats.signing.digests import ContentDigests
from witnessmark.formats.signing.fields import Fields
from witnessmark.formats.signing.keys import UncheckableError, load_key, signature_holds
from witnessmark.formats.signing.lineage import read_lineage
from witnessmark.formats.signing.records import (
    Certificate,
    Content,
    Problem,
    Scheme,
    SchemeResult,
    Signer,
    State,
)
from witnessmark.model.errors import FormatError
from witnessmark.model.location import Span

STRIPPING_PROTECTION = 0xBEEFF00D
PROOF_OF_ROTATION = 0x3BA06F8C
ROTATION_MIN_SDK = 0x559F8B02
MOST_SIGNERS = 10
"""Android refuses more signers than this."""


class SignerReading(Struct):
    """What is known of a signer while it is being read; offsets in the scheme's value."""

    span: Span
    certificates: list[ReadCertificate] = field(default_factory=list)
    lineage: tuple[ReadCertificate, ...] = ()
    algorithms: list[Algorithm] = field(default_factory=list)
    min_sdk: int | None = None
    max_sdk: int | None = None
    expects: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def state(self) -> State:
        """A failure outweighs what could not be checked."""
        if self.failures:
            return "failed"
        return "unreadable" if self.doubts else "verified"


class BlockScheme(Struct, frozen=True):
    """Outcome of a scheme of the signing block, and which schemes it says exist beside it."""

    result: SchemeResult
    expects: tuple[str, ...] = ()


def absent(scheme: Scheme) -> BlockScheme:
    """The outcome for a scheme that the file does not use."""
    return BlockScheme(SchemeResult(scheme, "absent"))


def verify_scheme(
    scheme: Scheme, data: Content, value: Span, digests: ContentDigests
) -> BlockScheme:
    """Verify every signer of ``scheme``, whose block value stands at ``value`` of ``data``."""
    fields = Fields(bytes(data[value.offset : value.end]))
    try:
        signers = fields.nested().items()
    except FormatError as problem:
        place = Problem(problem.what, value.offset + problem.offset, 4)
        return BlockScheme(SchemeResult(scheme, "failed", problems=(place,)))
    readings = [_read_signer(scheme, signer, value.offset, digests) for signer in signers]
    problems = [
        Problem(says, value.offset + reading.span.offset, reading.span.length)
        for reading in readings
        for says in (*reading.failures, *reading.doubts)
    ]
    broken = _check_together(scheme, readings)
    problems += [Problem(says, value.offset, value.length) for says in broken]
    state = _worst([reading.state for reading in readings], bool(broken))
    return BlockScheme(
        SchemeResult(scheme, state, tuple(_signer(one) for one in readings), tuple(problems)),
        tuple(name for reading in readings for name in reading.expects),
    )


def _worst(states: list[State], broken: bool) -> State:
    if broken or "failed" in states:
        return "failed"
    return "unreadable" if "unreadable" in states else "verified"


def _check_together(scheme: Scheme, readings: list[SignerReading]) -> list[str]:
    """What is wrong with the signers as a set."""
    if not readings:
        return ["the block holds no signer"]
    if len(readings) > MOST_SIGNERS:
        return [f"{len(readings)} signers are more than Android accepts"]
    if scheme == "v2":
        return []
    ranges = sorted((one.min_sdk or 0, one.max_sdk or 0) for one in readings)
    gaps = any(before[1] + 1 != after[0] for before, after in pairwise(ranges))
    return ["the Android versions of the signers overlap or leave a gap"] if gaps else []


def _signer(reading: SignerReading) -> Signer:
    return Signer(
        reading.state,
        _records(reading.certificates),
        tuple(algorithm.name for algorithm in reading.algorithms),
        reading.min_sdk,
        reading.max_sdk,
        _records(reading.lineage),
    )


def _records(
    certificates: list[ReadCertificate] | tuple[ReadCertificate, ...],
) -> tuple[Certificate, ...]:
    return tuple(certificate.record for certificate in certificates)


def _read_signer(
    scheme: Scheme, fields: Fields, base: int, digests: ContentDigests
) -> SignerReading:
    reading = SignerReading(Span(fields.at, fields.left))
    try:
        _verify_signer(scheme, fields, base, digests, reading)
    except FormatError as problem:
        reading.failures.append(problem.what)
    except UncheckableError as problem:
        reading.doubts.append(str(problem))
    return reading


def _verify_signer(
    scheme: Scheme, fields: Fields, base: int, digests: ContentDigests, reading: SignerReading
) -> None:
    signed = fields.nested()
    message = signed.data[signed.at : signed.end]
    if scheme != "v2":
        reading.min_sdk, reading.max_sdk = fields.number(), fields.number()
    signatures = _numbered(fields.nested())
    public_key = fields.nested().rest()
    recorded = _read_signed_data(scheme, signed, base, reading)
    _check_signatures(signatures, public_key, message, reading)
    if not reading.certificates:
        raise FormatError("the signer has no certificate", reading.span.offset)
    if reading.certificates[0].public_key != public_key:
        reading.failures.append("the certificate's key is not the signer's key")
    if [number for number, _ in signatures] != [number for number, _ in recorded]:
        reading.failures.append("signatures and digests name different algorithms")
    _check_digests(recorded, digests, reading)


def _read_signed_data(
    scheme: Scheme, signed: Fields, base: int, reading: SignerReading
) -> list[tuple[int, bytes]]:
    """Digests by algorithm id; certificates and attributes go into ``reading``."""
    recorded = _numbered(signed.nested())
    for encoded in signed.nested().items():
        reading.certificates.append(read_certificate(encoded.data, encoded.at, encoded.left, base))
    if scheme != "v2":
        inside = (signed.number(), signed.number())
        if inside != (reading.min_sdk, reading.max_sdk):
            reading.failures.append("the Android versions inside and outside the signature differ")
    if signed.left:
        for attribute in signed.nested().items():
            _read_attribute(scheme, attribute, base, reading)
    return recorded


def _read_attribute(scheme: Scheme, attribute: Fields, base: int, reading: SignerReading) -> None:
    number = attribute.number()
    if scheme == "v2" and number == STRIPPING_PROTECTION:
        if attribute.number() == 3:
            reading.expects.append("v3")
    elif scheme == "v3" and number == ROTATION_MIN_SDK:
        reading.expects.append("v3.1")
    elif scheme != "v2" and number == PROOF_OF_ROTATION:
        reading.lineage = read_lineage(attribute, base)
        newest = reading.lineage[-1].record.sha256 if reading.lineage else ""
        if reading.certificates and newest != reading.certificates[0].record.sha256:
            reading.failures.append("the proof of rotation ends in another certificate")


def _numbered(fields: Fields) -> list[tuple[int, bytes]]:
    """Pairs of algorithm id and length-prefixed bytes."""
    return [(item.number(), item.nested().rest()) for item in fields.items()]


def _check_signatures(
    signatures: list[tuple[int, bytes]], public_key: bytes, message: bytes, reading: SignerReading
) -> None:
    """Verify the signature that Android would choose: the one with the strongest digest."""
    if not signatures:
        raise FormatError("the signer has no signature", reading.span.offset)
    known = [(ALGORITHMS[number], made) for number, made in signatures if number in ALGORITHMS]
    if not known:
        raise FormatError("no signature uses a known algorithm", reading.span.offset)
    known.sort(key=lambda pair: -pair[0].strength)
    reading.algorithms.extend(algorithm for algorithm, _ in known)
    algorithm, made = known[0]
    key = load_key(public_key)
    if not signature_holds(key, algorithm.kind, algorithm.padding, algorithm.digest, made, message):
        reading.failures.append(f"the signature ({algorithm.name}) does not verify")


def _check_digests(
    recorded: list[tuple[int, bytes]], digests: ContentDigests, reading: SignerReading
) -> None:
    """Compare the digest of the algorithm whose signature was verified."""
    by_id = dict(recorded)
    for algorithm in reading.algorithms[:1]:
        expected = by_id.get(algorithm.id)
        if expected is not None and expected != digests.get(algorithm.content):
            reading.failures.append(f"the file's {algorithm.content} digest is another one")
