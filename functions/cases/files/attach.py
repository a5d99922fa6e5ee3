"""Takes files in: checks each one and stores it under a voucher.

Whether a filing is accepted is decided elsewhere; `retention.remove_unclaimed` removes files that
no case claims.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from functions.cases.files.file_types import examine_content
from functions.cases.files.uploads import UPLOAD_LIFETIME, Upload, open_upload
from functions.cases.ports.ports import Ports
from functions.model.attachment import Attachment, AttachmentRules, Flaw, display_name, neutral_name
from functions.model.errors import FileMissing, TokenInvalid


@dataclass(frozen=True)
class SentFile:
    """A file sent with a form; `name` is as sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class AttachedFiles:
    """The accepted files of a form so far, and why other files were not accepted."""

    vouchers: tuple[Upload, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files as stored with a case."""
        return tuple(voucher.attachment() for voucher in self.vouchers)

    def without(self, dropped: tuple[str, ...]) -> "AttachedFiles":
        """These files, and the flaw of those that were dropped as the form was too long."""
        if not dropped:
            return self
        flaw = Flaw(", ".join(dropped), "too_large_together")
        return replace(self, flaws=(*self.flaws, flaw))


def attach(
    rules: AttachmentRules,
    organisation: str,
    tokens: tuple[str, ...],
    files: tuple[SentFile, ...],
    ports: Ports,
) -> AttachedFiles:
    """The files of the vouchers in `tokens`, then those sent with the form, which it stores.

    Files beyond `rules.most` are not stored, and the same content is taken once, whatever its
    name. Raises FilesUnavailable.
    """
    vouchers: dict[str, Upload] = {}
    flaws: list[Flaw] = []
    surplus = False
    for result in _check_files(rules, organisation, tokens, files, ports):
        if isinstance(result, Flaw):
            flaws.append(result)
            continue
        voucher, content = result
        if voucher.sha256 in vouchers:
            continue
        if len(vouchers) == rules.most:
            surplus = True
            continue
        if content is not None:
            ports.shelf.put(voucher.place, content)
        vouchers[voucher.sha256] = voucher
    if surplus:
        flaws.append(Flaw("", "too_many"))
    return AttachedFiles(tuple(vouchers.values()), tuple(flaws))


def new_upload(name: str, size: int, hash_: str, organisation: str, ports: Ports) -> Upload:
    """A voucher for a file that will be uploaded; `size` in bytes, `hash_` is its SHA-256."""
    return Upload(
        id=secrets.token_hex(16),
        name=display_name(name),
        size=size,
        sha256=hash_,
        organisation=organisation,
        until=int((ports.now() + UPLOAD_LIFETIME).timestamp()),
    )


def is_promised(voucher: Upload, content: bytes) -> bool:
    """Whether `content` has the size and hash that the voucher promises."""
    return len(content) == voucher.size and sha256(content).hexdigest() == voucher.sha256


def _check_files(
    rules: AttachmentRules,
    organisation: str,
    tokens: tuple[str, ...],
    files: tuple[SentFile, ...],
    ports: Ports,
) -> Iterator[tuple[Upload, bytes | None] | Flaw]:
    """Yields each file's voucher and its content (None if already stored), or its flaw."""
    for token in tokens:
        result = _check_upload(rules, organisation, token, ports)
        yield result if isinstance(result, Flaw) else (result, None)
    for file in files:
        type_ = examine_content(display_name(file.name), file.content, rules)
        if isinstance(type_, Flaw):
            yield type_
            continue
        voucher = new_upload(
            neutral_name(file.name, type_),
            len(file.content),
            sha256(file.content).hexdigest(),
            organisation,
            ports,
        )
        yield voucher.model_copy(update={"type": type_}), file.content


def _check_upload(
    rules: AttachmentRules, organisation: str, token: str, ports: Ports
) -> Upload | Flaw:
    """The voucher of an uploaded file, whose content is checked unless it has been already."""
    try:
        voucher = open_upload(ports.tokens, token, organisation, ports.now())
    except TokenInvalid:
        return Flaw("", "gone")
    if voucher.type is not None:
        return voucher
    try:
        content = ports.shelf.read(voucher.place)
    except FileMissing:
        return Flaw(voucher.name, "gone")
    if not is_promised(voucher, content):
        return Flaw(voucher.name, "changed")
    type_ = examine_content(voucher.name, content, rules)
    if isinstance(type_, Flaw):
        return type_
    return voucher.model_copy(update={"type": type_, "name": neutral_name(voucher.name, type_)})
