"""Records acts of the filer: information, withdrawal, request for a review, satisfaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.index import record
from functions.cases.notifications import RECEIPT_MAILS, of_filer_act, receipt_of
from functions.cases.ports.case_store import Spent
from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.cases.quotas import entries_of, to_mailbox
from functions.model.acts import LONGEST_TEXT, MOST_WORDS, ActProblem
from functions.model.answers.submission import clean
from functions.model.attachment import Attachment
from functions.model.case import CaseEvent
from functions.model.case_log import ActDetails, act_event, act_key, standing_answer
from functions.model.contract.terms import FilerAct, Party
from functions.views.case_file import CaseFile

_ALWAYS_CONFIRMED: tuple[FilerAct, ...] = ("withdrawn", "review_requested")
"""Acts that come once. The mails that confirm others count as acknowledgements to the mailbox."""

_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class ActRefused:
    """The act was not recorded, for these problems; without problems, a file was refused."""

    problems: tuple[ActProblem, ...]


@dataclass(frozen=True)
class ActRecorded:
    """The act is recorded, now or by an earlier request (`repeated`).

    `mailed` says whether a mail confirms it to the filer.
    """

    repeated: bool
    mailed: bool = True


def follow_up(
    file: CaseFile,
    act: FilerAct,
    fields: Mapping[str, str],
    ports: Ports,
    files: tuple[Attachment, ...] = (),
    files_refused: bool = False,
) -> ActRecorded | ActRefused:
    """Records an act of the filer once, with the mails that tell staff and confirm it.

    `files_refused` means that a file was not accepted, so that the act is incomplete. Raises
    ContractError, StoreError, FilesUnavailable.
    """
    text = clean(fields.get("text", ""))
    problems = _find_problems(file, act, text, fields, files)
    if problems or files_refused:
        return ActRefused(problems)
    now, reference = ports.now(), file.case.reference
    calendar, _ = current_calendar(file.contract, ports)
    details, key = ActDetails(text=text, calendar=calendar, files=files), ""
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
        case "satisfaction":
            said = {name: _YES_NO.get(fields.get(name, "")) for name in ("satisfied", "fairly")}
            details = details.model_copy(update=said)
            key = f"{act}:{sum(each.answers for each in file.progress.happened)}"
    event = act_event(act, details, now)
    return _record(file, act, event, key, quotas, ports)


def _record(
    file: CaseFile,
    act: FilerAct,
    event: CaseEvent,
    key: str,
    quotas: tuple[Quota, ...],
    ports: Ports,
) -> ActRecorded | ActRefused:
    """Records the act; without a mail to the filer if their mailbox has had too many."""
    case = file.case
    mails = of_filer_act(case, act, key, ports)
    # Contracts of before 0.2.0 have no words to confirm what was added.
    has_words = act in _ALWAYS_CONFIRMED or RECEIPT_MAILS[act] in file.skeletons.mails
    receipt = receipt_of(case, act, event.at, ports) if has_words else ()
    counted = receipt and act not in _ALWAYS_CONFIRMED
    mailbox = to_mailbox(ports.key, case.submission.email, event.at) if counted else ()
    outcome = record(
        case, event, (*mails, *receipt), key, ports, quotas=(*quotas, *mailbox), summarised=False
    )
    if isinstance(outcome, Spent) and outcome.quota in mailbox:
        receipt = ()
        outcome = record(case, event, mails, key, ports, quotas=quotas, summarised=False)
    if isinstance(outcome, Spent):
        return ActRefused((ActProblem(f"{act}-text", "too_many"),))
    return ActRecorded(repeated=not outcome, mailed=bool(receipt))


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
    file: CaseFile,
    act: FilerAct,
    text: str,
    fields: Mapping[str, str],
    files: tuple[Attachment, ...],
) -> tuple[ActProblem, ...]:
    if file.progress.state == "withdrawn" and act == "withdrawn":
        return ()
    problems: list[ActProblem] = []
    review = file.progress.review
    name = f"review-{review.index}-text" if review and act == "review_requested" else f"{act}-text"
    if act == "information" and not (text or files):
        problems.append(ActProblem(name, "words"))
    if act == "information" and is_full(file, "filer", text):
        problems.append(ActProblem(name, "full"))
    if len(text) > LONGEST_TEXT:
        problems.append(ActProblem(name, "longer"))
    if act == "withdrawn" and fields.get("confirm") != "yes":
        problems.append(ActProblem("confirm", "confirm"))
    if act == "review_requested" and not _may_request_review(file, fields):
        problems.append(ActProblem("reviews", "not_open"))
    if act == "satisfaction":
        problems.extend(_find_unanswered(file, fields))
    return tuple(problems)


def _find_unanswered(file: CaseFile, fields: Mapping[str, str]) -> Iterator[ActProblem]:
    """What keeps a filer from saying whether they are satisfied.

    Where the procedure has them asked, both questions want an answer.
    """
    if standing_answer(file.progress.happened) is None:
        yield ActProblem("satisfaction", "no_answer")
        return
    for name in ("satisfied", "fairly") if file.asks else ("satisfied",):
        if fields.get(name, "") not in _YES_NO:
            yield ActProblem(name, "choose")


def _may_request_review(file: CaseFile, fields: Mapping[str, str]) -> bool:
    review = file.progress.review
    return review is not None and fields.get("review", str(review.index)) == str(review.index)
