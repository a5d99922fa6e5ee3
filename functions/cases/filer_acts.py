"""Records acts of the filer: adds information, withdraws, requests the internal review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from functions.cases.notifications import of_filer_act
from functions.cases.open_case import current_calendar
from functions.cases.ports.ports import Ports
from functions.model.acts import MOST_A_DAY, ActProblem
from functions.model.answers.submission import clean
from functions.model.case_log import LONGEST_TEXT, ActDetails, act_event, act_key
from functions.model.contract.terms import FilerAct
from functions.views.case_file import CaseFile

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ActRefused:
    """The act was not recorded, for these problems."""

    problems: tuple[ActProblem, ...]


@dataclass(frozen=True)
class ActRecorded:
    """The act is recorded, now or by an earlier request (`repeated`)."""

    repeated: bool


def follow_up(
    file: CaseFile, act: FilerAct, fields: Mapping[str, str], ports: Ports
) -> ActRecorded | ActRefused:
    """Records an act of the filer once, with the mails that tell staff and confirm it.

    Raises ContractError, StoreError.
    """
    text = clean(fields.get("text", ""))
    if problems := _find_problems(file, act, text, fields, ports):
        return ActRefused(problems)
    now = ports.now()
    calendar, _ = current_calendar(file.contract, ports)
    details, key = ActDetails(text=text, calendar=calendar), ""
    match act:
        case "information":
            key = act_key(ports.key, act, details, file.today)
        case "withdrawn":
            key = act
        case "review_requested":
            review = file.progress.review
            assert review is not None, "_find_problems refuses it without an open review"
            details = details.model_copy(update={"review": review.index, "late": review.late})
            key = f"{act}:{review.index}"
    mails = of_filer_act(file.case, act, key, ports)
    added = ports.store.add_event(file.case.reference, act_event(act, details, now), mails, key)
    return ActRecorded(repeated=not added)


def _find_problems(
    file: CaseFile, act: FilerAct, text: str, fields: Mapping[str, str], ports: Ports
) -> tuple[ActProblem, ...]:
    if file.progress.state == "withdrawn" and act == "withdrawn":
        return ()
    problems: list[ActProblem] = []
    review = file.progress.review
    name = f"review-{review.index}-text" if review and act == "review_requested" else f"{act}-text"
    if act == "information" and not text:
        problems.append(ActProblem(name, "words"))
    if len(text) > LONGEST_TEXT:
        problems.append(ActProblem(name, "longer"))
    if act == "withdrawn" and fields.get("confirm") != "yes":
        problems.append(ActProblem("confirm", "confirm"))
    if act == "review_requested" and not _may_request_review(file, fields):
        problems.append(ActProblem("reviews", "not_open"))
    if crowded(file, "filer", ports):
        problems.append(ActProblem(name, "too_many"))
    return tuple(problems)


def _may_request_review(file: CaseFile, fields: Mapping[str, str]) -> bool:
    review = file.progress.review
    return review is not None and fields.get("review", str(review.index)) == str(review.index)


def crowded(file: CaseFile, party: str, ports: Ports) -> bool:
    """Whether the party has recorded MOST_A_DAY acts in the last 24 hours."""
    since = ports.now() - _DAY
    recent = [act for act in file.progress.happened if act.party == party and act.at > since]
    return len(recent) >= MOST_A_DAY
