"""Says a milestone of a case: who must do what by when, by which limit and clause."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Party
from functions.model.deadlines.milestones import Milestone
from functions.model.pages.slot_template import LateValues
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
) -> LateValues:
    """What is said of a milestone, slot by slot; `site` makes its link absolute.

    `clause`, `due`, `note` and `note_text` are for pages that earlier releases stored, which say no
    sentence with the condition in it.
    """
    words, limit, contract = dates.words, milestone.limit, dates.contract

    def late() -> str:
        return words.say("late") if milestone.late else ""

    def remark() -> str:
        return notes(words, (*_own_note(words, limit, in_words), dates.note(milestone)))

    def note() -> str:
        own = _own_note(words, limit, in_words)
        unsaid = () if milestone.due else _condition_notes(dates, limit, in_words)
        return notes(words, (*unsaid, *own, dates.note(milestone)))

    def below(said: str) -> str:
        text = notes(words, (late(), said))
        return f"\n  {text}" if text else ""

    def line() -> str:
        return words.say(
            "duty_cited",
            duty=milestone_sentence(dates, milestone, reader),
            clause=cite(words, limit.clause),
            limit=limit_words(dates, limit),
        )

    def due() -> str:
        if milestone.due:
            return dates.ends(milestone, milestone.due, in_words)
        return dates.undated(milestone, in_words)

    version = f"{contract.address}/versions/{contract.version}/"
    return LateValues(
        {
            "action": lambda: limit_duty(dates, limit, reader, in_words).does,
            "role": lambda: limit_duty(dates, limit, reader, in_words).who,
            "clause": lambda: limit.clause,
            "cited": lambda: cite_marked(words, limit.clause),
            "line": line,
            "href": lambda: f"{site}{words.prefix}/{version}#clause-{limit.clause}",
            "limit": lambda: limit_words(dates, limit),
            "due": due,
            "late": late,
            "note": note,
            "note_text": lambda: below(note()),
            "remark": remark,
            "remark_text": lambda: below(remark()),
        }
    )


def _own_note(words: Vocabulary, limit: Limit, in_words: InWords) -> tuple[str, ...]:
    return (in_words(limit.note, words.language),) if limit.note else ()


def _condition_notes(dates: DateWords, limit: Limit, in_words: InWords) -> Iterator[str]:
    """On what a limit without a date depends; the end of one with a date says it."""
    if limit.extends:
        yield dates.words.say("if_longer")
    if limit.condition:
        yield condition_words(dates, limit.condition, in_words)


def notes(words: Vocabulary, said: Iterable[str]) -> str:
    """What is noted of a limit: one note as the policy words it, several as sentences."""
    found = [each for each in said if each]
    if len(found) < 2:
        return found[0] if found else ""
    stop = words.say("sentence", words="")
    ended = [
        each[:1].upper() + each[1:] + type(each)("" if each.endswith(stop) else stop)
        for each in found
    ]
    return type(found[0])(words.between_sentences).join(ended)


def milestone_html(dates: DateWords, milestone: Milestone, slots: LateValues) -> LateValues:
    """The slots of a page: the sentence, and what `slots` say that it does not.

    Its date is an element that gives programs the moment. `when` and `datetime` are for pages that
    earlier releases stored, which have the date apart.
    """
    due = milestone.due
    if due is None:
        return slots | {
            "sentence": lambda: after_filing(dates, milestone, Text.marked, bold),
            "when": lambda: slots["due"],
            # Without a date the sentence has the length; a clock that stands still says why.
            "length": lambda: slots["due"] if milestone.stopped else "",
        }
    moment = due.at.isoformat()
    dated = Markup('<time datetime="{}">{}</time>')

    def sentence() -> Markup:
        said = escape(after_filing(dates, milestone, Text.marked, bold))
        date = filer_date(dates, milestone.limit, due)
        return Markup(str(said).replace(str(escape(date)), dated.format(moment, date), 1))

    return slots | {
        "sentence": sentence,
        "length": lambda: slots["limit"],
        "datetime": lambda: Markup(' datetime="{}"').format(moment),
        "when": lambda: dated.format(moment, slots["due"]),
    }
