"""Everything that the page of one case shows, put together."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

from functions.model.acts import current_level
from functions.model.answers.telephone import dialled, each_number
from functions.model.contract.kind import Kind
from functions.views.case_file import CaseFile
from functions.views.desk.case.clauses import version_address
from functions.views.desk.case.limits import LimitRow
from functions.views.desk.case.people import KeptAway
from functions.views.desk.case.thread import ThreadDay
from functions.views.desk.case.turn import StepRow, Turn

_FIRST_WORDS = 56
"""Columns of the account that a heading repeats, of which Chinese characters take two: about two
lines on a phone."""

_ENDS = "。！？；!?;"


@dataclass(frozen=True)
class Heading:
    """What the case is, in a line: `channel` is empty if it was filed on this site.

    `about` is the category, `first_words` how the filer's account begins. `entered_by` is who
    entered it, and when, if it was filed in another way.
    """

    reference: str
    kind: str
    about: str
    first_words: str
    received: str
    channel: str
    entered_by: str
    entered_at: str
    version: str
    version_href: str
    level: str
    state: str


@dataclass(frozen=True)
class ContactLine:
    """How the filer is reached; empty where they gave nothing."""

    name: str
    represented: str
    phone: str
    email: str
    address: str
    is_mailed: bool

    @property
    def phones(self) -> tuple[tuple[str, str], ...]:
        """Each telephone number as it is shown, and as it is dialled."""
        return tuple((each, dialled(each)) for each in each_number(self.phone))


@dataclass(frozen=True)
class HeldBy:
    """Who has the case, and since when it was handed on to them; empty since it arrived."""

    roles: tuple[str, ...]
    person: str
    since: str


@dataclass(frozen=True)
class EarlierCase:
    """Another case of the same filer; `when` is when it was received."""

    reference: str
    kind: str
    about: str
    when: str
    state: str


@dataclass(frozen=True)
class LookRow:
    """That somebody opened a page of the case, or the file of this name."""

    when: str
    person: str
    page: str
    file: str


@dataclass(frozen=True)
class CasePage:
    """The page of one case as one reader sees it, in its order.

    `lacks_consenter` means that nobody can consent to a proposal that waits, or that the reader
    would make. `mentioned` are the names of staff whom the filer's words mention; the reader
    `may_recuse` them.
    """

    heading: Heading
    contact: ContactLine
    held: HeldBy
    turn: Turn
    thread: tuple[ThreadDay, ...]
    limits: tuple[LimitRow, ...]
    latest_answer: str
    steps: tuple[StepRow, ...]
    kept_away: KeptAway
    earlier: tuple[EarlierCase, ...]
    looks: tuple[LookRow, ...] | None
    lacks_consenter: bool
    mentioned: tuple[str, ...]
    may_recuse: bool


def heading(file: CaseFile, channel: str = "") -> Heading:
    """The heading; `channel` names how the filing arrived if staff entered it."""
    case, words = file.case, file.pages.words
    level = current_level(file.progress.happened) or file.kind.level_of(case.submission.category)
    entered = case.entered
    return Heading(
        reference=case.reference,
        kind=file.kind.name.words(words.language),
        about=category_words(file.kind, case.submission.category, words.language),
        first_words=first_words(case.submission.account or ""),
        received=file.dates.moment(file.local(case.received_at)),
        channel=channel,
        entered_by=entered.person if entered else "",
        entered_at=words.moment(file.local(entered.at)) if entered else "",
        version=file.contract.version,
        version_href=version_address(file),
        level=next(
            (x.label.words(words.language) for x in file.kind.levels if x.value == level), ""
        ),
        state=words.say(f"state_{file.progress.state}"),
    )


def contact(file: CaseFile) -> ContactLine:
    """How the filer is reached."""
    submission = file.case.submission
    return ContactLine(
        name=submission.name or "",
        represented=submission.represented or "",
        phone=submission.phone or "",
        email=submission.email or "",
        address=submission.address or "",
        is_mailed=bool(submission.email) and not file.undelivered,
    )


def category_words(kind: Kind, category: str | None, language: str) -> str:
    """What a filing is about, without the group around it; empty if it says nothing."""
    choices = (field.choices for field in kind.fields if field.name == "category")
    return next(
        (
            each.label.words(language)
            for found in choices
            for each in found
            if each.value == category
        ),
        "",
    )


def first_words(account: str) -> str:
    """How an account begins: its first sentence, or as much of it as a heading holds."""
    line = next(filter(None, (line.strip() for line in account.splitlines())), "")
    ends = [at for end in _ENDS if (at := line.find(end)) > 0]
    sentence = line[: min(ends)] if ends else line.removesuffix(".")
    widths = list(accumulate(2 if east_asian_width(char) in "WF" else 1 for char in sentence))
    fits = bisect_right(widths, _FIRST_WORDS)
    if fits == len(sentence):
        return sentence
    cut = sentence[:fits]
    # Words that are separated by spaces stay whole.
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > fits // 2 else cut}…"
