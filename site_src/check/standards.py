"""Lists what the standards require of a procedure, element by element, in our own words.

The numbers are those of ISO/IEC 17025:2017, ISO/IEC 17065:2012, ISO/IEC 17024:2012 and
ISO 10002:2018, which GB/T 19012-2019 adopts; the standards' text is not repeated here.
They were written from memory; docs/conformance-sources.md says which a public text confirms.
"""

from site_src.bilingual import Bilingual
from site_src.check.requirement import ASKED, Need, Requirement, Term
from site_src.policy.terms import Standard

TITLES: dict[Standard, str] = {
    "iso-iec-17025": "ISO/IEC 17025:2017",
    "iso-iec-17065": "ISO/IEC 17065:2012",
    "iso-iec-17024": "ISO/IEC 17024:2012",
    "gb-t-19012": "GB/T 19012-2019 (ISO 10002:2018)",
}

_RECEIVES = Need(acts=("receive", "register"))
_CHECKS_SCOPE = Need(acts=("accept",))
_VALIDATES = Need(acts=("validate",))
_INVESTIGATES = Need(acts=("investigate",))
_EVALUATES = Need(acts=("accept", "validate", "classify", "investigate"))
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


def _require_for_both(element: str, asks: str, *needs: Need) -> tuple[Requirement, Requirement]:
    """The same requirement for complaints and for appeals."""
    return _require("complaint", element, asks, *needs), _require("appeal", element, asks, *needs)


def _require(about: Term, element: str, asks: str, *needs: Need) -> Requirement:
    return Requirement(element, about, Bilingual(asks, ASKED[asks]), needs)


def _process(about: Term, element: str) -> tuple[Requirement, ...]:
    """The elements and methods that ISO/IEC 17025 and 17024 list under a), b) and c)."""
    return (
        _require(about, f"{element} a (1)", "Describes how it is received", _RECEIVES),
        _require(about, f"{element} a (2)", "Describes how it is validated", _VALIDATES),
        _require(about, f"{element} a (3)", "Describes how it is investigated", _INVESTIGATES),
        _require(
            about, f"{element} a (4)", "Describes how the response to it is decided", _DECIDES
        ),
    )


_17025 = (
    _require(
        "complaint",
        "7.9.1",
        "Receives, evaluates and decides on it",
        _RECEIVES,
        _EVALUATES,
        _DECIDES,
    ),
    _require("complaint", "7.9.2 (1)", "Gives a description to anyone concerned", _PUBLIC),
    _require(
        "complaint", "7.9.2 (2)", "Determines whether it concerns its own work", _CHECKS_SCOPE
    ),
    _require("complaint", "7.9.2 (3)", "Is responsible for decisions at every level", _DECIDES),
    *_process("complaint", "7.9.3"),
    _require("complaint", "7.9.3 b (1)", "Tracks it", _TRACKS),
    _require(
        "complaint", "7.9.3 b (2)", "Keeps records of it and of what was done about it", _RECORDS
    ),
    _require("complaint", "7.9.3 c", "Ensures that the right action is taken", _ACTS),
    _require("complaint", "7.9.4", "Gathers and verifies the facts itself", _INVESTIGATES),
    _require("complaint", "7.9.5 (1)", "Where possible, acknowledges receipt", _ACKNOWLEDGES),
    _require("complaint", "7.9.5 (2)", "Where possible, reports progress", _PROGRESS),
    _require("complaint", "7.9.5 (3)", "Where possible, reports the outcome", _ANSWERS),
    _require("complaint", "7.9.6", "Lets people who are not involved settle the outcome", _RECUSAL),
    _require("complaint", "7.9.7", "Where possible, gives formal notice of the end", _NOTIFIES),
)

