"""What the standards ask of a procedure, element by element, in our own words.

The numbers are those of ISO/IEC 17025:2017, ISO/IEC 17065:2012, ISO/IEC 17024:2012 and
ISO 10002:2018, which GB/T 19012-2019 adopts; the standards' text is not repeated here.
They were written from memory, and docs/conformance-sources.md says which a public text confirms.
"""

from site_src.check.requirement import Need, Requirement, Term
from site_src.policy.terms import Standard

TITLES: dict[Standard, str] = {
    "iso-iec-17025": "ISO/IEC 17025:2017",
    "iso-iec-17065": "ISO/IEC 17065:2012",
    "iso-iec-17024": "ISO/IEC 17024:2012",
    "gb-t-19012": "GB/T 19012-2019 (ISO 10002:2018)",
}

_TAKES = Need(acts=("receive", "register"))
_OURS = Need(acts=("accept",))
_VALIDATES = Need(acts=("validate",))
_INVESTIGATES = Need(acts=("investigate",))
_WEIGHS = Need(acts=("accept", "validate", "classify", "investigate"))
_DECIDES = Need(acts=("decide", "approve"))
_RECORDS = Need(acts=("register", "file"))
_TRACKS = Need(acts=("track",))
_ACTS = Need(acts=("carry_out", "correct"))
_CORRECTS = Need(acts=("correct",))
_ACKNOWLEDGES = Need(acts=("acknowledge",))
_PROGRESS = Need(acts=("progress",))
_ANSWERS = Need(acts=("answer", "notify"))
_NOTIFIES = Need(acts=("notify",))
_RECUSAL = Need(topics=("recusal",))
_PRINCIPLE = Need(topics=("principle",))
_PUBLIC = Need(acts=("publish",), topics=("publication",))
_IMPROVES = Need(acts=("correct", "prevent"), topics=("improvement",))
_FAIR = Need(topics=("no_discrimination", "no_retaliation"))


def _both(element: str, asks: str, *needs: Need) -> tuple[Requirement, Requirement]:
    """One requirement for complaints and for appeals."""
    return _one("complaint", element, asks, *needs), _one("appeal", element, asks, *needs)


def _one(about: Term, element: str, asks: str, *needs: Need) -> Requirement:
    return Requirement(element, about, asks, needs)


def _process(about: Term, element: str) -> tuple[Requirement, ...]:
    """The elements and methods that ISO/IEC 17025 and 17024 list under a), b) and c)."""
    return (
        _one(about, f"{element} a (1)", "Says how it is taken", _TAKES),
        _one(about, f"{element} a (2)", "Says how it is validated", _VALIDATES),
        _one(about, f"{element} a (3)", "Says how it is investigated", _INVESTIGATES),
        _one(about, f"{element} a (4)", "Says how it is decided what to do", _DECIDES),
    )


_17025 = (
    _one("complaint", "7.9.1", "Has it taken, weighed and decided", _TAKES, _WEIGHS, _DECIDES),
    _one("complaint", "7.9.2 (1)", "Lets anyone concerned have a description", _PUBLIC),
    _one("complaint", "7.9.2 (2)", "Finds out whether it is about its own work", _OURS),
    _one("complaint", "7.9.2 (3)", "Answers for the decisions at every level", _DECIDES),
    *_process("complaint", "7.9.3"),
    _one("complaint", "7.9.3 b (1)", "Tracks it", _TRACKS),
    _one("complaint", "7.9.3 b (2)", "Records it and what was done about it", _RECORDS),
    _one("complaint", "7.9.3 c", "Sees that the right action is taken", _ACTS),
    _one("complaint", "7.9.4", "Gathers and verifies what is needed itself", _INVESTIGATES),
    _one("complaint", "7.9.5 (1)", "Where possible, acknowledges receipt", _ACKNOWLEDGES),
    _one("complaint", "7.9.5 (2)", "Where possible, reports progress", _PROGRESS),
    _one("complaint", "7.9.5 (3)", "Where possible, tells the outcome", _ANSWERS),
    _one("complaint", "7.9.6", "Has the outcome settled by people not involved", _RECUSAL),
    _one("complaint", "7.9.7", "Where possible, gives formal notice of the end", _NOTIFIES),
)

