"""Reads a procedure for proposals: its clauses as the checker's rules read them.

The rules of the checker read the clauses of an edition. Proposals begin without facts, so the
edition here has a policy of what is known so far: first only the language, then kinds, filers,
roles and reviews, which limits and steps refer to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from site_src.check.meaning.cited_clause import CitedClause
from site_src.check.meaning.rules import cited_clauses
from site_src.policy.clauses import Clause, RawLine, raw_lines, read_clauses
from site_src.policy.edition import Edition
from site_src.policy.folders import PROCEDURE_FILE
from site_src.policy.model.policy import Policy
from site_src.policy.yaml.document import YamlDocument
from site_src.proposing.proposal import ProposedFact
from site_src.proposing.words.chinese import CHINESE_PROPOSALS
from site_src.proposing.words.english import ENGLISH_PROPOSALS
from site_src.proposing.words.proposal_words import ProposalWords

_SHORT_NAME = re.compile(r"以下(?:简)?称[：:]?[“\"「]?(?!本|我)(?P<name>[\u4e00-\u9fff]{2,6})")
_NOUN = re.compile(r"医院|学校|公司|银行|大学|学院|中心|协会|平台|俱乐部")

ProposalLanguage = Literal["zh-CN", "en"]


@dataclass(frozen=True)
class ProcedureText:
    """A procedure with its clauses; `preamble` is what stands before the first."""

    language: ProposalLanguage
    lines: tuple[RawLine, ...]
    clauses: tuple[Clause, ...]

    @property
    def words(self) -> ProposalWords:
        """The words of its language that proposals look for."""
        return ENGLISH_PROPOSALS if self.language == "en" else CHINESE_PROPOSALS

    @property
    def title(self) -> str:
        """The first line that has words, without the mark of a heading."""
        lines = (line.words.strip() for line in self.lines)
        return next((words.lstrip("#").strip() for words in lines if words), "")

    @property
    def own_name(self) -> str:
        """What the text calls its organisation where it does not say "we"; empty if nothing."""
        if self.language == "en":
            return ""
        for line in self.lines:
            if short := _SHORT_NAME.search(line.words):
                return short["name"]
        noun = _NOUN.search(self.title)
        said = "".join(clause.words for clause in self.clauses)
        return (
            noun[0] if noun and re.search(rf"(?<!本){noun[0]}(?:应当?|须|要|每|在)", said) else ""
        )

    def cited(self, known: Iterable[ProposedFact]) -> tuple[CitedClause, ...]:
        """The clauses as the rules of the checker read them, with what is known so far."""
        policy = policy_of(self.language, known, self.own_name)
        source = Edition(
            Path("."), policy, self.lines, self.clauses, YamlDocument({}, {}), (), frozenset()
        )
        return tuple(cited_clauses(source))


def read_procedure(procedure: str, language: ProposalLanguage) -> ProcedureText:
    """The procedure with its clauses; a text without clause numbers has none."""
    lines = raw_lines(Path(PROCEDURE_FILE), procedure)
    return ProcedureText(language, lines, read_clauses(lines))


def policy_of(
    language: ProposalLanguage, known: Iterable[ProposedFact], own_name: str = ""
) -> Policy:
    """A policy with the proposals so far, and stand-ins for what a policy must have."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for proposal in known:
        lists.setdefault(proposal.list, []).append({**proposal.data, "clause": proposal.clause})
    # Words that no text says, so that a stand-in is never read anywhere.
    nobody = {"id": "nobody", "clause": "0"}
    lists.setdefault("kinds", [{"id": "feedback", "name": "∅", "clause": "0"}])
    lists.setdefault("filers", [{**nobody, "who": "∅"}])
    lists.setdefault("roles", [{**nobody, "name": "∅", "duty": "∅"}])
    doing = {"id": "nothing", "role": lists["roles"][0]["id"], "action": "∅", "clause": "0"}
    lists.setdefault("steps", [doing])
    data = {
        "id": "draft",
        "language": language,
        "version": "1",
        "effective_from": "2000-01-01",
        "title": "∅",
        "source": "∅",
        "organisation": {
            "name": own_name or "∅",
            "prefix": "XXXX",
            "mailbox": "nobody@example.com",
        },
        "privacy": {
            "handler": "∅",
            "contact": "nobody@example.com",
            "purpose": "∅",
            "method": "∅",
            "data": "∅",
            "retention_years": 1,
        },
        **lists,
    }
    return Policy.model_validate(data, context={"language": language})
