"""Signed archives made from the specification's words, independent of the code under test."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from witnessmark.formats.signing import Signatures, read_signatures
from witnessmark.formats.zip import read_zip, unpack

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey
V2, V3, V31, PADDING = 0x7109871A, 0xF05368C0, 0x1B93AD61, 0x42726577


@cache
def key(kind: str, number: int = 0) -> Key:
    """A key of that kind; another one for each number."""
    del number
    if kind == "RSA":
        return rsa.generate_private_key(65537, 2048)
    if kind == "DSA":
        return dsa.generate_private_key(1024)
    return ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(owner: Key, name: str = "made") -> bytes:
    """A self-signed certificate with fixed dates."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CH"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Ünï, "Sons"'),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    start = dt.datetime(2001, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(owner.public_key())
        .serial_number(1234567)
        .not_valid_before(start)
        .not_valid_after(start.replace(year=2051))
    )
    return builder.sign(owner, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def public(owner: Key) -> bytes:
    return owner.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def plain_apk(content: bytes = b"dex" * 1000) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr(zipfile.ZipInfo("AndroidManifest.xml"), b"manifest")
        out.writestr(zipfile.ZipInfo("classes.dex"), content)
    return buffer.getvalue()


def prefixed(*parts: bytes) -> bytes:
    return b"".join(struct.pack("<L", len(part)) + part for part in parts)


def sign(owner: Key, algorithm: int, message: bytes) -> bytes:
    digest = hashes.SHA512() if algorithm in (0x102, 0x104, 0x202) else hashes.SHA256()
    if isinstance(owner, rsa.RSAPrivateKey):
        if algorithm in (0x101, 0x102):
            return owner.sign(
                message, padding.PSS(padding.MGF1(digest), digest.digest_size), digest
            )
        return owner.sign(message, padding.PKCS1v15(), digest)
    if isinstance(owner, dsa.DSAPrivateKey):
        return owner.sign(message, digest)
    return owner.sign(message, ec.ECDSA(digest))


def split(apk: bytes) -> tuple[bytes, bytes, bytes]:
    """Entries, directory, end record of an archive without comment."""
    directory = struct.unpack_from("<L", apk, len(apk) - 6)[0]
    return apk[:directory], apk[directory:-22], apk[-22:]


def content_digest(apk: bytes, algorithm: int) -> bytes:
    """Digest over the unsigned archive, whose directory offset is where the block will begin."""
    sections = split(apk)
    if algorithm in (0x421, 0x423, 0x425):
        return verity(b"".join(sections))
    name = "sha512" if algorithm in (0x102, 0x104, 0x202) else "sha256"
    chunks = [
        section[at : at + 2**20] for section in sections for at in range(0, len(section), 2**20)
    ]
    digests = [
        hashlib.new(name, b"\xa5" + struct.pack("<L", len(chunk)) + chunk).digest()
        for chunk in chunks
    ]
    return hashlib.new(name, b"\x5a" + struct.pack("<L", len(chunks)) + b"".join(digests)).digest()


def verity(content: bytes) -> bytes:
    level = content
    while True:
        level += bytes(-len(level) % 4096)
        pages = [level[at : at + 4096] for at in range(0, len(level), 4096)]
        level = b"".join(hashlib.sha256(bytes(8) + page).digest() for page in pages)
        if len(pages) == 1:
            return level + struct.pack("<Q", len(content))


@dataclass(frozen=True, slots=True)
class MadeSigner:
    """A signer of a block scheme; each change makes one thing wrong."""

    owner: Key
    algorithm: int
    der: bytes | None = None
    sdk: tuple[int, int] | None = None
    outer_sdk: tuple[int, int] | None = None
    attributes: tuple[tuple[int, bytes], ...] = ()
    change_digest: Callable[[bytes], bytes] = bytes
    change_signature: Callable[[bytes], bytes] = bytes
    signature_id: int | None = None
    extra_digest_id: int | None = None
    public_key: bytes | None = None
    certificates: tuple[bytes, ...] | None = None

    def encode(self, apk: bytes) -> bytes:
        digest = self.change_digest(content_digest(apk, self.algorithm))
        digests = [struct.pack("<L", self.algorithm) + prefixed(digest)]
        if self.extra_digest_id is not None:
            digests.append(struct.pack("<L", self.extra_digest_id) + prefixed(b"x"))
        certificates = self.certificates
        if certificates is None:
            certificates = (self.der or certificate(self.owner),)
        attributes = [struct.pack("<L", number) + value for number, value in self.attributes]
        signed = prefixed(prefixed(*digests), prefixed(*certificates))
        outer = b""
        if self.sdk is not None:
            signed += struct.pack("<LL", *self.sdk)
            outer = struct.pack("<LL", *(self.outer_sdk or self.sdk))
        signed += prefixed(prefixed(*attributes))
        made = self.change_signature(sign(self.owner, self.algorithm, signed))
        number = self.algorithm if self.signature_id is None else self.signature_id
        signatures = prefixed(struct.pack("<L", number) + prefixed(made))
        key_bytes = public(self.owner) if self.public_key is None else self.public_key
        return prefixed(signed) + outer + prefixed(signatures, key_bytes)


def scheme_value(apk: bytes, signers: Sequence[MadeSigner]) -> bytes:
    return prefixed(prefixed(*(signer.encode(apk) for signer in signers)))


def with_block(apk: bytes, pairs: Sequence[tuple[int, bytes]]) -> bytes:
    """The archive with a signing block of these pairs before its directory."""
    entries, directory, end = split(apk)
    body = b"".join(struct.pack("<QL", len(value) + 4, number) + value for number, value in pairs)
    size = struct.pack("<Q", len(body) + 24)
    block = size + body + size + b"APK Sig Block 42"
    moved = bytearray(end)
    struct.pack_into("<L", moved, 16, len(entries) + len(block))
    return entries + block + directory + bytes(moved)


def signed_apk(schemes: dict[int, Sequence[MadeSigner]], apk: bytes | None = None) -> bytes:
    apk = plain_apk() if apk is None else apk
    pairs = [(number, scheme_value(apk, signers)) for number, signers in schemes.items()]
    return with_block(apk, pairs)


def lineage(*owners: tuple[Key, int]) -> bytes:
    """Proof of rotation; each owner comes with the algorithm it signs the next one with."""
    levels = []
    parent: tuple[Key, int] | None = None
    for owner, algorithm in owners:
        der = certificate(owner)
        signed = prefixed(der) + struct.pack("<L", parent[1] if parent else 0)
        made = sign(parent[0], parent[1], signed) if parent else b""
        levels.append(prefixed(signed) + struct.pack("<LL", 0, algorithm) + prefixed(made))
        parent = (owner, algorithm)
    return struct.pack("<L", 1) + prefixed(*levels)


def read(data: bytes) -> Signatures:
    return read_signatures(data, read_zip(data), lambda entry: unpack(data, entry, 1 << 26))


@dataclass(frozen=True, slots=True)
class Jar:
    """A v1 signature over these members; each field may be changed before packing."""

    members: tuple[tuple[str, bytes], ...] = (("classes.dex", b"dex"), ("res/a.xml", b"xml"))
    digest: str = "SHA-256"
    manifest_digest: bool = True
    newline: bytes = b"\r\n"
    schemes: str = ""
    owner: Key | None = None
    options: tuple[pkcs7.PKCS7Options, ...] = (
        pkcs7.PKCS7Options.Binary,
        pkcs7.PKCS7Options.DetachedSignature,
    )

    def hashed(self, content: bytes) -> bytes:
        name = self.digest.replace("-", "").lower()
        return base64.b64encode(hashlib.new(name, content).digest())

    def files(self) -> dict[str, bytes]:
        """Every member of the archive, in order."""
        line = self.newline
        attribute = self.digest.encode() + b"-Digest"
        sections = [
            (
                name,
                b"Name: " + name.encode() + line + attribute + b": " + self.hashed(content)
                + line + line,
            )
            for name, content in self.members
        ]  # fmt: skip
        manifest = b"Manifest-Version: 1.0" + line + line + b"".join(raw for _, raw in sections)
        signature_file = b"Signature-Version: 1.0" + line
        if self.manifest_digest:
            signature_file += attribute + b"-Manifest: " + self.hashed(manifest) + line
        if self.schemes:
            signature_file += b"X-Android-APK-Signed: " + self.schemes.encode() + line
        signature_file += line
        for name, raw in sections:
            signature_file += b"Name: " + name.encode() + line
            signature_file += attribute + b": " + self.hashed(raw) + line + line
        return {
            **dict(self.members),
            "META-INF/MANIFEST.MF": manifest,
            "META-INF/CERT.SF": signature_file,
            "META-INF/CERT.RSA": self.block(signature_file),
        }

    def block(self, message: bytes) -> bytes:
        owner = self.owner or key("RSA")
        assert isinstance(owner, rsa.RSAPrivateKey)
        return (
            pkcs7.PKCS7SignatureBuilder()
            .set_data(message)
            .add_signer(x509.load_der_x509_certificate(certificate(owner)), owner, hashes.SHA256())
            .sign(serialization.Encoding.DER, list(self.options))
        )


def jar_apk(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, content in files.items():
            out.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
