"""Writes a case as JSON, in the language of its pages."""

from datetime import UTC, datetime, timedelta

from functions.model.attachment import MEDIA_TYPES, Attachment
from functions.model.case_log import ActDetails, CaseAct, corrections, is_waiting
from functions.model.deadlines.latest_answer import LatestAnswer
from functions.model.deadlines.milestones import Milestone, Stop
from functions.model.language import Language
from functions.model.progress import LimitProgress
from functions.views.case_file import CaseFile
from functions.views.wording.date_words import DateWords

_DAY_MINUTES = 24 * 60


def milestone_json(
    dates: DateWords, dated: tuple[Milestone, ...], language: Language
) -> list[dict[str, object]]:
    """Returns the milestones of a case as JSON; `due` is null while it is unknown."""
    return [
        {
            "action": milestone.limit.action.words(language),
            "role": milestone.limit.role and milestone.limit.role.words(language),
            "party": milestone.limit.party,
            "value": milestone.limit.value,
            "unit": milestone.limit.unit,
            "from": milestone.limit.starts,
            "later_of": list(milestone.limit.later_of),
            "before": milestone.limit.before,
            "by": milestone.limit.by,
            "not_before": milestone.limit.not_before,
            "extends": milestone.limit.extends,
            "conditional": milestone.limit.is_conditional,
            "condition": milestone.limit.condition and milestone.limit.condition.words(language),
            "stopped": milestone.stopped and _stop_json(milestone.stopped, language),
            "clause": milestone.limit.clause,
            "due": milestone.due and _moment(milestone.due.at),
            "last_day": milestone.due and milestone.due.day.isoformat(),
            "provisional": milestone.due and milestone.due.provisional,
            "late": milestone.late,
            "moved_from": milestone.moved_from and milestone.moved_from.day.isoformat(),
            "skipped": [
                {
                    "day": skip.day.isoformat(),
                    "reason": skip.reason if skip.reason == "weekend" else dates.reason(skip),
                }
                for skip in (milestone.due.skipped if milestone.due else ())
            ],
        }
        for milestone in dated
    ]


def _stop_json(stop: Stop, language: Language) -> dict[str, object]:
    """Since when a clock stands still, and why."""
    return {
        "since": _moment(stop.begins),
        "reason": stop.suspension.text.words(language),
        "clause": stop.suspension.clause,
    }


def _moment(at: datetime) -> str:
    """Formats a moment as RFC 3339, in UTC if its offset has seconds, which RFC 3339 excludes.

    Local mean time, before 1901 in China, has such offsets. A mistyped year leads there.
    """
    offset = at.utcoffset() or timedelta()
    return (at.astimezone(UTC) if offset % timedelta(minutes=1) else at).isoformat()


def case_json(file: CaseFile) -> dict[str, object]:
    """Returns a case as JSON, in the language of its pages."""
    language, open_ = file.pages.words.language, file.progress.review
    return {
        "reference": file.case.reference,
        "organisation": file.case.organisation,
        "kind": file.case.kind,
        "version": file.contract.version,
        "decides": file.contract.prevails or file.contract.language,
        "state": file.progress.state,
        "received_at": file.case.received_at.isoformat(),
        "latest_answer": file.progress.answer and _answer_json(file.progress.answer),
        "holder": {
            "roles": [role.words(language) for role in file.holder.roles],
            "since": file.local(file.holder.since).isoformat(),
        },
        "asked": is_waiting(file.progress.happened),
        "attachments": [_file_json(file, sent) for sent in file.case.attachments],
        "milestones": [
            milestone | _progress_json(step)
            for milestone, step in zip(
                milestone_json(file.dates, file.dated, language),
                file.progress.steps,
                strict=True,
            )
        ],
        "messages": [_act_json(file, act) for act in file.visible_acts],
        "reviews": [
            {
                "body": review.body.words(language),
                "inside": review.inside,
                "clause": review.clause,
                "contacts": [
                    {
                        "type": contact.type,
                        "value": contact.value,
                        "hours": contact.hours and contact.hours.words(language),
                        "name": contact.name and contact.name.words(language),
                    }
                    for contact in review.contacts
                ],
                "open": open_ is not None and open_.index == index,
                "late": open_ is not None and open_.index == index and open_.late,
            }
            for index, review in enumerate(file.kind.reviews)
        ],
    }


def _answer_json(answer: LatestAnswer) -> dict[str, object]:
    """By when there must be an answer: in any case, and at most; null where there is a gap."""
    return {"certain": _end_json(answer.certain), "possible": _end_json(answer.possible)}


def _end_json(milestone: Milestone | None) -> dict[str, object] | None:
    if milestone is None or milestone.due is None:
        return None
    return {
        "due": _moment(milestone.due.at),
        "last_day": milestone.due.day.isoformat(),
        "provisional": milestone.due.provisional,
        "clause": milestone.limit.clause,
    }


def _progress_json(step: LimitProgress) -> dict[str, object]:
    """Whether and when a milestone was reached."""
    return {
        "done": step.done and step.done.date().isoformat(),
        "done_at": step.done and step.done.isoformat(),
        "recorded_at": step.kept and step.kept.at.isoformat(),
        "overdue": step.overdue,
        "settled": step.settled,
        "days_late": _days_late(step),
        "lateness": step.lateness and {"value": step.lateness.value, "unit": step.lateness.unit},
    }


def _days_late(step: LimitProgress) -> int:
    """Calendar days from the last day to the one on which it was done, or to today."""
    late, due = step.lateness, step.milestone.due
    if late is None or due is None:
        return 0
    if late.unit == "minute":
        return late.value // _DAY_MINUTES
    return late.calendar_days


def _file_json(file: CaseFile, sent: Attachment) -> dict[str, object]:
    return {
        "name": sent.name,
        "size": sent.size,
        "sha256": sent.sha256,
        "type": MEDIA_TYPES[sent.type],
        "scan": file.scans[sent.id],
    }


def _act_json(file: CaseFile, act: CaseAct) -> dict[str, object]:
    """One act of filer or staff, with its words; of one that was taken back, without them."""
    language = file.pages.words.language
    correction = corrections(file.all_acts).get(act.at) if act.act != "corrected" else None
    entry = ActDetails(role=act.entry.role) if correction else act.entry
    to = file.role_names.get(entry.to_role or "")
    return {
        "at": act.at.isoformat(),
        "type": act.act,
        "by": act.party,
        "role": entry.role and entry.role.words(language),
        "text": entry.text,
        "happened_on": entry.happened_on and entry.happened_on.isoformat(),
        "happened_at": entry.happened_at and f"{entry.happened_at:%H:%M}",
        "delivered_on": entry.delivered_on and entry.delivered_on.isoformat(),
        "delivered_how": entry.delivered_how,
        "level": entry.level,
        "event": entry.event,
        "late": entry.late,
        "to": to and to.words(language),
        "outcome": entry.outcome,
        "remedy": entry.remedy,
        "clause": entry.clause,
        "extends": entry.extends,
        "satisfied": entry.satisfied,
        "fairly": entry.fairly,
        "taken_back": correction and correction.at.isoformat(),
        "takes_back": entry.corrects and entry.corrects.isoformat(),
        "files": [_file_json(file, sent) | {"id": sent.id} for sent in entry.files],
    }
