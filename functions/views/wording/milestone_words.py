"""Says a milestone of a case: who must do what by when, by which limit and clause."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Party
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text
from functions.views.wording.citations import cite, cite_marked
from functions.views.wording.date_words import DateWords
from functions.views.wording.limits.sentence import after_filing, filer_date, for_staff
from functions.views.wording.sentences import DutyWords, bold, duty


def limit_duty(
    dates: DateWords, limit: Limit, reader: Party = "filer", in_words: InWords = Text.words
) -> DutyWords:
    """Who must, or may, do what by a limit, as `reader` is told of it."""
    return duty(dates.words, limit.role, limit.party, limit.action, reader, in_words, limit.modal)


def limit_words(dates: DateWords, limit: Limit) -> str:
    """The limit itself, and what it is added to."""
    said = dates.words.limit(limit, dates.events)
    if limit.added_to is None:
        return said
    action = limit.added_to.words(dates.words.language)
    base = dates.words.say("limit_extends_of", action=action)
    return dates.words.say("limit_and_base", limit=said, base=base)


def condition_words(dates: DateWords, condition: Text, in_words: InWords = Text.words) -> str:
    """On what a limit depends, where it stands alone; bare it would read as a fact."""
    said = in_words(condition, dates.words.language)
    return type(said)(dates.words.messages["condition"]).format(condition=said)


def milestone_sentence(dates: DateWords, milestone: Milestone, reader: Party = "filer") -> str:
    """Who must do what, and by when: `The office must pass the appeal on by …`."""
    if reader == "organisation":
        return for_staff(dates, milestone)
    return after_filing(dates, milestone)


def milestone_slots(
    dates: DateWords,
    milestone: Milestone,
    site: str = "",
    in_words: InWords = Text.words,
    reader: Party = "filer",
) -> dict[str, str]:
    """What is said of a milestone, slot by slot; `site` makes its link absolute.

    `clause`, `due`, `note` and `note_text` are for pages that earlier releases stored, which say no
    sentence with the condition in it.
    """
    words, limit, contract = dates.words, milestone.limit, dates.contract
    version = f"{contract.address}/versions/{contract.version}/"
    own = [in_words(limit.note, words.language)] if limit.note else []
    said = list(own)
    # The end of a conditional limit says its condition.
    if limit.condition and not milestone.due:
        said.insert(0, condition_words(dates, limit.condition, in_words))
    if limit.extends and not milestone.due:
        said.insert(0, words.say("if_longer"))
    note = notes(words, (*said, dates.note(milestone)))
    remark = notes(words, (*own, dates.note(milestone)))
    late = words.say("late") if milestone.late else ""
    note_text, remark_text = (notes(words, (late, each)) for each in (note, remark))
    halves = limit_duty(dates, limit, reader, in_words)
    length = limit_words(dates, limit)
    return {
        "action": halves.does,
        "role": halves.who,
        "clause": limit.clause,
        "cited": cite_marked(words, limit.clause),
        "line": words.say(
            "duty_cited",
            duty=milestone_sentence(dates, milestone, reader),
            clause=cite(words, limit.clause),
            limit=length,
        ),
        "href": f"{site}{words.prefix}/{version}#clause-{limit.clause}",
        "limit": length,
        "due": dates.ends(milestone, milestone.due, in_words)
        if milestone.due
        else dates.undated(milestone, in_words),
        "late": late,
        "note": note,
        "note_text": f"\n  {note_text}" if note_text else "",
        "remark": remark,
        "remark_text": f"\n  {remark_text}" if remark_text else "",
    }


def notes(words: Vocabulary, said: Iterable[str]) -> str:
    """What is noted of a limit: one note as the policy words it, several as sentences."""
    found = [each for each in said if each]
    if len(found) == 1:
        return found[0]
    stop = words.say("sentence", words="")
    ended = [
        each[:1].upper() + each[1:] + type(each)("" if each.endswith(stop) else stop)
        for each in found
    ]
    return type(found[0] if found else "")(words.between_sentences).join(ended)


def milestone_html(
    dates: DateWords, milestone: Milestone, slots: Mapping[str, str]
) -> dict[str, str]:
    """The slots of a page: the sentence, and what `slots` say that it does not.

    Its date is an element that gives programs the moment. `when` and `datetime` are for pages that
    earlier releases stored, which have the date apart.
    """
    sentence, due = after_filing(dates, milestone, Text.marked, bold), milestone.due
    if due is None:
        # Without a date the sentence has the length; a clock that stands still says why.
        apart = slots["due"] if milestone.stopped else ""
        return {**slots, "sentence": sentence, "when": slots["due"], "length": apart}
    moment = due.at.isoformat()
    dated = Markup('<time datetime="{}">{}</time>')
    date = filer_date(dates, milestone.limit, due)
    return {
        **slots,
        "sentence": Markup(
            str(escape(sentence)).replace(str(escape(date)), dated.format(moment, date), 1)
        ),
        "length": slots["limit"],
        "datetime": Markup(' datetime="{}"').format(moment),
        "when": dated.format(moment, slots["due"]),
    }
