"""The fixed terms of a contract: units, events, parties, kinds, fields and acts."""

from typing import Annotated, Literal, get_args

from pydantic import StringConstraints

Unit = Literal["minute", "hour", "day", "working_day", "week", "month", "year", "term"]
"""`day` is a calendar day; `working_day` skips weekends and holidays and heeds 调休; a `term` of a
school is the unit of frequencies only."""

CLOCK_UNITS: tuple[Unit, ...] = ("minute", "hour")
"""Counted on the clock, so that the moment of an act matters and not only its day."""

SMALLEST: dict[Unit, tuple[int, Unit]] = {
    "minute": (1, "minute"),
    "hour": (60, "minute"),
    "day": (1, "day"),
    "working_day": (1, "working_day"),
    "week": (7, "day"),
    "month": (1, "month"),
    "year": (12, "month"),
    "term": (1, "term"),
}
"""How many of the smallest unit that is counted alike each unit has."""

BuiltInEvent = Literal[
    "received",
    "decision",
    "report",
    "registered",
    "forwarded",
    "dissatisfied",
    "answered_again",
    "appealed",
    "ruling",
    "each_period",
    "unstated",
]
"""What a time limit runs from; when a filing arrives, only `received` is sure to be known.

`unstated` is a limit whose clause names no start: an organisation's is counted from receipt, a
filer's has no last day.
"""

BUILT_IN: tuple[BuiltInEvent, ...] = get_args(BuiltInEvent)
"""The events that every procedure may use without naming them."""

Event = str
"""A built-in event, or the id of one that the policy names."""

RecordedBy = Literal["staff", "filer", "authority"]
"""Who says when a named event happened; the form asks a filer for the date."""

MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year, `09-30`."""

Party = Literal["organisation", "filer", "authority", "respondent"]
"""Whose a time limit is. What an outside authority or a person complained of must do is shown as
theirs and is never overdue here."""

Modal = Literal["must", "may", "unsaid"]
"""What a clause says of an act: that somebody is bound to it, is free to do it, or neither."""

FilerAct = Literal["information", "withdrawn", "review_requested", "satisfaction"]
"""What a filer does after filing: adds information, withdraws, requests the internal review, says
whether they are satisfied."""

StaffAct = Literal[
    "message",
    "acknowledged",
    "registered",
    "classified",
    "forwarded",
    "event",
    "done",
    "decision",
    "closed",
    "read_back",
    "accepted",
    "not_accepted",
    "told",
    "asked",
    "extended",
    "proposed",
    "approved",
    "returned",
    "referred",
    "note",
    "measure",
    "recused",
    "corrected",
]
"""What staff record. `classified` gives the case a level, `forwarded` hands it on to a role or a
person, and `told` tells roles that must know of it. `event` is one that the policy names. `done`
only declares that time limits were kept.

`read_back` says a filing back that was taken by word of mouth. `accepted` and `not_accepted` say
whether the organisation takes it on. `asked` asks the filer for something, `extended` makes a time
limit longer where a clause allows it, `referred` passes it on to another body. An answer that
another person must consent to is `proposed`, then `approved` or `returned`. `decision` is any
answer that ends a round, including a second answer and the answer to an appeal.

A `measure` corrects or prevents a cause. `recused` keeps a person from the case. `corrected` takes
an earlier entry back, which stays in the log."""

INSIDE: frozenset[str] = frozenset(
    ("told", "proposed", "approved", "returned", "note", "measure", "recused")
)
"""The acts of staff that filers do not see."""

Outcome = Literal["upheld", "partly_upheld", "not_upheld", "settled"]
"""What a decision says of a filing: it is justified, in part, not, or both sides agreed."""

KindId = Literal[
    "complaint",
    "appeal",
    "dispute",
    "objection",
    "grievance",
    "request",
    "suggestion",
    "feedback",
]
"""A `request` asks for something that the filer has a right to, such as a copy of their data."""

FieldName = Literal[
    "name",
    "acting_for",
    "represented",
    "capacity",
    "relation",
    "email",
    "phone",
    "address",
    "plate",
    "category",
    "decision",
    "decided_on",
    "account",
    "happened_on",
    "remedy",
    "involved",
    "signature",
    "consent",
    "sensitive_consent",
    "branch",
    "representative",
]

EVENT_FIELD = "event."
"""Prefix of the form fields that ask when a named event happened; the event's id follows."""

EventField = Annotated[str, StringConstraints(pattern=r"^event\.[a-z0-9][a-z0-9-]*$")]

Input = Literal[
    "text", "multiline", "lines", "email", "phone", "plate", "date", "choice", "consent"
]
"""`lines` is a list with one entry per line."""