_17065 = (
    *_require_for_both(
        "7.13.1 (1)", "Receives, evaluates and decides on it", _RECEIVES, _EVALUATES, _DECIDES
    ),
    *_require_for_both("7.13.1 (2)", "Keeps records of it", _RECORDS),
    *_require_for_both("7.13.1 (3)", "Tracks it", _TRACKS),
    *_require_for_both(
        "7.13.2", "Determines whether it concerns its own certification", _CHECKS_SCOPE
    ),
    *_require_for_both("7.13.3", "Acknowledges receipt", _ACKNOWLEDGES),
    *_require_for_both("7.13.4", "Gathers and verifies the facts for a decision", _INVESTIGATES),
    *_require_for_both("7.13.5", "Lets people who are not involved decide or approve it", _RECUSAL),
    *_require_for_both(
        "7.13.6",
        "Excludes for two years anyone who advised or worked for the client",
        Need(topics=("recusal",), years=2),
    ),
    _require("complaint", "7.13.7", "Gives formal notice of the outcome and the end", _NOTIFIES),
    _require("appeal", "7.13.8", "Gives formal notice of the outcome and the end", _NOTIFIES),
    *_require_for_both("7.13.9", "Takes the action that resolves it", _ACTS),
)

_17024 = (
    _require(
        "appeal", "9.8.1", "Receives, evaluates and decides on it", _RECEIVES, _EVALUATES, _DECIDES
    ),
    *_process("appeal", "9.8.1"),
    _require("appeal", "9.8.1 a (5)", "Considers earlier similar cases", Need(acts=("analyse",))),
    _require("appeal", "9.8.1 b (1)", "Tracks it", _TRACKS),
    _require("appeal", "9.8.1 b (2)", "Keeps records of it", _RECORDS),
    _require("appeal", "9.8.1 c", "Ensures that corrective action is taken", _CORRECTS),
    _require("appeal", "9.8.2", "Is constructive, impartial and timely", _PRINCIPLE),
    _require("appeal", "9.8.3", "Publishes a description", _PUBLIC),
    _require("appeal", "9.8.4 (1)", "Is responsible for decisions at every level", _DECIDES),
    _require("appeal", "9.8.4 (2)", "Lets people who are not involved decide it", _RECUSAL),
    _require("appeal", "9.8.5", "Does not discriminate against the appellant", _FAIR),
    _require("appeal", "9.8.6 (1)", "Acknowledges receipt", _ACKNOWLEDGES),
    _require("appeal", "9.8.6 (2)", "Reports progress", _PROGRESS),
    _require("appeal", "9.8.6 (3)", "Reports the outcome", _ANSWERS),
    _require("appeal", "9.8.6 (4)", "Gives formal notice of the end", _NOTIFIES),
    _require(
        "complaint",
        "9.9.1",
        "Receives, evaluates and decides on it",
        _RECEIVES,
        _EVALUATES,
        _DECIDES,
    ),
    _require("complaint", "9.9.2 (1)", "Publishes a description", _PUBLIC),
    _require("complaint", "9.9.2 (2)", "Treats all parties fairly", _PRINCIPLE),
    _require("complaint", "9.9.3", "Is constructive, impartial and timely", _PRINCIPLE),
    *_process("complaint", "9.9.3"),
    _require("complaint", "9.9.3 b (1)", "Tracks it", _TRACKS),
    _require("complaint", "9.9.3 b (2)", "Keeps records of it", _RECORDS),
    _require("complaint", "9.9.3 c", "Ensures that corrective action is taken", _CORRECTS),
    _require(
        "complaint", "9.9.4", "Determines whether it concerns its own certification", _CHECKS_SCOPE
    ),
    _require("complaint", "9.9.5 (1)", "Acknowledges receipt", _ACKNOWLEDGES),
    _require("complaint", "9.9.5 (2)", "Reports progress", _PROGRESS),
    _require("complaint", "9.9.5 (3)", "Reports the outcome", _ANSWERS),
    _require("complaint", "9.9.6", "Gathers and verifies the facts itself", _INVESTIGATES),
    _require("complaint", "9.9.7", "Gives formal notice of the end", _NOTIFIES),
    _require("complaint", "9.9.8", "Informs the certified person of it", Need(acts=("refer",))),
)

