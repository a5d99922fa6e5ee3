"""Records acts of the filer: adds information, withdraws, requests the internal review."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.cases.desk.index import record
from functions.cases.notifications import of_filer_act
from functions.cases.open_case import current_calendar
from functions.cases.ports.case_store import Spent
from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.cases.quotas import entries_of
from functions.model.acts import MOST_WORDS, ActProblem
from functions.model.answers.submission import clean
from functions.model.case_log import LONGEST_TEXT, ActDetails, act_event, act_key
from functions.model.contract.terms import FilerAct, Party
from functions.views.case_file import CaseFile


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
    if problems := _find_problems(file, act, text, fields):
        return ActRefused(problems)
    now, reference = ports.now(), file.case.reference
    calendar, _ = current_calendar(file.contract, ports)
    details, key = ActDetails(text=text, calendar=calendar), ""
    quotas: tuple[Quota, ...] = ()
    match act:
        case "information":
            key = act_key(ports.key, act, details, file.today)
            # A withdrawal and a request for a review are never kept back: they come once.
            quotas = entries_of(ports.key, reference, "filer", now)
        case "withdrawn":
            key = act
        case "review_requested":
            review = file.progress.review
            assert review is not None, "_find_problems refuses it without an open review"
            details = details.model_copy(update={"review": review.index, "late": review.late})
            key = f"{act}:{review.index}"
    mails = of_filer_act(file.case, act, key, ports)
    event = act_event(act, details, now)
    return act_outcome(
        record(file.case, event, mails, key, ports, quotas=quotas, summarised=False), f"{act}-text"
    )


def is_full(file: CaseFile, party: Party, text: str) -> bool:
    """Whether the page of the case could not show one more text of this party."""
    texts = (act.entry.text for act in file.progress.happened if act.party == party)
    return sum(map(len, texts)) + len(text) > MOST_WORDS


def act_outcome(added: bool | Spent, field: str) -> ActRecorded | ActRefused:
    """What became of an act that the store was given; `field` is where a refusal is shown."""
    if isinstance(added, Spent):
        return ActRefused((ActProblem(field, "too_many"),))
    return ActRecorded(repeated=not added)


def _find_problems(
    file: CaseFile, act: FilerAct, text: str, fields: Mapping[str, str]
) -> tuple[ActProblem, ...]:
    if file.progress.state == "withdrawn" and act == "withdrawn":
        return ()
    problems: list[ActProblem] = []
    review = file.progress.review
    name = f"review-{review.index}-text" if review and act == "review_requested" else f"{act}-text"
    if act == "information" and not text:
        problems.append(ActProblem(name, "words"))
    if act == "information" and is_full(file, "filer", text):
        problems.append(ActProblem(name, "full"))
    if len(text) > LONGEST_TEXT:
        problems.append(ActProblem(name, "longer"))
    if act == "withdrawn" and fields.get("confirm") != "yes":
        problems.append(ActProblem("confirm", "confirm"))
    if act == "review_requested" and not _may_request_review(file, fields):
        problems.append(ActProblem("reviews", "not_open"))
    return tuple(problems)


def _may_request_review(file: CaseFile, fields: Mapping[str, str]) -> bool:
    review = file.progress.review
    return review is not None and fields.get("review", str(review.index)) == str(review.index)
