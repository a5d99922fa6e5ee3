"""The acts of filer and organisation on a case, and the state that follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Literal, TypeGuard, get_args
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.model.acts import LONGEST_TEXT
from functions.model.attachment import Attachment, ScanState
from functions.model.case import Case, CaseEvent, EventType
from functions.model.contract.terms import INSIDE, FilerAct, Outcome, Party, StaffAct
from functions.model.derived_keys import keyed
from functions.model.frozen import Frozen
from functions.model.text import Text

CaseState = Literal[
    "received", "acknowledged", "handling", "answered", "review", "closed", "withdrawn"
]

OVER: tuple[CaseState, ...] = ("closed", "withdrawn")
"""The states in which nothing more is due, unless the filer asks for a review."""


def _empty(value: object) -> bool:
    return not value


class ActDetails(Frozen):
    """The details of an act: its text, the day it happened and its effect.

    `role` is who acted for the organisation. `happened_on` and `happened_at` (local time of the
    organisation) are when staff say that it happened; `delivered_on` and `delivered_how`, when and
    how they say that an answer reached the filer. `keeps` are the ids of the limits that the act
    kept. `review` is the index of the requested review among the kind's reviews; `late` means
    that the request came after its window. `level` is the level that staff gave to the case,
    `event` the id of an event that the policy names.
    `calendar` is the digest of the calendar known then.

    `person` is the name of the member of staff who acted, and `mark` their mark
    (`functions.model.desk.staff`). `to_role` and `to_person` (a mark) are whom the case is handed
    on to, `tells` the roles that are told of it. `outcome` and `remedy` are what was decided;
    `clause` is what an act rests on. `extends` is the limit that makes another longer, `until` its
    last day, or the day by which a measure must be done by its `owner`. `barred` is the mark of a
    person who is kept from the case, `corrects` the moment of the entry that is taken back,
    `carries_out` that of the measure of which the entry says that it was carried out;
    `inside` means that filers did not see that entry either. `proposed_at` is the moment of the
    proposal that is consented to or sent back; None in entries of before. `files` were sent with
    it. A form that is sent twice says the same `once`.
    `satisfied` and `fairly` are a filer's two answers: with the result, with how it was handled.
    """

    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    happened_on: date | None = None
    happened_at: time | None = None
    delivered_on: date | None = None
    delivered_how: Annotated[str, Field(max_length=200)] = ""
    role: Text | None = None
    keeps: tuple[str, ...] = ()
    review: int | None = None
    late: bool = False
    level: str | None = None
    event: str | None = Field(default=None, exclude_if=lambda value: value is None)
    calendar: str | None = None
    person: str = Field(default="", exclude_if=_empty)
    mark: str = Field(default="", exclude_if=_empty)
    to_role: str | None = Field(default=None, exclude_if=_empty)
    to_person: str | None = Field(default=None, exclude_if=_empty)
    tells: tuple[str, ...] = Field(default=(), exclude_if=_empty)
    outcome: Outcome | None = Field(default=None, exclude_if=_empty)
    remedy: str = Field(default="", max_length=LONGEST_TEXT, exclude_if=_empty)
    clause: str = Field(default="", max_length=40, exclude_if=_empty)
    extends: str | None = Field(default=None, exclude_if=_empty)
    until: date | None = Field(default=None, exclude_if=_empty)
    owner: str = Field(default="", max_length=200, exclude_if=_empty)
    barred: str | None = Field(default=None, exclude_if=_empty)
    corrects: datetime | None = Field(default=None, exclude_if=_empty)
    carries_out: datetime | None = Field(default=None, exclude_if=_empty)
    inside: bool = Field(default=False, exclude_if=_empty)
    proposed_at: datetime | None = Field(default=None, exclude_if=_empty)
    once: str = Field(default="", exclude_if=_empty)
    files: tuple[Attachment, ...] = Field(default=(), exclude_if=_empty)
    satisfied: bool | None = Field(default=None, exclude_if=lambda value: value is None)
    fairly: bool | None = Field(default=None, exclude_if=lambda value: value is None)


@dataclass(frozen=True)
class CaseAct:
    """An act with its details; `at` is when it was recorded."""

    at: datetime
    act: FilerAct | StaffAct
    entry: ActDetails

    def moment(self, zone: ZoneInfo) -> datetime:
        """When staff say that it happened: to the minute where they say so or it is recorded the
        same day, else at the beginning of that day.
        """
        recorded, entry = self.at.astimezone(zone), self.entry
        if entry.happened_on is None and entry.happened_at is None:
            return recorded
        day = entry.happened_on or recorded.date()
        if entry.happened_at is None and day == recorded.date():
            return recorded
        return datetime.combine(day, entry.happened_at or time(), zone)

    def told(self, zone: ZoneInfo) -> datetime:
        """When the filer could know of it: at the record, unless staff state its delivery."""
        recorded = self.at.astimezone(zone)
        day = self.entry.delivered_on
        return recorded if day is None else datetime.combine(day, time(), zone)

    @property
    def party(self) -> Party:
        """Who acted."""
        return "filer" if self.act in get_args(FilerAct) else "organisation"

    @property
    def event(self) -> str | None:
        """The event of the policy that it records: by its id, or as an act of the same name."""
        return self.entry.event if self.act in ("event", "asked") else self.act

    @property
    def is_inside(self) -> bool:
        """Whether filers do not see it."""
        return self.act in INSIDE or self.entry.inside

    @property
    def answers(self) -> bool:
        """Whether it tells the filer what becomes of the filing, and so ends a round."""
        return self.act in ("decision", "not_accepted")


def case_acts(events: Iterable[CaseEvent]) -> tuple[CaseAct, ...]:
    """The acts among the events of a case that stand, in the same order.

    An entry that was taken back counts for nothing; that it was is an act of its own.
    """
    recorded = recorded_acts(events)
    over = corrections(recorded)
    return tuple(act for act in recorded if act.act == "corrected" or act.at not in over)


def corrections(recorded: Iterable[CaseAct]) -> Mapping[datetime, CaseAct]:
    """The acts that took others back, by when what they took back was recorded."""
    return {act.entry.corrects: act for act in recorded if act.entry.corrects is not None}


def recorded_acts(events: Iterable[CaseEvent]) -> tuple[CaseAct, ...]:
    """All acts among the events of a case in the same order, those that were taken back, too."""
    return tuple(
        CaseAct(event.at, event.type, ActDetails.model_validate_json(event.detail))
        for event in events
        if is_act(event.type)
    )


def case_files(case: Case, events: Iterable[CaseEvent]) -> tuple[Attachment, ...]:
    """All files of the case: those filed, then those sent with acts, taken back or not."""
    return (*case.attachments, *(file for event in events for file in files_of(event)))


def files_of(event: CaseEvent) -> tuple[Attachment, ...]:
    """The files that were sent with an act."""
    return ActDetails.model_validate_json(event.detail).files if is_act(event.type) else ()


def act_event(act: FilerAct | StaffAct, entry: ActDetails, at: datetime) -> CaseEvent:
    """The event that records an act."""
    return CaseEvent(at=at, type=act, detail=entry.model_dump_json(exclude_defaults=True))


def act_key(key: bytes, act: FilerAct | StaffAct, entry: ActDetails, day: date) -> str:
    """The idempotency key of an act: the same content on the same day gives the same key.

    Files count by their content: each upload has an id of its own. Keyed with OMBUD_KEY (`key`), so
    that nobody else can find the content by guessing.
    """
    files = tuple(file.model_copy(update={"id": file.sha256[:32]}) for file in entry.files)
    alike = entry.model_copy(update={"files": files}) if files else entry
    content = f"{act}\0{day}\0{alike.model_dump_json()}"
    return f"{act}:{keyed(key, 'entry', content)[:32]}"


_PERSONAL: Mapping[str, object] = {
    **dict.fromkeys(
        ("text", "delivered_how", "remedy", "clause", "owner", "person", "mark", "once"), ""
    ),
    **dict.fromkeys(("to_person", "barred")),
    "files": (),
}
"""The details that people wrote or that stand for a person, each with its empty value."""


def without_words(event: CaseEvent) -> CaseEvent:
    """The event with its dates and limits, without any text that a person wrote, and no person."""
    if is_act(event.type):
        entry = ActDetails.model_validate_json(event.detail)
        detail = entry.model_copy(update=_PERSONAL).model_dump_json(exclude_defaults=True)
    else:
        detail = event.detail.partition(":")[0]
    return event.model_copy(update={"detail": detail})


def case_state(happened: Iterable[CaseAct]) -> CaseState:
    """The state of the case after these acts; a withdrawn case stays withdrawn."""
    state: CaseState = "received"
    for act in happened:
        match act.act:
            case "withdrawn":
                return "withdrawn"
            case "acknowledged" if state == "received":
                state = "acknowledged"
            case (
                "registered"
                | "classified"
                | "forwarded"
                | "event"
                | "done"
                | "read_back"
                | "accepted"
                | "asked"
                | "extended"
                | "referred"
            ) if state in ("received", "acknowledged"):
                state = "handling"
            case "decision" | "not_accepted":
                state = "answered"
            case "review_requested":
                state = "review"
            case "closed":
                state = "closed"
    return state


def is_act(type_: EventType) -> TypeGuard[FilerAct | StaffAct]:
    """Whether a filer or staff did it; mails, scans and the sweep are no acts."""
    return type_ in (*get_args(FilerAct), *get_args(StaffAct))


def scan_states(case: Case, events: Iterable[CaseEvent]) -> Mapping[str, ScanState]:
    """The scan state of each file of the case, by file id."""
    listed = tuple(events)
    states: dict[str, ScanState] = {file.id: "waiting" for file in case_files(case, listed)}
    for event in listed:
        match event.type:
            case "file_cleared":
                states[event.detail] = "cleared"
            case "file_infected":
                states[event.detail.partition(" ")[0]] = "infected"
    return states


def is_waiting(happened: Iterable[CaseAct]) -> bool:
    """Whether staff asked the filer for something that the filer has not sent yet."""
    waiting = False
    for act in happened:
        if act.act == "asked":
            waiting = True
        elif act.party == "filer" or act.answers or act.act == "closed":
            waiting = False
    return waiting


def requested_review(happened: Iterable[CaseAct]) -> int | None:
    """The index of the review that was asked for last, among the kind's reviews."""
    requests = [act.entry.review for act in happened if act.act == "review_requested"]
    return requests[-1] if requests else None


def standing_answer(happened: Iterable[CaseAct]) -> CaseAct | None:
    """The last answer; None before it, after a request for its review, and after a withdrawal."""
    answer: CaseAct | None = None
    for act in happened:
        if act.act == "withdrawn":
            return None
        if act.answers or act.act == "review_requested":
            answer = act if act.answers else None
    return answer


def said_satisfaction(happened: Iterable[CaseAct]) -> CaseAct | None:
    """What the filer said of the last answer; None before that."""
    said: CaseAct | None = None
    for act in happened:
        if act.answers or act.act == "satisfaction":
            said = None if act.answers else act
    return said
