"""The vocabularies of a contract: units, events, parties, kinds, fields and acts."""

from typing import Literal

Unit = Literal["minute", "hour", "day", "working_day", "month", "year"]
"""`day` is a calendar day; `working_day` skips weekends and holidays, 调休 included."""

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
"""What a time limit runs from; only `received` is known when a filing arrives.

`unstated` is a limit whose clause names no start: an organisation's is counted from receipt, a
filer's has no last day.
"""

Party = Literal["organisation", "filer"]

FilerAct = Literal["information", "withdrawn", "review_requested"]
"""What a filer does after filing: adds words, withdraws, asks for the review inside."""

StaffAct = Literal[
    "message", "acknowledged", "registered", "forwarded", "done", "decision", "closed"
]
"""What staff record. `done` says of time limits alone that they were kept; `decision` is every
answer that ends a round, a second answer and the one to an appeal included."""

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
"""`lines` is a list, one entry a line."""
