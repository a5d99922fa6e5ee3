"""Files a case with a draft for trial: its dates, its receipt and its mails, stored nowhere."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from functions.model.answers.submission import Submission, read_submission
from functions.model.case import Case
from functions.model.contract.contract import Contract
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.deadlines.calendar import WEEKEND, Calendar
from functions.model.deadlines.milestones import Calendars
from functions.model.mail import MailType, OutboxMail
from functions.model.pages.slot_template import HIDDEN
from functions.model.progress import progress
from functions.views.answers import milestones_text
from functions.views.case_file import CaseFile, CaseHolder
from functions.views.case_standing import standing_slots
from functions.views.mails import compose
from functions.views.receipt_proof import proof_values, prove
from site_src.compile.contract import compile_contract
from site_src.languages import SiteLanguage
from site_src.studio.preview import Preview, Previews

_TEN = time(10, 0)
_AHEAD = 400
"""Days in which a holiday is looked for."""
_KEY = bytes(32)
"""Signs a trial's receipt, which proves nothing."""
_SENDER = "no-reply@ombud.example.com"


@dataclass(frozen=True)
class TrialMail:
    """A mail as it would be sent."""

    type: MailType
    to: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Trial:
    """A case that was filed for trial: when, what its receipt says, and its mails."""

    at: datetime
    holiday: str
    dates: str
    latest_answer: str
    receipt: str
    mails: tuple[TrialMail, ...]


def trials(
    preview: Preview, previews: Previews, kind: KindId, tongue: SiteLanguage, now: datetime
) -> tuple[Trial, ...]:
    """A trial for today, and one for the day before the next holiday, if one is known."""
    policy = preview.editions.editions[-1].policy
    calendar = previews.calendars.calendar(policy.organisation.counted_calendar)
    here = now.astimezone(ZoneInfo(policy.organisation.timezone))
    eve = day_before_holiday(calendar, here.date())
    days = [(here, "")]
    if eve is not None:
        reason = calendar.day_off(eve + timedelta(days=1)) or ""
        named = calendar.names.get(reason)
        days.append(
            (
                datetime.combine(eve, _TEN, here.tzinfo),
                named.words(tongue.language) if named else reason,
            )
        )
    return tuple(_trial(preview, kind, tongue, at, holiday, calendar) for at, holiday in days)


def day_before_holiday(calendar: Calendar, today: date) -> date | None:
    """The next working day, today included, on whose next day a holiday begins."""
    for ahead in range(_AHEAD):
        day = today + timedelta(days=ahead)
        if calendar.day_off(day) is not None:
            continue
        if calendar.day_off(day + timedelta(days=1)) not in (None, WEEKEND):
            return day
    return None


def _trial(
    preview: Preview,
    kind: KindId,
    tongue: SiteLanguage,
    at: datetime,
    holiday: str,
    calendar: Calendar,
) -> Trial:
    compiled = preview.compiled
    policy = preview.editions.editions[-1].policy
    contract = compile_contract(
        policy, compiled.kinds, {each.language: "" for each in compiled.pages}
    )
    file = _case_file(preview, contract, kind, tongue, at, calendar)
    values = {"paper_hidden": HIDDEN, **standing_slots(file), **proof_values(prove(file, _KEY))}
    answer = file.progress.answer
    return Trial(
        at,
        holiday,
        milestones_text(file.pages, file.dates, file.upcoming) or file.nothing_upcoming,
        file.dates.latest_answer(answer) if answer else "",
        str(file.skeletons.receipt.html(file.html() | values)),
        (
            _mail(file, "acknowledgement", "filer@example.com"),
            _mail(file, "notice", policy.organisation.mailbox),
        ),
    )


def _case_file(
    preview: Preview,
    contract: Contract,
    kind_id: KindId,
    tongue: SiteLanguage,
    at: datetime,
    calendar: Calendar,
) -> CaseFile:
    kind = contract.kinds[kind_id]
    submission = _sample(kind, at.date(), tongue)
    case = Case(
        reference=f"{contract.prefix}-2345-6789",
        organisation=contract.organisation,
        kind=kind_id,
        contract="0" * 64,
        language=tongue.language,
        received_at=at,
        retained_until=contract.retained_until(at),
        submission=submission,
    )
    routes = kind.routes_for(
        submission.category,
        kind.level_of(submission.category),
        submission.relation,
        submission.branch,
    )
    roles = tuple(dict.fromkeys(route.role or contract.name for route in routes))
    return CaseFile(
        case=case,
        contract=contract,
        kind=kind,
        pages=preview.compiled.pages[tongue],
        progress=progress(contract, kind, case, (), Calendars(calendar, calendar), at),
        access_code="ABCD-EFGH-JKMN",
        token="trial",
        site_url="",
        scans={},
        now=at,
        calendar=calendar,
        holder=CaseHolder(roles or (contract.name,), at),
    )


def _sample(kind: Kind, day: date, tongue: SiteLanguage) -> Submission:
    """Answers that the form takes; what it would refuse of them is left out."""
    answers = {field.name: _answer(field, day, tongue) for field in kind.fields}
    read = read_submission(kind, answers, day)
    if isinstance(read, Submission):
        return read
    category = answers.get("category") or None
    return Submission(email="filer@example.com", category=category, consent=True)


def _answer(field: FormField, day: date, tongue: SiteLanguage) -> str:
    match field.input:
        case "choice":
            return field.choices[0].value if field.choices else ""
        case "date":
            return day.isoformat()
        case "email":
            return "filer@example.com"
        case "consent":
            return "yes"
        case "text" | "multiline":
            return field.label.words(tongue.language) if field.required else ""
        case _:
            return ""


def _mail(file: CaseFile, type_: MailType, to: str) -> TrialMail:
    mail = OutboxMail(
        message_id="<trial@ombud.example.com>",
        reference=file.case.reference,
        type=type_,
        recipient=to,
        language=file.case.language,
    )
    message = compose(mail, file, _SENDER, "trial", scanned=False)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return TrialMail(
        type_,
        to,
        str(message["Subject"]),
        text.get_content() if text else "",
        html.get_content() if html else "",
    )
