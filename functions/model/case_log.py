"""What the filer and the organisation did and said on a case, one after another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Literal, TypeGuard, get_args
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.model.attachment import ScanState
from functions.model.case import Case, CaseEvent, EventType
from functions.model.contract.terms import FilerAct, Party, StaffAct
from functions.model.derived_keys import keyed
from functions.model.frozen import Frozen
from functions.model.text import Text

LONGEST_TEXT = 5000
"""Characters of one entry: some 15 KB, far below the 400 KB of an item in DynamoDB."""

CaseState = Literal[
    "received", "acknowledged", "handling", "answered", "review", "closed", "withdrawn"
]


class ActDetails(Frozen):
    """What somebody did: their words, the day it happened and what it amounts to.

    `role` acted for the organisation. `happened_on` and `happened_at`, the organisation's local
    time, are when staff say that it happened. `delivered_on` and `delivered_how` are when and how
    an answer reached the filer, where staff state it. `keeps` are the limits that this kept, by
    id; `review` is the place of the review that is asked for among those of the kind, `late` that
    its time was over. `calendar` is the digest of the days off that were known then.
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
    calendar: str | None = None


@dataclass(frozen=True)
class CaseAct:
    """An entry with when it was made and what it is."""

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
        """When the filer could know of it: when it was recorded, unless its delivery is stated."""
        recorded = self.at.astimezone(zone)
        day = self.entry.delivered_on
        return recorded if day is None else datetime.combine(day, time(), zone)

    @property
    def party(self) -> Party:
        """Who did it."""
        return "filer" if self.act in get_args(FilerAct) else "organisation"


def case_acts(events: Iterable[CaseEvent]) -> tuple[CaseAct, ...]:
    """What people did among the events of a case, oldest first."""
    return tuple(
        CaseAct(event.at, event.type, ActDetails.model_validate_json(event.detail))
        for event in events
        if _is_act(event.type)
    )


def act_event(act: FilerAct | StaffAct, entry: ActDetails, at: datetime) -> CaseEvent:
    """The event that records an entry."""
    return CaseEvent(at=at, type=act, detail=entry.model_dump_json(exclude_defaults=True))


def act_key(key: bytes, act: FilerAct | StaffAct, entry: ActDetails, day: date) -> str:
    """What makes a second click the same entry: the same content on the same day.

    Hashed with OMBUD_KEY, `key`, so that nobody else can try words.
    """
    content = f"{act}\0{day}\0{entry.model_dump_json()}"
    return f"{act}:{keyed(key, 'entry', content)[:32]}"


def without_words(event: CaseEvent) -> CaseEvent:
    """The event with what it says of dates and limits, and nothing that anybody wrote."""
    if _is_act(event.type):
        entry = ActDetails.model_validate_json(event.detail)
        detail = entry.model_copy(update={"text": "", "delivered_how": ""}).model_dump_json(
            exclude_defaults=True
        )
    else:
        detail = event.detail.partition(":")[0]
    return event.model_copy(update={"detail": detail})


def case_state(happened: Iterable[CaseAct]) -> CaseState:
    """Where the case stands after what happened; who has withdrawn stays withdrawn."""
    reached: CaseState = "received"
    for one in happened:
        match one.act:
            case "withdrawn":
                return "withdrawn"
            case "acknowledged" if reached == "received":
                reached = "acknowledged"
            case "registered" | "forwarded" | "done" if reached in ("received", "acknowledged"):
                reached = "handling"
            case "decision":
                reached = "answered"
            case "review_requested":
                reached = "review"
            case "closed":
                reached = "closed"
    return reached


def _is_act(type_: EventType) -> TypeGuard[FilerAct | StaffAct]:
    return type_ in (*get_args(FilerAct), *get_args(StaffAct))


def scan_states(case: Case, events: Iterable[CaseEvent]) -> Mapping[str, ScanState]:
    """The state of each file of the case, by its id."""
    states: dict[str, ScanState] = {one.id: "waiting" for one in case.attachments}
    for event in events:
        match event.type:
            case "file_cleared":
                states[event.detail] = "cleared"
            case "file_infected":
                states[event.detail.partition(" ")[0]] = "infected"
    return states
