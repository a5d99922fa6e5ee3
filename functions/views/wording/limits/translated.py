"""Says a time limit in a language that has no rules here, by the messages of its catalogue."""

from collections.abc import Iterable

from functions.model.contract.limit import Limit
from functions.model.contract.terms import Party
from functions.model.deadlines.counting import Due
from functions.model.pages.vocabulary import Named, Vocabulary
from functions.model.text import InWords, Text
from functions.views.wording.date_words import DateWords
from functions.views.wording.limits.parts import Mark, ToldTo
from functions.views.wording.sentences import duty


def length(
    words: Vocabulary,
    limit: Limit,
    events: Iterable[Named],
    reader: ToldTo,
    in_words: InWords,
    mark: Mark,
) -> str:
    """Who must do what, and within which time."""
    said = _duty(words, limit, reader, in_words, mark)
    time = words.limit(limit, events, in_words)
    if limit.added_to is not None:
        base = words.say("limit_extends_of", action=in_words(limit.added_to, words.language))
        time = words.say("limit_and_base", limit=time, base=base)
    return _if(words, limit, words.say("nested", group=said, label=time), in_words)


def ends(
    dates: DateWords, limit: Limit, due: Due, reader: ToldTo, in_words: InWords, mark: Mark
) -> str:
    """Who must do what, and by when."""
    words = dates.words
    free = limit.party == "filer" and limit.modal in ("may", None)
    message = "duty_until" if free else "duty_by"
    if due.provisional or limit.not_before:
        message = "duty_open"
    said = _duty(words, limit, reader, in_words, mark)
    return _if(words, limit, words.say(message, duty=said, due=dates.due(due)), in_words)


def _duty(words: Vocabulary, limit: Limit, reader: ToldTo, in_words: InWords, mark: Mark) -> str:
    told: Party = "filer" if reader == "filer" else "organisation"
    halves = duty(words, limit.role, limit.party, limit.action, told, in_words, limit.modal)
    return words.say("duty", who=mark(halves.who), does=halves.does)


def _if(words: Vocabulary, limit: Limit, said: str, in_words: InWords) -> str:
    """The sentence after its condition."""
    if limit.condition is None:
        return said
    condition: Text = limit.condition
    case = words.say("condition", condition=in_words(condition, words.language))
    return words.say("nested", group=case, label=said)
