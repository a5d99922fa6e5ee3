"""Makes the sentence of a time limit from the one model of it, for each reader.

- before filing: `The office must pass your appeal on within 3 days of receiving it`
- after it: `The office must pass your appeal on by Wednesday 2 December 2026, China time`
- to staff: `Pass the appeal on by Wednesday 2 December`

The parts are the same; each language puts them together by rules of its own. None has a full stop.
"""

from collections.abc import Iterable

from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId, Party
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.vocabulary import Named, Vocabulary
from functions.model.text import InWords, Text
from functions.views.wording.citations import bracketed
from functions.views.wording.date_words import DateWords
from functions.views.wording.limits import chinese, english, translated
from functions.views.wording.limits.parts import Bond, Mark, Parts, ToldTo
from functions.views.wording.sentences import midway, party_words, subject


def before_filing(
    words: Vocabulary,
    limit: Limit,
    events: Iterable[Named],
    kind: KindId | None = None,
    in_words: InWords = Text.words,
    mark: Mark = str,
    reader: ToldTo = "filer",
) -> str:
    """The limit to somebody who has no date of it; `kind` is what is filed, if only one can be."""
    if not is_written(words):
        return translated.length(words, limit, events, reader, in_words, mark)
    bond = _bond(limit, reader)
    said = in_words(limit.action, words.language)
    filed = chinese.filing(said, kind) if words.is_chinese else ""
    is_named = filed and limit.starts == "received" and limit.party == "organisation"
    if is_named or bond == "please":
        action = _action(words, limit, reader, in_words, is_named=True)
    else:
        action = _action(words, limit, reader, in_words)
    time, until, after = _length(words, limit, events, action, filed, reader, in_words)
    if bond == "asked" and not words.is_chinese:
        until = f"{words.how_long(limit)} {words.start(limit, events, in_words)}"
        event = words.event(limit.starts or "received", events, in_words)
        action = type(action)(action.replace(event, "it"))
    return _sentence(words, limit, bond, action, (time, until, after), reader, in_words, mark)


def after_filing(
    dates: DateWords, milestone: Milestone, in_words: InWords = Text.words, mark: Mark = str
) -> str:
    """The limit to who has filed: its last day, with the time zone; else what it runs from."""
    words, limit, due = dates.words, milestone.limit, milestone.due
    if due is None or limit.recurring:
        return before_filing(words, limit, dates.events, None, in_words, mark)
    if not is_written(words):
        return translated.ends(dates, limit, due, "filer", in_words, mark)
    action = _action(words, limit, "filer", in_words)
    times = _ends(words, limit, due, filer_date(dates, limit, due))
    return _sentence(words, limit, _bond(limit, "filer"), action, times, "filer", in_words, mark)


def for_staff(
    dates: DateWords,
    milestone: Milestone,
    year: int | None = None,
    in_words: InWords = Text.words,
    mark: Mark = str,
) -> str:
    """The limit to staff, who are asked to act; `year` is the one that need not be said.

    The desk names the time zone once, at the head of the page.
    """
    words, limit, due = dates.words, milestone.limit, milestone.due
    if due is None or limit.recurring:
        return before_filing(words, limit, dates.events, None, in_words, mark, "staff")
    if not is_written(words):
        return translated.ends(dates, limit, due, "staff", in_words, mark)
    bond = _bond(limit, "staff")
    action = _action(words, limit, "staff", in_words, is_named=bond == "please")
    times = _ends(words, limit, due, _staff_date(words, due, year))
    return _sentence(words, limit, bond, action, times, "staff", in_words, mark)


def is_written(words: Vocabulary) -> bool:
    """Whether the language has rules of its own; others join the messages of their catalogue."""
    return words.is_chinese or words.language.partition("-")[0] == "en"


def _bond(limit: Limit, reader: ToldTo) -> Bond:
    """Contracts without a `modal` let filers and bind everybody else."""
    if limit.modal == "unsaid":
        return "asked"
    if limit.modal == "may" or (limit.modal is None and limit.party == "filer"):
        return "can" if limit.party == "filer" else "may"
    return "please" if (limit.party, reader) == ("organisation", "staff") else "must"


def _action(
    words: Vocabulary, limit: Limit, reader: ToldTo, in_words: InWords, is_named: bool = False
) -> str:
    """The act to `reader`; where the filing `is_named` anyway, Chinese does not say it again."""
    said = in_words(limit.action, words.language)
    if limit.action.spoken(words.language) != words.language:
        return said
    said = type(said)(midway(words, said))
    if words.is_chinese:
        if is_named:
            said = chinese.without_object(said)
        return chinese.chinese_act(said, reader, limit.party == "filer")
    return english.english_act(said, reader, limit.is_window)


