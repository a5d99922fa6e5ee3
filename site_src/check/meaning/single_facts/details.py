"""Details of facts: opening days, fields to ask for, approvals, what a length is of."""

import re
from collections.abc import Iterator

from site_src.check.meaning.cited_clause import CitedClause, names_of_role, parts
from site_src.check.meaning.messages import fact_finding, text_finding
from site_src.policy.facts import PlacedFact, texts
from site_src.policy.finding import Finding
from site_src.policy.model.filing import AskedField, Channel, ContactFact
from site_src.policy.model.handling import StepFact
from site_src.policy.model.limits import DurationFact


def detail_findings(cited: CitedClause) -> Iterator[Finding]:
    """Details that the clause says otherwise, and approvals that no step says."""
    lexicon = cited.lexicon
    for placed in cited.facts:
        fact = placed.fact
        if isinstance(fact, Channel | ContactFact) and fact.hours is not None:
            yield from _hours(cited, placed, cited.words(fact.hours))
        if isinstance(fact, AskedField) and not lexicon.asked[fact.field].search(cited.whole):
            yield _not_said(cited, placed, "field", fact.field)
        if isinstance(fact, DurationFact) and fact.says in cited.text:
            evidence = lexicon.lengths_of.get(fact.of)
            sentence = cited.text[slice(*cited.sentence(cited.text.index(fact.says)))]
            if evidence is not None and not evidence.search(sentence):
                yield _not_said(cited, placed, "of", f"of: {fact.of}")
    yield from _approvals(cited)


def _not_said(cited: CitedClause, placed: PlacedFact, key: str, words: str) -> Finding:
    return fact_finding(cited, placed, key, "words-not-in-text", words=words, text=cited.text)


def _hours(cited: CitedClause, placed: PlacedFact, hours: str) -> Iterator[Finding]:
    """Opening days are those of the clause, and so are the holidays that are left out."""
    own, said = _days(cited, hours), _days(cited, cited.text)
    lacks = cited.lexicon.holidays.search(cited.text) if len(_open(cited)) == 1 else None
    if not own <= said or (lacks and not cited.lexicon.holidays.search(hours)):
        yield _not_said(cited, placed, "hours", hours)


def _open(cited: CitedClause) -> list[PlacedFact]:
    """The facts of the clause that have hours."""
    return [one for one in cited.facts if vars(one.fact).get("hours") is not None]


def _days(cited: CitedClause, text: str) -> set[str]:
    """The days of the week that a text names, as the language writes them shortest."""
    return {match["day"].lower() for match in cited.lexicon.days.finditer(text)}


def _approvals(cited: CitedClause) -> Iterator[Finding]:
    """Somebody must approve of a step by the clause, and no step of the clause says who."""
    steps = [placed.fact for placed in cited.facts if isinstance(placed.fact, StepFact)]
    if not steps:
        return
    told = {step.approved_by for step in steps}
    told |= {
        id
        for step in steps
        if cited.lexicon.approval.search(cited.words(step.action))
        for id in step.role_ids
    }
    said = "\n".join(cited.words(text) for step in steps for _, text in texts(step))
    for role in cited.source.policy.roles:
        if role.id in told or role.id not in cited.named_roles:
            continue
        name = f"(?:{'|'.join(map(re.escape, names_of_role(cited.source, role)))})"
        pattern = re.compile(cited.lexicon.approves.replace("{role}", name), re.IGNORECASE)
        for at, sentence in parts(cited.text, cited.lexicon.sentence_end):
            match = pattern.search(sentence)
            acts = any(cited.share(cited.words(step.action), sentence) >= _SAID for step in steps)
            in_words = match and cited.share(match[0], said) >= _SAID
            if match and acts and not in_words:
                yield text_finding(
                    cited, at + match.start(), "approval-unclaimed", text=match[0], role=role.id
                )


_SAID = 0.65
"""The share of a step's action that a sentence must say to be the one that says the step."""
