"""The use case of a filer who comes back: adds words, withdraws, asks for the review inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from functions.cases.notifications import to_staff
from functions.cases.ports.ports import Ports
from functions.model.acts import MOST_A_DAY, ActProblem
from functions.model.answers.submission import clean
from functions.model.case_log import LONGEST_TEXT, ActDetails, act_event, act_key
from functions.model.contract.terms import FilerAct
from functions.views.case_file import CaseFile

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ActRefused:
    """Nothing was recorded."""

    problems: tuple[ActProblem, ...]


@dataclass(frozen=True)
class ActRecorded:
    """The act is on the case, now or by an earlier try (`repeated`)."""

    repeated: bool


def follow_up(
    file: CaseFile, act: FilerAct, fields: Mapping[str, str], ports: Ports
) -> ActRecorded | ActRefused:
    """Records what the filer of the case does, with the mails to staff, once."""
    text = clean(fields.get("text", ""))
    if problems := _problems(file, act, text, fields, ports):
        return ActRefused(problems)
    now = ports.now()
    entry, key = ActDetails(text=text), ""
    match act:
        case "information":
            key = act_key(ports.key, act, entry, file.today)
        case "withdrawn":
            key = act
        case "review_requested":
            review = file.progress.review
            assert review is not None, "_problems has looked"
            entry = ActDetails(text=text, review=review.index, late=review.late)
            key = f"{act}:{review.index}"
    mails = to_staff(file.case, key, ports)
    added = ports.store.add_event(file.case.reference, act_event(act, entry, now), mails, key)
    return ActRecorded(repeated=not added)


def _problems(
    file: CaseFile, act: FilerAct, text: str, fields: Mapping[str, str], ports: Ports
) -> tuple[ActProblem, ...]:
    if file.progress.state == "withdrawn" and act == "withdrawn":
        return ()
    found: list[ActProblem] = []
    review = file.progress.review
    name = f"review-{review.index}-text" if review and act == "review_requested" else f"{act}-text"
    if act == "information" and not text:
        found.append(ActProblem(name, "words"))
    if len(text) > LONGEST_TEXT:
        found.append(ActProblem(name, "longer"))
    if act == "withdrawn" and fields.get("confirm") != "yes":
        found.append(ActProblem("confirm", "confirm"))
    if act == "review_requested" and not _may_ask(file, fields):
        found.append(ActProblem("reviews", "not_open"))
    if crowded(file, "filer", ports):
        found.append(ActProblem(name, "too_many"))
    return tuple(found)


def _may_ask(file: CaseFile, fields: Mapping[str, str]) -> bool:
    review = file.progress.review
    return review is not None and fields.get("review", str(review.index)) == str(review.index)


def crowded(file: CaseFile, party: str, ports: Ports) -> bool:
    """Whether that side has made as many entries in 24 hours as are taken."""
    since = ports.now() - _DAY
    recent = [one for one in file.progress.happened if one.party == party and one.at > since]
    return len(recent) >= MOST_A_DAY
