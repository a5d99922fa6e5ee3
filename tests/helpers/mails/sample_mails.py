"""A message of each type of mail, about cases of the sample organisations."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import get_args

from functions.cases.open_case import open_case
from functions.cases.ports.case_store import Idempotency, Stored
from functions.cases.ports.ports import Ports
from functions.model.answers.submission import Submission
from functions.model.attachment import Attachment
from functions.model.case import Case
from functions.model.case_log import ActDetails, CaseAct
from functions.model.contract.terms import FilerAct, KindId, StaffAct
from functions.model.desk.stages import StageName
from functions.model.language import Language
from functions.model.mail import TO_FILER, MailType, OutboxMail
from functions.views.case_file import CaseFile
from functions.views.desk.mails import LoginMail, login_mail
from functions.views.desk.reminder_mail import Reading, compose_digest, compose_single
from functions.views.desk.reminder_words import ReminderLine
from functions.views.mails import compose

SENDER = "no-reply@ombud.example.com"
_ADDRESS = "zhang@example.com"
_TOKEN = "kQ3vB9-xZ_7m" * 12
_ACTS: tuple[StaffAct, ...] = (
    "message",
    "asked",
    "decision",
    "not_accepted",
    "extended",
    "referred",
    "event",
)
_STAGES: tuple[StageName, ...] = ("overdue", "today", "near")


def sample_case(organisation: str, kind: KindId, ports: Ports) -> Case:
    """A case that is stored now, of a filer with a mail address who named somebody."""
    current, now = ports.contracts.current(), ports.now()
    digest = current.organisations[organisation]
    contract = ports.contracts.contract(digest)
    typed = {"account": "说明", "name": "李四", "email": _ADDRESS, "involved": "王五"}
    case = Case(
        reference="REF-7K3M9-QXH4C",
        organisation=organisation,
        kind=kind,
        contract=digest,
        language=contract.language,
        received_at=now,
        retained_until=contract.retained_until(now),
        submission=Submission.model_validate(typed),
        calendar=current.calendars[contract.calendar],
    )
    key = Idempotency(key=organisation, fingerprint=organisation, expires_at=now)
    assert ports.store.accept(case, (), key) == Stored()
    return case


def sample_mails(
    case: Case, ports: Ports, language: Language
) -> Iterator[tuple[str, EmailMessage]]:
    """Every mail that there is, by its name."""
    yield from case_mails(case, ports, language)
    yield from desk_mails(case, ports, language)


def case_mails(case: Case, ports: Ports, language: Language) -> Iterator[tuple[str, EmailMessage]]:
    """Each type of mail about a case by its name, and an `update` for each act it tells of."""
    events = ports.store.events(case.reference)
    file = open_case(case, ports, (language,), events)
    for type_ in get_args(MailType):
        if type_ != "update":
            yield type_, _composed(file, type_, "information", ports)
            continue
        for act in _ACTS:
            yield f"update-{act}", _composed(file, type_, act, ports)


def desk_mails(case: Case, ports: Ports, language: Language) -> Iterator[tuple[str, EmailMessage]]:
    """The mails of the desk: a login, a reminder by itself, and a digest of all stages."""
    directory = ports.contracts.directory(case.organisation)
    assert directory is not None
    now = ports.now()
    yield (
        "login",
        login_mail(
            LoginMail(
                directory=directory.model_copy(update={"language": language}),
                recipient=_ADDRESS,
                sender=SENDER,
                message_id="<login@ombud.example.com>",
                sent_at=now,
                ends=now + timedelta(minutes=15),
                link=f"{ports.site_url}/cases/desk/link?token={_TOKEN}",
                code="12345678",
            )
        ),
    )
    file = open_case(case, ports, (language,), ports.store.events(case.reference))
    lines = reminder_lines(file, ports)
    reading = Reading(
        organisation=file.contract.name,
        language=language,
        at=file.local(now),
        desk=f"{ports.site_url}/cases/desk",
        colours=directory.colours,
    )
    envelope = (_ADDRESS, SENDER, "<reminder@ombud.example.com>")
    yield "reminder", compose_single(lines[0], reading, *envelope)
    yield "digest", compose_digest(lines, reading, *envelope)


def reminder_lines(file: CaseFile, ports: Ports) -> tuple[ReminderLine, ...]:
    """A line of each stage about the first limit that has a date."""
    step = next(step for step in file.progress.steps if step.milestone.due)
    link = f"{ports.site_url}/cases/handle?token={_TOKEN}"
    return tuple(
        ReminderLine(file=file, step=step, stage=stage, link=link, sealed=True) for stage in _STAGES
    )


def _composed(
    file: CaseFile, type_: MailType, act: StaffAct | FilerAct, ports: Ports
) -> EmailMessage:
    directory = ports.contracts.directory(file.contract.organisation)
    assert directory is not None
    language = file.pages.words.language
    mail = OutboxMail(
        message_id=f"<{type_}@ombud.example.com>",
        reference=file.case.reference,
        type=type_,
        recipient=_ADDRESS,
        language=language,
    )
    handling = "" if type_ in TO_FILER else _TOKEN
    sent = Attachment(id="0" * 32, name="a.jpg", type="jpeg", size=9, sha256="0" * 64)
    performed = CaseAct(ports.now(), act, ActDetails(files=(sent,)))
    return compose(mail, file, SENDER, handling, True, performed, directory.colours)
