"""The fixed terms of a contract: units, events, parties, kinds, fields and acts."""

from typing import Literal

Unit = Literal["minute", "hour", "day", "working_day", "week", "month", "year", "term"]
"""`day` is a calendar day; `working_day` skips weekends and holidays and heeds 调休. A `term` of a
school has no dates here: it only counts how often something is done."""

Event = Literal[
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

Party = Literal["organisation", "filer"]

FilerAct = Literal["information", "withdrawn", "review_requested"]
"""What a filer does after filing: adds information, withdraws, requests the internal review."""

StaffAct = Literal[
    "message", "acknowledged", "registered", "classified", "forwarded", "done", "decision", "closed"
]
"""What staff record. `classified` gives the case a level. `done` only declares that time limits
were kept. `decision` is any answer that
ends a round, including a second answer and the answer to an appeal."""

KindId = Literal[
    "complaint", "appeal", "dispute", "objection", "grievance", "suggestion", "feedback"
]

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
]

Input = Literal[
    "text", "multiline", "lines", "email", "phone", "plate", "date", "choice", "consent"
]
"""`lines` is a list with one entry per line."""
