"""Puts an act of a case into words: what it decided, on what it rests, what it changed."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from markupsafe import Markup

from functions.model.case_log import CaseAct, corrections
from functions.model.contract.terms import FilerAct, Party, StaffAct
from functions.model.deadlines.counting import Due
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text
from functions.views.case_file import CaseFile
from functions.views.wording.citations import cite


def act_name(file: CaseFile, act: CaseAct, reader: Party = "filer") -> str:
    """What was done; of an event that the policy names, which one."""
    words = file.pages.words
    name = kind_of_act(words, act.act, reader)
    for event in file.kind.events:
        if act.act == "event" and event.id == act.entry.event:
            label = event.name.words(words.language)
            return words.say("nested", group=name, label=label)
    return name


def kind_of_act(words: Vocabulary, act: FilerAct | StaffAct, reader: Party) -> str:
    """What an act is called: filers are addressed, staff are not."""
    own = words.messages.get(f"act_{act}_staff") if reader == "organisation" else None
    return own or words.say(f"act_{act}")


def taken_back(file: CaseFile, act: CaseAct) -> str:
    """When the act was taken back; empty if it stands."""
    correction = corrections(file.all_acts).get(act.at)
    if correction is None or act.act == "corrected":
        return ""
    moment = file.recorded(correction)
    return file.pages.words.say("taken_back", moment=moment)


def act_notes(file: CaseFile, act: CaseAct, in_words: InWords = Text.marked) -> tuple[str, ...]:
    """What an act says besides its text, each as a sentence."""
    return tuple(filter(None, (*_what(file, act, in_words), *_when(file, act))))


def _what(file: CaseFile, act: CaseAct, in_words: InWords) -> Iterator[str]:
    words, details = file.pages.words, act.entry
    if details.review is not None:
        yield in_words(file.kind.reviews[details.review].body, words.language)
    if details.late:
        yield words.say("late_review")
    yield _handed_to(file, act, in_words)
    if details.extends is not None:
        yield _extended(file, details.extends, in_words)
    for level in file.kind.levels:
        if level.value == details.level:
            yield words.say("level_set", level=level.label.words(words.language))
    for question, answer in (("satisfied", details.satisfied), ("fairly", details.fairly)):
        if answer is not None:
            yield words.say(f"{question}_{'yes' if answer else 'no'}")
    if details.corrects is not None:
        yield _takes_back(file, act)
    if details.clause:
        cited = cite(words, details.clause)
        yield words.say("rests_on", clause=details.clause, cited=cited)


def _when(file: CaseFile, act: CaseAct) -> Iterator[str]:
    words, details = file.pages.words, act.entry
    if details.happened_at is not None:
        happened = file.dates.moment(act.moment(ZoneInfo(file.contract.timezone)))
        yield words.say("said_to_be", date=happened)
    elif details.happened_on and details.happened_on != file.local(act.at).date():
        yield words.say("said_to_be", date=words.day(details.happened_on))
    if details.delivered_on:
        day = words.day(details.delivered_on)
        yield words.say("delivered", date=day, how=details.delivered_how)


def _handed_to(file: CaseFile, act: CaseAct, in_words: InWords) -> str:
    """To which role the case was handed on. A person is never named to filers."""
    words, details = file.pages.words, act.entry
    if act.act != "forwarded":
        return ""
    role = file.role_names.get(details.to_role or "")
    if role is not None:
        name = in_words(role, words.language)
        return type(name)(words.messages["handed_to"]).format(role=name)
    return words.say("handed_person") if details.to_person else ""


def _extended(file: CaseFile, extension: str, in_words: InWords) -> str:
    """From what to what a time limit was extended, and what it is for."""
    words = file.pages.words
    by_id = {milestone.limit.id: milestone for milestone in file.dated}
    longer = by_id.get(extension)
    if longer is None or longer.due is None:
        return ""
    base = by_id.get(longer.limit.extends or "")
    action = in_words((base or longer).limit.action, words.language)
    message = "extended_from" if base and base.due else "extended_until"
    return type(action)(words.messages[message]).format(
        action=action,
        before=_end(file, base.due) if base and base.due else "",
        after=_end(file, longer.due),
    )


def _end(file: CaseFile, due: Due) -> str:
    """The last day; of a limit in minutes or hours, its last moment."""
    if due.at.date() == due.day:
        return file.dates.moment(due.at)
    return file.pages.words.day(due.day)


def _takes_back(file: CaseFile, act: CaseAct) -> str:
    """Which entry an act takes back."""
    words = file.pages.words
    entry = next((each for each in file.all_acts if each.at == act.entry.corrects), None)
    if entry is None:
        return ""
    moment = file.recorded(entry)
    return words.say("takes_back", act=act_name(file, entry), moment=moment)


def said_html(file: CaseFile, act: CaseAct) -> Markup:
    """The result of a decision, the text of an act, and what is done about the filing."""
    words, details = file.pages.words, act.entry
    parts: list[Markup] = []
    if details.outcome is not None:
        result = words.say("decided_as", outcome=words.say(f"result_{details.outcome}"))
        parts.append(Markup('<p class="outcome">{}</p>').format(result))
    if details.text:
        parts.append(Markup('<p class="said">{}</p>').format(details.text))
    if details.remedy:
        remedy = Markup('<p class="said"><b>{}</b><br>{}</p>')
        parts.append(remedy.format(words.say("remedy"), details.remedy))
    return Markup().join(parts)
