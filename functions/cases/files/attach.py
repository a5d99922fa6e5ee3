"""The use case of taking files in: each is looked into, and left on the shelf under a voucher.

Nothing of a filing is decided here: files that no case claims are removed by `keeping.tidy`.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from functions.cases.files.file_types import examine_content
from functions.cases.files.uploads import UPLOAD_LIFETIME, Upload, open_upload
from functions.cases.ports.ports import Ports
from functions.model.attachment import Attachment, AttachmentRules, Flaw, display_name, neutral_name
from functions.model.errors import FileMissing, TokenInvalid


@dataclass(frozen=True)
class SentFile:
    """A file that came with a form, under the name that it had there."""

    name: str
    content: bytes


@dataclass(frozen=True)
class AttachedFiles:
    """The files that a form has so far, and those that it could not keep."""

    vouchers: tuple[Upload, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files as a case keeps them."""
        return tuple(voucher.attachment() for voucher in self.vouchers)


def attach(
    rules: AttachmentRules,
    organisation: str,
    tokens: tuple[str, ...],
    files: tuple[SentFile, ...],
    ports: Ports,
) -> AttachedFiles:
    """The files of these vouchers, and after them those that came with the form.

    Those beyond the most that the form takes are not stored. Raises FilesUnavailable.
    """
    vouchers: dict[str, Upload] = {}
    flaws: list[Flaw] = []
    surplus = False
    for found in _each(rules, organisation, tokens, files, ports):
        if isinstance(found, Flaw):
            flaws.append(found)
            continue
        voucher, content = found
        if voucher.id in vouchers:
            continue
        if len(vouchers) == rules.most:
            surplus = True
            continue
        if content is not None:
            ports.shelf.put(voucher.place, content)
        vouchers[voucher.id] = voucher
    if surplus:
        flaws.append(Flaw("", "too_many"))
    return AttachedFiles(tuple(vouchers.values()), tuple(flaws))


def new_upload(name: str, size: int, hash_: str, organisation: str, ports: Ports) -> Upload:
    """A voucher for a file that is about to be sent by itself."""
    return Upload(
        id=secrets.token_hex(16),
        name=display_name(name),
        size=size,
        sha256=hash_,
        organisation=organisation,
        until=int((ports.now() + UPLOAD_LIFETIME).timestamp()),
    )


def is_promised(voucher: Upload, content: bytes) -> bool:
    """Whether this is the file that was promised."""
    return len(content) == voucher.size and sha256(content).hexdigest() == voucher.sha256


def _each(
    rules: AttachmentRules,
    organisation: str,
    tokens: tuple[str, ...],
    files: tuple[SentFile, ...],
    ports: Ports,
) -> Iterator[tuple[Upload, bytes | None] | Flaw]:
    """Each file with the content that is still to be stored, or what is wrong with it."""
    for token in tokens:
        found = _left(rules, organisation, token, ports)
        yield found if isinstance(found, Flaw) else (found, None)
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


def _left(rules: AttachmentRules, organisation: str, token: str, ports: Ports) -> Upload | Flaw:
    """The file of a voucher, looked into if nobody has yet."""
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