def _length(
    words: Vocabulary,
    limit: Limit,
    events: Iterable[Named],
    action: str,
    filed: str,
    reader: ToldTo,
    in_words: InWords,
) -> tuple[str, str, str]:
    """The time without a date: as it follows the act, as somebody has it, and what comes after."""
    zh, length = words.is_chinese, words.how_long(limit)
    if limit.recurring:
        return "", "", f"，{length}" if zh else f", at least {length}"
    if limit.extends is not None and limit.value is not None and limit.unit is not None:
        length = words.length(limit.value, limit.unit)
        if limit.modal == "may":
            more = f"，再延长{length}" if zh else f", by {length}"
            return "", "", more + _added(words, limit)
        more = f"{'' if limit.condition else '可以'}再延长{length}" if zh else f"{length} more"
        return "", more, _added(words, limit)
    if limit.by is not None:
        return (f"在{length.removeprefix('最迟')}前" if zh else length), "", ""
    if limit.within_hours:
        length += "（只计工作时间）" if zh else " (business hours only)"
    if limit.before is not None:
        return words.limit(limit, events, in_words), "", ""
    if limit.starts == "unstated":
        note = bracketed(words, words.start(limit, events, in_words))
        return (f"在{length}内" if zh else f"within {length}"), "", note
    start = words.start(limit, events, in_words)
    if zh and limit.later_of:
        return f"{start}{length}内", "", ""
    if zh:
        begin = chinese.start(start, limit, filed)
        if limit.value == 0:
            return f"在{begin.removesuffix('起').removesuffix('之日')}的{length}", "", ""
        return f"在{begin}{length}" + ("" if limit.not_before else "内"), "", ""
    if limit.later_of:
        return f"within {length} {start}", "", ""
    named = next((each for each in events if each.id == limit.starts), None)
    event = in_words(named.name, words.language) if named else english.event(limit, action, reader)
    if limit.value == 0:
        return f"by the end of {length.replace('same ', '', 1)} of {event}", "", ""
    if limit.not_before and limit.value is not None and limit.unit is not None:
        least = words.length(limit.value, limit.unit)
        return f"no earlier than {least} after {event}", "", ""
    return f"within {length} of {event}", "", ""


def _added(words: Vocabulary, limit: Limit) -> str:
    """What an extension is added to, unless that is for the same act."""
    base = limit.added_to.words(words.language) if limit.added_to else None
    if base is None or base == limit.action.words(words.language):
        return ""
    return bracketed(words, words.say("limit_extends_of", action=base))


def _ends(words: Vocabulary, limit: Limit, due: Due, date: str) -> tuple[str, str, str]:
    """The time with its date: as it follows the act, as somebody has it, and what comes after."""
    zh = words.is_chinese
    if limit.not_before:
        return (f"不早于{date}" if zh else f"not before {date}"), "", ""
    if due.provisional:
        open_ = f"最后一天不早于{date}" if zh else f"; the last day is not before {date}"
        if limit.extends is None or limit.modal == "may":
            return "", "", f"，{open_}" if zh else open_
        if zh:
            return "", f"延长，{open_}" if limit.condition else open_, ""
        return "", "more time", open_
    if limit.extends and limit.modal == "may":
        return "", "", f"，最迟延长至{date}" if zh else f", until {date} at the latest"
    if zh:
        # An extension on a condition is granted with it; another is said to be one.
        until = f"最迟延长至{date}" if limit.condition else f"最迟至{date}"
        return f"在{date}前", until, ""
    free = limit.party == "filer" and limit.modal in ("may", None)
    return f"{'until' if free else 'by'} {date}", f"until {date}", ""


def filer_date(dates: DateWords, limit: Limit, due: Due) -> str:
    """A day to a filer: its year, when on that day it ends, and the time zone.

    "Before a day" leaves open whether the day counts, so its end is said (Civil Code, article 203);
    a day that is the earliest has none.
    """
    words, day, exact = dates.words, dates.words.day(due.day), due.at.date() == due.day
    ends = not (due.provisional or limit.not_before)
    if words.is_chinese:
        time = f"{due.at:%H:%M}" if exact else "24:00" if ends else ""
        return f"{dates.zone_name(due.at)}{day}{time}"
    said = f"{due.at:%H:%M} on {day}" if exact else f"the end of {day}" if ends else day
    return f"{said}, {dates.zone(due.at)}"


def _staff_date(words: Vocabulary, due: Due, year: int | None) -> str:
    """A day with its weekday, and with its year only if it is another than `year`."""
    weekday = words.weekdays[due.day.weekday()]
    short = words.say(
        "short_date",
        month=due.day.month,
        day=due.day.day,
        month_name=words.months[due.day.month - 1],
    )
    exact = due.at.date() == due.day
    if words.is_chinese:
        day = f"{short}（{weekday}）" if due.day.year == year else words.day(due.day)
        return day + (f"{due.at:%H:%M}" if exact else "")
    day = f"{weekday} {short}" if due.day.year == year else words.day(due.day)
    return f"{due.at:%H:%M} on {day}" if exact else day


def _sentence(
    words: Vocabulary,
    limit: Limit,
    bond: Bond,
    action: str,
    times: tuple[str, str, str],
    reader: ToldTo,
    in_words: InWords,
    mark: Mark,
) -> str:
    told: Party = "filer" if reader == "filer" else "organisation"
    who = party_words(words, limit.party, told)
    if limit.role:
        who = in_words(limit.role, words.language)
    time, until, after = times
    foreign = (text for text in (limit.role, limit.action, limit.condition) if text)
    if any(text.spoken(words.language) != words.language for text in foreign):
        return _label(words, who, action, time or until)
    condition = in_words(limit.condition, words.language) if limit.condition else ""
    same = type(action)
    parts = Parts(
        who=same(subject(words, who) if limit.role else who),
        bond=bond,
        action=action,
        time=time,
        until=until,
        after=after,
        condition=same(_condition(words, condition, reader)),
        longer=limit.extends is not None and limit.modal != "may",
        plural=limit.role is None and (limit.party, reader) == ("filer", "filer"),
    )
    if words.is_chinese:
        return chinese.chinese_sentence(parts, mark)
    return english.english_sentence(parts, mark)


def _condition(words: Vocabulary, said: str, reader: ToldTo) -> str:
    if words.is_chinese:
        return said
    return english.english_act(type(said)(midway(words, said)), reader)


def _label(words: Vocabulary, who: str, action: str, time: str) -> str:
    """Words that the policy has only in another language are a label and stay one."""
    label = type(who)(words.messages["label"]).format(label=who)
    said = type(who)(words.messages["duty"]).format(who=label, does=action)
    return said + bracketed(words, time) if time else said
