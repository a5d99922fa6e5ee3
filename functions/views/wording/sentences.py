"""Says who must do what by a time limit, as a sentence whose verb agrees.

Policies name roles and actions as labels: `Office`, `Pass the appeal on`. In English they become
`The office must pass the appeal on`. Other languages join them by their own messages.
"""

import re
from dataclasses import dataclass

from markupsafe import Markup

from functions.model.contract.terms import Modal, Party
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text

_DETERMINED = re.compile(
    r"(?:the|a|an|any|another|each|every|all|both|no|some|our|your|their|its|this|that|these|those"
    r"|mr|mrs|ms|dr|prof)\b",
    re.IGNORECASE,
)
"""The first word of a name that takes no article."""

_UNCOUNTABLE = re.compile(
    r"\b(?:accounting|administration|affairs|assurance|care|communications|compliance|control"
    r"|development|engineering|finance|inspection|logistics|maintenance|management|marketing"
    r"|operations|personnel|planning|procurement|production|purchasing|relations|research"
    r"|resources|sales|security|service|staff|support|training)$",
    re.IGNORECASE,
)
"""The last word of a unit that is named without an article: customer service, general affairs."""

_CONDITION = re.compile(r"[^，。；]+的，")
"""The condition that a Chinese action begins with; the verb comes after it."""

_COMPLEMENT = re.compile(r" (?:of|who|that|which|for|in|at|with|without|concerned)\b|,|/|;")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class DutyWords:
    """The two halves of a sentence: `The office`, `must pass the appeal on`."""

    who: str
    does: str


def duty(
    words: Vocabulary,
    role: Text | None,
    party: Party,
    action: Text,
    reader: Party = "filer",
    in_words: InWords = Text.words,
    modal: Modal | None = None,
) -> DutyWords:
    """Who must, or may, do what by a limit, as `reader` is told of it.

    Words that the policy has only in another language are a label and stay one. So do those of
    which the clause says neither that somebody must nor that they may.
    """
    who = in_words(role, words.language) if role else party_words(words, party, reader)
    if any(text and text.spoken(words.language) != words.language for text in (role, action)):
        return DutyWords(
            type(who)(words.messages["label"]).format(label=who), in_words(action, words.language)
        )
    what = type(who)(midway(words, in_words(action, words.language)))
    if role:
        who = type(who)(subject(words, who))
    if modal == "unsaid":
        return DutyWords(type(who)(words.messages["unsaid"]).format(who=who), what)
    found = _CONDITION.match(what) if words.is_chinese else None
    condition = type(what)(found[0] if found else "")
    message = type(what)(words.messages[_modal_message(party, modal)])
    return DutyWords(who, condition + message.format(action=what[len(condition) :]))


def _modal_message(party: Party, modal: Modal | None) -> str:
    """Contracts without a `modal` let filers and bind everybody else."""
    if modal == "must" or (modal is None and party != "filer"):
        return "must"
    return "can" if party == "filer" else "may"


def duty_html(words: Vocabulary, halves: DutyWords) -> Markup:
    """The sentence on a page, with who must act in bold."""
    return Markup(words.messages["duty"]).format(who=bold(halves.who), does=halves.does)


def bold(who: str) -> Markup:
    """Marks who must act, or who acted, on a page."""
    return Markup('<b class="who">{}</b>').format(who)


def party_words(words: Vocabulary, party: Party, reader: Party) -> str:
    """What a party is called: only filers are addressed as you."""
    return words.say("the_filer" if (party, reader) == ("filer", "organisation") else party)


def midway(words: Vocabulary, said: str) -> str:
    """A label inside a sentence: English writes its first letter small, unless an acronym's."""
    first = said.split(maxsplit=1)[0] if said.strip() else ""
    if words.language != "en" or any(letter.isupper() for letter in first[1:]):
        return said
    return said[0].lower() + said[1:] if said else said


def subject(words: Vocabulary, name: str) -> str:
    """A role as the subject of a sentence, with the article that English wants."""
    if words.language != "en" or _DETERMINED.match(name):
        return name
    if _UNCOUNTABLE.search(_COMPLEMENT.split(_PARENTHESES.sub("", name))[0]):
        return name
    capitals = any(word[0].isupper() and not word.isupper() for word in name.split()[1:])
    return f"The {name if capitals else midway(words, name)}"