_19012 = (
    _require("complaint", "4.4", "Is transparent: publishes how and where to complain", _PUBLIC),
    _require(
        "complaint",
        "4.5",
        "Is easy to reach",
        Need(topics=("on_duty",), lists=("channels",)),
    ),
    _require("complaint", "4.6", "Responds to people's needs", Need(topics=("conduct", "remedy"))),
    _require("complaint", "4.7", "Is objective", Need(topics=("recusal", "no_discrimination"))),
    _require(
        "complaint",
        "4.8",
        "Says what complaining costs: it should be free",
        Need(topics=("cost",), lists=("fees",)),
    ),
    _require("complaint", "4.9", "Records correctly and completely", Need(topics=("read_back",))),
    _require("complaint", "4.10", "Is confidential", Need(topics=("confidentiality",))),
    _require(
        "complaint",
        "4.12",
        "Says who is accountable",
        Need(acts=("decide", "approve"), topics=("appraisal",)),
    ),
    _require("complaint", "4.13", "Uses what it learns to improve", _IMPROVES),
    _require(
        "complaint", "4.15", "Is timely: sets time limits for the handling", Need(limited=True)
    ),
    _require("complaint", "7.1", "Tells customers how to complain and what follows", _PUBLIC),
    _require("complaint", "7.2", "Registers each complaint", Need(acts=("register",))),
    _require("complaint", "7.3", "Tracks it from beginning to end", _TRACKS),
    _require("complaint", "7.4", "Acknowledges receipt", _ACKNOWLEDGES),
    _require(
        "complaint",
        "7.5",
        "Assesses first how serious it is",
        Need(acts=("accept", "validate", "classify"), lists=("levels",)),
    ),
    _require("complaint", "7.6", "Investigates", _INVESTIGATES),
    _require(
        "complaint",
        "7.7",
        "Offers a response, such as a remedy",
        Need(acts=("decide", "carry_out", "correct"), topics=("remedy",)),
    ),
    _require("complaint", "7.8", "Tells the complainant the decision", _ANSWERS),
    _require("complaint", "7.9 (1)", "Carries out what was agreed", _ACTS),
    _require(
        "complaint", "7.9 (2)", "Says where the complainant can go next", Need(lists=("reviews",))
    ),
    _require("complaint", "8.1", "Keeps records", Need(acts=("file",), topics=("record",))),
    _require(
        "complaint", "8.2", "Analyses complaints", Need(acts=("analyse",), topics=("analysis",))
    ),
    _require(
        "complaint",
        "8.3",
        "Asks how satisfied people are with the handling",
        Need(acts=("follow_up",), topics=("follow_up",)),
    ),
    _require("complaint", "8.7", "Uses complaints to improve", _IMPROVES),
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
"""The elements whose number and subject a public text confirms, with those numbered below them."""

WITHDRAWN: dict[Standard, Bilingual] = {
    "iso-iec-17024": Bilingual(
        "ISO/IEC 17024:2012 is withdrawn and replaced by ISO/IEC 17024:2026, published on "
        "1 April 2026; this report measures against the 2012 edition: "
        "see docs/conformance-sources.md",
        "ISO/IEC 17024:2012 已废止，由 2026 年 4 月 1 日发布的 ISO/IEC 17024:2026 代替；"
        "本报告对照的是 2012 版，见 docs/conformance-sources.md",
    ),
}
"""What the report says of a standard whose measured edition is withdrawn."""


def is_confirmed(standard: Standard, element: str) -> bool:
    """Whether a public text confirms the element; 9.8.1 does not cover `9.8.1 a (1)`."""
    return any(
        element == number or element.startswith(f"{number}.") for number in CONFIRMED[standard]
    )
