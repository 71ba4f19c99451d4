"""Forms of a case's report: made, masked where asked, put into the case or elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from witnessmark.case.bundle import bundle
from witnessmark.case.custody import FILE_NAME as CUSTODY
from witnessmark.case.custody import append_event, file_digests
from witnessmark.case.reader import case_file
from witnessmark.model.errors import UsageError
from witnessmark.report.document import thaw
from witnessmark.report.forms import ENGLISH, Form, file_name, renderer
from witnessmark.report.redact import policy, redact

WHOLE = "court"
"""The policy that masks nothing."""

SALT_BYTES = 32


class Wish(Struct, frozen=True):
    """What is to be made.

    ``audience``  name of a policy of `report.redact`; empty or ``court`` for everything.
    ``out``       file to write; None for the case itself.
    ``apps``      files of the app that a bundle shall carry.
    ``key``       private Ed25519 key that signs a bundle.
    """

    form: Form
    lang: str = ENGLISH
    audience: str = ""
    out: Path | None = None
    apps: Sequence[Path] = ()
    key: Path | None = None


def export(case: Path, wish: Wish, version: str) -> Path:
    """Make one form of the report of ``case``; the path written.

    Without ``out`` it goes into the case, under the form's own name, and the log notes it; a
    bundle goes beside the case. UsageError when it cannot be made or written, or when another
    file of that name is there.
    """
    document = case_file(case, "findings.json").read_bytes()
    thaw(document)
    masked = wish.audience not in ("", WHOLE)
    if masked and wish.form is Form.BUNDLE:
        raise UsageError("a bundle holds the whole case; make a form such as pdf --for instead")
    if masked:
        document = redact(document, policy(wish.audience).id, salt_of(case))
    elif wish.audience:
        policy(wish.audience)
    if wish.form is Form.BUNDLE:
        made = bundle(case, version, wish.apps, wish.key)
        target = wish.out or case.parent / f"{case.name}.{wish.form.file_name}"
    else:
        made = renderer(wish.form, wish.lang)(document)
        name = file_name(wish.form, wish.lang, wish.audience if masked else "")
        target = wish.out or case / name
    written = _write(target, made, replace=wish.out is not None)
    if written and target.parent == case:
        detail = {"sha256": file_digests(case, [target.name]), "tool": f"witnessmark {version}"}
        append_event(case / CUSTODY, "exported", detail)
    return target


def salt_of(case: Path) -> bytes:
    """The salt of a case's masks: made at random once, kept beside the case, never in it."""
    path = case.parent / f"{case.name}.salt"
    if not path.is_file():
        path.write_text(f"{secrets.token_hex(SALT_BYTES)}\n", encoding="ascii")
        path.chmod(0o600)
    try:
        salt = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError as error:
        raise UsageError(f"{path} holds no salt ({error}); put it back as it was") from error
    if len(salt) < SALT_BYTES:
        raise UsageError(f"{path} holds a salt that is too short; put it back as it was")
    return salt


def _write(target: Path, made: bytes, *, replace: bool) -> bool:
    """Whether anything had to be written; False when the same file was there."""
    if not replace and target.is_file():
        if target.read_bytes() == made:
            return False
        raise UsageError(f"{target} is there and differs from what would be written; use --out")
    try:
        target.write_bytes(made)
    except OSError as error:
        raise UsageError(
            f"cannot write {target}: {error.strerror}; choose another --out"
        ) from error
    return True
