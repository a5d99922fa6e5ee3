"""A case with its contract, pages and progress, and the slots that they fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from functions.model.attachment import Attachment, ScanState
from functions.model.case import Case, CaseEvent
from functions.model.case_log import OVER, CaseAct
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.terms import FilerAct, Party
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.page_set import KindPages, KindTemplates
from functions.model.pages.slot_template import HIDDEN
from functions.model.progress import Progress
from functions.model.text import InWords, Text
from functions.views.answers import (
    CaseFiles,
    answers_html,
    answers_text,
    milestones_html,
    milestones_text,
)
from functions.views.filer_dates import FilerDates, filer_dates
from functions.views.wording.citations import cite
from functions.views.wording.date_words import DateWords


@dataclass(frozen=True)
class CaseHolder:
    """Who has a case, as its filer is told: roles in the policy's words, and since when."""

    roles: tuple[Text, ...]
    since: datetime


@dataclass(frozen=True)
class CaseFile:
    """Everything that a receipt, a status page or a mail shows of a case.

    `undelivered` are the events of mails that did not reach the filer. `all_acts` has those that
    were taken back, too. `role_names` are the names of the roles that acts name by id. `asks` is
    the clause by which the filer is asked now whether the answer satisfies them. `scanned` means
    that a scanner checks files.
    """

    case: Case
    contract: Contract
    kind: Kind
    pages: KindPages
    progress: Progress
    access_code: str
    token: str
    site_url: str
    scans: Mapping[str, ScanState]
    now: datetime
    calendar: Calendar
    holder: CaseHolder
    undelivered: tuple[CaseEvent, ...] = ()
    all_acts: tuple[CaseAct, ...] = ()
    role_names: Mapping[str, Text] = field(default_factory=dict)
    asks: str | None = None
    scanned: bool = True

    @property
    def dated(self) -> tuple[Milestone, ...]:
        """The milestones of the case."""
        return self.progress.dated

    @cached_property
    def dates(self) -> DateWords:
        """Puts the dates of the case into words."""
        return DateWords(self.pages.words, self.contract, self.calendar, self.kind.events)

    @property
    def today(self) -> date:
        """Today's date in the organisation's time zone."""
        return self.local(self.now).date()

    def local(self, at: datetime) -> datetime:
        """A moment in the organisation's time zone."""
        return at.astimezone(ZoneInfo(self.contract.timezone))

    @property
    def skeletons(self) -> KindTemplates:
        """The templates of the case's kind."""
        return self.pages.kinds[self.case.kind]

    @property
    def says_nothing_due(self) -> bool:
        """Whether it is told that nothing more is due: it was closed or withdrawn.

        Contracts before 0.2.0 have no words for that and go on listing what was promised.
        """
        ended = self.progress.state in OVER
        return ended and "nothing_due" in self.pages.words.messages

    @property
    def upcoming(self) -> tuple[Milestone, ...]:
        """The milestones without the windows, which the filing itself has used.

        Those that only people can say apply come last, apart from those that do.
        """
        if self.says_nothing_due:
            return ()
        ahead = (milestone for milestone in self.dated if not milestone.limit.is_window)
        return tuple(sorted(ahead, key=lambda milestone: milestone.limit.is_conditional))

    @property
    def filer_dates(self) -> FilerDates:
        """The dates that concern the filer, as a calendar file has them."""
        return filer_dates(self.progress, self.holder.roles, self.now)

    @property
    def visible_acts(self) -> tuple[CaseAct, ...]:
        """The acts that the filer may know of, those that were taken back, too."""
        return tuple(act for act in self.all_acts if not act.is_inside)

    def may_open(self, file: Attachment) -> bool:
        """Whether a file may be opened: a scanner has cleared it, or there is none."""
        state = self.scans[file.id]
        return state == "cleared" or (state == "waiting" and not self.scanned)

    @property
    def files(self) -> CaseFiles:
        """The files, each with its scan state."""
        return tuple((file, self.scans[file.id]) for file in self.case.attachments)

    def html(self) -> dict[str, str]:
        """The slots of an HTML page."""
        return self._fill_common() | {
            "role": self._roles(Text.marked),
            "answers": answers_html(self.pages, self.kind, self.case.submission, self.files),
            "milestones": milestones_html(self.pages, self.dates, self.upcoming),
            **self._fill_upcoming(),
            **self._fill_holder(),
            "agenda_hidden": "" if self.filer_dates else HIDDEN,
        }

    def text(self, reader: Party = "filer") -> dict[str, str]:
        """The slots of a plain text for `reader`: filers are addressed, staff are not."""
        return self._fill_common() | {
            "answers": answers_text(self.pages, self.kind, self.case.submission, self.files),
            "milestones": milestones_text(self.pages, self.dates, self.upcoming, reader)
            or f"{self.nothing_upcoming}\n",
            "recused": self._fill_recused(),
            **self._fill_standing(),
            "no_mail": self._fill_no_mail(),
        }

    def mail_html(self) -> dict[str, str]:
        """The slots of an HTML mail, with absolute links and without the answers."""
        rows = milestones_html(self.pages, self.dates, self.upcoming, self.site_url)
        slots = {"role": self._roles(Text.marked), "milestones": rows}
        return self._fill_common() | slots | self._fill_upcoming()

    def last_act(self, kind: FilerAct) -> CaseAct | None:
        """What the filer did last of this kind."""
        acts = (act for act in reversed(self.progress.happened) if act.act == kind)
        return next(acts, None)

    def recorded(self, act: CaseAct) -> str:
        """When an act was recorded, in words."""
        return self.dates.moment(self.local(act.at))

    def _fill_upcoming(self) -> dict[str, str]:
        """Says under the heading of what is next that no time limit is, and hides its list."""
        if self.upcoming:
            return {"milestones_hidden": "", "nothing_hidden": HIDDEN}
        nothing = self.nothing_upcoming
        return {"milestones_hidden": HIDDEN, "nothing_hidden": "", "nothing": nothing}

    @property
    def nothing_upcoming(self) -> str:
        """Why there is no milestone to show."""
        return self.pages.words.say("nothing_due" if self.says_nothing_due else "nothing_upcoming")

    def _fill_recused(self) -> str:
        """For a mail to staff, which carries no words of the filer: not whom they named."""
        clause = next((f.clause for f in self.kind.fields if f.name == "involved"), None)
        if not self.case.submission.involved or clause is None:
            return ""
        words = self.pages.words
        said = words.say("recused_unnamed", clause=clause, cited=cite(words, clause))
        return f"\n{said}\n"

    def _fill_no_mail(self) -> str:
        email, withheld = self.case.submission.email, self.case.mail_withheld
        message = "mail_withheld" if withheld else "" if email else "no_mail"
        return f"\n{self.pages.words.say(message)}\n" if message else ""

    def _roles(self, in_words: InWords) -> str:
        words = self.pages.words
        names = [in_words(role, words.language) for role in self.holder.roles]
        return type(names[0])(words.say("list_separator")).join(names)

    def _fill_standing(self) -> dict[str, str]:
        """Who has the case and by when there must be an answer, for a mail, until it is over."""
        answer = self.progress.answer
        if self.progress.state in OVER:
            return {}
        due = self.dates.latest_answer(answer) if answer else ""
        return {"holder": self._held_since(Text.words), "answer_by": due}

    def _held_since(self, in_words: InWords) -> str:
        roles = self._roles(in_words)
        since = self.pages.words.day(self.local(self.holder.since).date())
        return type(roles)(self.pages.words.messages["held_since"]).format(roles=roles, date=since)

    def _fill_holder(self) -> dict[str, str]:
        """Who has the case now and since when, until it is over."""
        if self.progress.state in OVER:
            return {"holder_hidden": HIDDEN}
        return {"holder": self._held_since(Text.marked)}

    def _fill_common(self) -> dict[str, str]:
        words = self.pages.words
        received = self.local(self.case.received_at)
        email, answer = self.case.submission.email, self.progress.answer
        return {
            "reference": self.case.reference,
            "access_code": self.access_code,
            "token": self.token,
            "received_at": self.dates.received(received, self.dated),
            "state": words.say(f"state_{self.progress.state}"),
            "latest_answer": self.dates.latest_answer(answer) if answer else "",
            "latest_answer_hidden": "" if answer else HIDDEN,
            "role": self._roles(Text.words),
            "site_url": self.site_url,
            "mail_address": mask(email) if email else "",
            "mail_hidden": "" if email and not self.case.mail_withheld else HIDDEN,
            "withheld_hidden": "" if self.case.mail_withheld else HIDDEN,
            "no_mail_hidden": HIDDEN if email else "",
        }


def mask(email: str) -> str:
    """An address that its owner recognises but nobody else can write to: `a***@example.com`."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}***@{domain}"
