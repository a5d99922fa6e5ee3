"""Takes the files that filer or staff send with an act, and keeps them with the case."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from functions.cases.files.attach import AttachedFiles, SentFile, attach
from functions.cases.files.uploads import Upload
from functions.cases.ports.file_storage import UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.model.acts import MOST_BYTES_OF_PARTY, MOST_FILES_OF_PARTY
from functions.model.attachment import Attachment, AttachmentRules, Flaw
from functions.model.case import Case, CaseEvent
from functions.model.case_log import case_files, files_of
from functions.model.contract.kind import Kind
from functions.model.contract.terms import FilerAct, Party
from functions.model.errors import FileMissing
from functions.views.case_file import CaseFile

log = logging.getLogger("ombud.act_files")


def act_rules(kind: Kind, party: Party) -> AttachmentRules:
    """The files that a party may send with an act: by the rules of a filing.

    Where a filing takes no files, a filer cannot add any later, and staff keep to the usual rules.
    """
    none = AttachmentRules(most=0) if party == "filer" else AttachmentRules()
    return kind.attachments or none


def take_files(
    file: CaseFile,
    party: Party,
    tokens: tuple[str, ...],
    files: tuple[SentFile, ...],
    address: str,
    ports: Ports,
) -> AttachedFiles:
    """The files of the vouchers in `tokens`, then those sent with the form, which it stores.

    They are checked as those of a filing, and counted with what the case has of this party. Nothing
    belongs to the case before its act is recorded. `address` is the client's. Raises
    FilesUnavailable.
    """
    rules = act_rules(file.kind, party)
    taken = attach(rules, file.case.organisation, tokens, files, address, ports)
    fitting, flaws = _limit(file, party, taken.vouchers)
    return replace(taken, vouchers=fitting, flaws=(*taken.flaws, *flaws))


def keep_act_files(case: Case, event: CaseEvent, ports: Ports) -> None:
    """Copies the files of an act of staff to where they stay, before it is recorded.

    A filer's act owes staff a mail, which does it; an act of staff may owe nobody one. What the
    case has already stays where it is: an answer sends the files that were proposed with it. Safe
    to repeat. Raises FilesUnavailable, StoreError.
    """
    sent = files_of(event)
    if not sent or event.type in get_args(FilerAct):
        return
    known = {file.id for file in case_files(case, ports.store.events(case.reference))}
    for file in sent:
        if file.id in known:
            continue
        try:
            ports.shelf.copy(f"{UPLOADS}/{file.id}", f"{WAITING}/{case.reference}/{file.id}")
        except FileMissing:
            log.error("case %s: file %s is not in the file storage", case.reference, file.id)


def party_files(file: CaseFile, party: Party) -> Iterator[Attachment]:
    """All files of one party, those of acts that were taken back, too."""
    if party == "filer":
        yield from file.case.attachments
    for act in file.all_acts:
        if act.party == party:
            yield from act.entry.files


def _limit(
    file: CaseFile, party: Party, vouchers: tuple[Upload, ...]
) -> tuple[tuple[Upload, ...], tuple[Flaw, ...]]:
    """The files that fit into the case, and the flaws of the others.

    What the party has sent before is no new file: a form may be sent twice.
    """
    present = {each.sha256: each.size for each in party_files(file, party)}
    many, size = len(present), sum(present.values())
    fitting: list[Upload] = []
    flaws: list[Flaw] = []
    for voucher in vouchers:
        if voucher.sha256 not in present:
            if many == MOST_FILES_OF_PARTY or size + voucher.size > MOST_BYTES_OF_PARTY:
                flaws.append(Flaw(voucher.name, "case_full"))
                continue
            many, size = many + 1, size + voucher.size
        fitting.append(voucher)
    return tuple(fitting), tuple(flaws)