_17065 = (
    *_both("7.13.1 (1)", "Has it taken, weighed and decided", _TAKES, _WEIGHS, _DECIDES),
    *_both("7.13.1 (2)", "Keeps a record of it", _RECORDS),
    *_both("7.13.1 (3)", "Tracks it", _TRACKS),
    *_both("7.13.2", "Finds out whether it is about its own certification", _OURS),
    *_both("7.13.3", "Acknowledges receipt", _ACKNOWLEDGES),
    *_both("7.13.4", "Gathers and verifies what a decision needs", _INVESTIGATES),
    *_both("7.13.5", "Has it decided or approved by people not involved", _RECUSAL),
    *_both(
        "7.13.6",
        "Keeps out for two years whoever advised or worked for the client",
        Need(topics=("recusal",), years=2),
    ),
    _one("complaint", "7.13.7", "Gives formal notice of outcome and end", _NOTIFIES),
    _one("appeal", "7.13.8", "Gives formal notice of outcome and end", _NOTIFIES),
    *_both("7.13.9", "Takes the action that resolves it", _ACTS),
)

_17024 = (
    _one("appeal", "9.8.1", "Has it taken, weighed and decided", _TAKES, _WEIGHS, _DECIDES),
    *_process("appeal", "9.8.1"),
    _one("appeal", "9.8.1 a (5)", "Considers earlier similar cases", Need(acts=("analyse",))),
    _one("appeal", "9.8.1 b (1)", "Tracks it", _TRACKS),
    _one("appeal", "9.8.1 b (2)", "Keeps a record of it", _RECORDS),
    _one("appeal", "9.8.1 c", "Sees that corrective action is taken", _CORRECTS),
    _one("appeal", "9.8.2", "Is constructive, impartial and in time", _PRINCIPLE),
    _one("appeal", "9.8.3", "Publishes a description", _PUBLIC),
    _one("appeal", "9.8.4 (1)", "Answers for the decisions at every level", _DECIDES),
    _one("appeal", "9.8.4 (2)", "Has it decided by people not involved", _RECUSAL),
    _one("appeal", "9.8.5", "Discriminates against nobody for it", _FAIR),
    _one("appeal", "9.8.6 (1)", "Acknowledges receipt", _ACKNOWLEDGES),
    _one("appeal", "9.8.6 (2)", "Reports progress", _PROGRESS),
    _one("appeal", "9.8.6 (3)", "Tells the outcome", _ANSWERS),
    _one("appeal", "9.8.6 (4)", "Gives formal notice of the end", _NOTIFIES),
    _one("complaint", "9.9.1", "Has it taken, weighed and decided", _TAKES, _WEIGHS, _DECIDES),
    _one("complaint", "9.9.2 (1)", "Publishes a description", _PUBLIC),
    _one("complaint", "9.9.2 (2)", "Treats all parties fairly", _PRINCIPLE),
    _one("complaint", "9.9.3", "Is constructive, impartial and in time", _PRINCIPLE),
    *_process("complaint", "9.9.3"),
    _one("complaint", "9.9.3 b (1)", "Tracks it", _TRACKS),
    _one("complaint", "9.9.3 b (2)", "Keeps a record of it", _RECORDS),
    _one("complaint", "9.9.3 c", "Sees that corrective action is taken", _CORRECTS),
    _one("complaint", "9.9.4", "Finds out whether it is about its own certification", _OURS),
    _one("complaint", "9.9.5 (1)", "Acknowledges receipt", _ACKNOWLEDGES),
    _one("complaint", "9.9.5 (2)", "Reports progress", _PROGRESS),
    _one("complaint", "9.9.5 (3)", "Tells the outcome", _ANSWERS),
    _one("complaint", "9.9.6", "Gathers and verifies what is needed itself", _INVESTIGATES),
    _one("complaint", "9.9.7", "Gives formal notice of the end", _NOTIFIES),
    _one("complaint", "9.9.8", "Tells the certified person of it", Need(acts=("refer",))),
)

