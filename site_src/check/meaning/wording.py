"""Every text of a fact must be said by the clause that it cites."""

from collections.abc import Iterator

from site_src.check.meaning.cited_clause import ENOUGH, CitedClause
from site_src.check.meaning.limits.occurrences import Claim
from site_src.check.meaning.limits.start_events import happening
from site_src.check.meaning.messages import fact_finding
from site_src.policy.finding import Finding
from site_src.policy.model.fact import Fact
from site_src.policy.model.filing import Channel, ContactFact, KindFact
from site_src.policy.model.handling import Role
from site_src.policy.model.limits import EventFact

_DECLARED = {"words", "note", "question"}
"""Texts that are the organisation's own, not the procedure's."""


def wording_findings(cited: CitedClause, claimed: tuple[Claim, ...]) -> Iterator[Finding]:
    """The texts of facts of which the clause says too little."""
    everything: str | None = None
    near = {claim.placed.path: _near(cited, claim) for claim in claimed}
    for placed in cited.facts:
        for key, text in placed.texts:
            if key in _DECLARED or (isinstance(placed.fact, KindFact | Role) and key == "name"):
                continue
            said = cited.context
            if isinstance(placed.fact, Role):
                # A duty sums up what the whole procedure gives to the role.
                everything = everything or "\n".join(
                    clause.words for clause in cited.source.clauses
                )
                said = everything
            if key == "signs":
                said = f"{said}\n{_items(cited)}"
            if key == "action" and placed.path in near:
                said = near[placed.path]
            words = cited.words(text)
            if isinstance(placed.fact, EventFact) and key == "name":
                words = happening(cited, placed.fact)
            if key == "name" and _names_its_type(cited, placed.fact, words):
                continue
            if cited.share(words, said) < ENOUGH:
                yield fact_finding(
                    cited, placed, key, "words-not-in-text", words=words, text=cited.text
                )


def _items(cited: CitedClause) -> str:
    """The words of the clauses within this one, if it ends where a list of them begins."""
    if not cited.clause.head.rstrip().endswith(("：", ":")):
        return ""
    inner = (one for one in cited.source.clauses if one.id.startswith(cited.clause.id))
    return "\n".join(cited.punctuated(one.words) for one in inner)


def _names_its_type(cited: CitedClause, fact: Fact, words: str) -> bool:
    """Whether a channel is called what it is (`Telephone`, 邮箱), and the clause says its type."""
    if not isinstance(fact, Channel | ContactFact):
        return False
    pattern = cited.lexicon.channels[fact.type]
    if fact.value and pattern.fullmatch(words):
        return True
    return pattern.search(words) is not None and pattern.search(cited.whole) is not None


def _near(cited: CitedClause, claim: Claim) -> str:
    """What the clause says up to the sentence with a limit's length, and the names of roles."""
    _, last = cited.sentence(claim.number.start)
    return cited.context.replace(cited.text, cited.text[:last], 1)
