"""Takes files in: checks each one and stores it under a voucher.

Whether a filing is accepted is decided elsewhere; `retention.remove_unclaimed` removes files that
no case claims.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from functions.cases.files.uploads import UPLOAD_LIFETIME, Upload, open_upload
from functions.cases.ports.ports import Ports
from functions.cases.quotas import count_bytes
from functions.model.attachment import (
    Attachment,
    AttachmentRules,
    FileType,
    Flaw,
    display_name,
    neutral_name,
)
from functions.model.errors import FileMissing, TokenInvalid


@dataclass(frozen=True)
class SentFile:
    """A file sent with a form; `name` is as sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class AttachedFiles:
    """The accepted files of a form so far, and why other files were not accepted.

    `again` is when this client may send further files, if it has sent too much.
    """

    vouchers: tuple[Upload, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    again: datetime | None = None

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
    address: str,
    ports: Ports,
) -> AttachedFiles:
    """The files of the vouchers in `tokens`, then those sent with the form, which it stores.

    At most `rules.most` files are read, each once, and the same content is taken once, whatever
    its name. The bytes are counted for the client's `address` before they are stored. Raises
    FilesUnavailable.
    """
    uploaded, flaws = _open_all(organisation, tokens, ports)
    sent = {sha256(file.content).hexdigest(): file for file in reversed(files)}
    unknown = [file for hash_, file in reversed(sent.items()) if hash_ not in uploaded]
    surplus = len(uploaded) + len(unknown) > rules.most
    vouchers: list[Upload] = []
    for voucher in list(uploaded.values())[: rules.most]:
        checked = _check_upload(rules, voucher, ports)
        if isinstance(checked, Flaw):
            flaws.append(checked)
        else:
            vouchers.append(checked)
    new: list[tuple[Upload, bytes]] = []
    for file in unknown[: max(0, rules.most - len(uploaded))]:
        type_ = _examine(display_name(file.name), file.content, rules)
        if isinstance(type_, Flaw):
            flaws.append(type_)
            continue
        new.append((_new_file(file, type_, organisation, ports), file.content))
    again = count_bytes(address, sum(voucher.size for voucher, _ in new), ports) if new else None
    for voucher, content in new:
        if again:
            flaws.append(Flaw(voucher.name, "later"))
            continue
        ports.shelf.put(voucher.place, content)
        vouchers.append(voucher)
    if surplus:
        flaws.append(Flaw("", "too_many"))
    return AttachedFiles(tuple(vouchers), tuple(dict.fromkeys(flaws)), again)


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


def _open_all(
    organisation: str, tokens: tuple[str, ...], ports: Ports
) -> tuple[dict[str, Upload], list[Flaw]]:
    """The vouchers in the tokens, one for each content, and the flaws of tokens that are none."""
    uploaded: dict[str, Upload] = {}
    flaws: list[Flaw] = []
    for token in tokens:
        try:
            voucher = open_upload(ports.tokens, token, organisation, ports.now())
        except TokenInvalid:
            flaws.append(Flaw("", "gone"))
            continue
        known = uploaded.get(voucher.sha256)
        if known is None or (known.type is None and voucher.type is not None):
            uploaded[voucher.sha256] = voucher
    return uploaded, flaws


def _examine(name: str, content: bytes, rules: AttachmentRules) -> FileType | Flaw:
    """Imported here: most filings have no file."""
    from functions.cases.files.file_types import examine_content

    return examine_content(name, content, rules)


def _new_file(file: SentFile, type_: FileType, organisation: str, ports: Ports) -> Upload:
    """The voucher of a file that was sent with a form and has been checked."""
    name, hash_ = neutral_name(file.name, type_), sha256(file.content).hexdigest()
    voucher = new_upload(name, len(file.content), hash_, organisation, ports)
    return voucher.model_copy(update={"type": type_})


def _check_upload(rules: AttachmentRules, voucher: Upload, ports: Ports) -> Upload | Flaw:
    """The voucher of an uploaded file, whose content is checked unless it has been already."""
    if voucher.type is not None:
        return voucher
    try:
        content = ports.shelf.read(voucher.place)
    except FileMissing:
        return Flaw(voucher.name, "gone")
    if not is_promised(voucher, content):
        return Flaw(voucher.name, "changed")
    type_ = _examine(voucher.name, content, rules)
    if isinstance(type_, Flaw):
        return type_
    return voucher.model_copy(update={"type": type_, "name": neutral_name(voucher.name, type_)})