_19012 = (
    _one("complaint", "4.4", "Is transparent: makes known how and where to complain", _PUBLIC),
    _one(
        "complaint",
        "4.5",
        "Is easy to reach",
        Need(topics=("on_duty",), lists=("channels",)),
    ),
    _one("complaint", "4.6", "Heeds what people need", Need(topics=("conduct", "remedy"))),
    _one("complaint", "4.7", "Is objective", Need(topics=("recusal", "no_discrimination"))),
    _one(
        "complaint", "4.8", "Says what complaining costs: it should be free", Need(topics=("cost",))
    ),
    _one("complaint", "4.9", "Records correctly and completely", Need(topics=("read_back",))),
    _one("complaint", "4.10", "Is confidential", Need(topics=("confidentiality",))),
    _one(
        "complaint",
        "4.12",
        "Says who answers for it",
        Need(acts=("decide", "approve"), topics=("appraisal",)),
    ),
    _one("complaint", "4.13", "Improves by what it learns", _IMPROVES),
    _one("complaint", "4.15", "Is timely: sets times for the handling", Need(limited=True)),
    _one("complaint", "7.1", "Tells customers how a complaint is made and handled", _PUBLIC),
    _one("complaint", "7.2", "Registers each complaint", Need(acts=("register",))),
    _one("complaint", "7.3", "Tracks it from beginning to end", _TRACKS),
    _one("complaint", "7.4", "Acknowledges receipt", _ACKNOWLEDGES),
    _one(
        "complaint",
        "7.5",
        "Finds at first how serious it is",
        Need(acts=("accept", "validate", "classify"), lists=("levels",)),
    ),
    _one("complaint", "7.6", "Investigates", _INVESTIGATES),
    _one(
        "complaint",
        "7.7",
        "Offers a response, such as a remedy",
        Need(acts=("decide", "carry_out", "correct"), topics=("remedy",)),
    ),
    _one("complaint", "7.8", "Tells whoever complained the decision", _ANSWERS),
    _one("complaint", "7.9 (1)", "Carries out what was agreed", _ACTS),
    _one("complaint", "7.9 (2)", "Says where to go next", Need(lists=("reviews",))),
    _one("complaint", "8.1", "Keeps records", Need(acts=("file",), topics=("record",))),
    _one("complaint", "8.2", "Analyses complaints", Need(acts=("analyse",), topics=("analysis",))),
    _one(
        "complaint",
        "8.3",
        "Asks how satisfied people are with the handling",
        Need(acts=("follow_up",), topics=("follow_up",)),
    ),
    _one("complaint", "8.7", "Improves by it", _IMPROVES),
)

REQUIREMENTS: dict[Standard, tuple[Requirement, ...]] = {
    "iso-iec-17025": _17025,
    "iso-iec-17065": _17065,
    "iso-iec-17024": _17024,
    "gb-t-19012": _19012,
}

CONFIRMED: dict[Standard, tuple[str, ...]] = {
    "iso-iec-17025": ("7.9",),
    "iso-iec-17065": ("7.13.5", "7.13.6"),
    "iso-iec-17024": ("9.8.1",),
    "gb-t-19012": ("4.4", "4.5", "4.7", "4.8", "4.9", "4.10", "4.12", "4.13", "4.15"),
}
"""The elements whose number and subject a public text confirms, with those numbered below."""


def is_confirmed(standard: Standard, element: str) -> bool:
    """Whether a public text confirms the element; 9.8.1 says nothing of `9.8.1 a (1)`."""
    return any(
        element == number or element.startswith(f"{number}.") for number in CONFIRMED[standard]
    )
