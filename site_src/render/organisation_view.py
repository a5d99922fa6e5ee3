"""Renders the pages that say what the procedure of an organisation is."""

from dataclasses import dataclass
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from functions.model.language import Language
from functions.model.pages.slot_template import SlotTemplate
from functions.model.statistics.published import PublishedStatistics
from functions.model.text import Text
from site_src.compile.messages.vocabulary import words
from site_src.languages import SiteLanguage
from site_src.looks.look import Look
from site_src.policy.edition import Edition, Editions
from site_src.policy.facts import fact_parts
from site_src.policy.finding import Finding
from site_src.policy.model.policy import Policy
from site_src.policy.successor import successor_of
from site_src.render.data.json_ld import policy_data
from site_src.render.drafts.clause_notes import beside_clauses
from site_src.render.edition import Compiled
from site_src.render.pages.performance import performance
from site_src.render.start_page import StartPage


def is_closed(policy: Policy, day: date) -> bool:
    """Whether the organisation takes no more filings on that day."""
    return policy.closed is not None and policy.closed.on <= day


@dataclass(frozen=True)
class View:
    """The disclosure pages of one organisation in one language."""

    editions: Editions
    current: Edition
    procedures: dict[tuple[str, Language], SlotTemplate]
    contracts: dict[str, Compiled]
    look: Look
    day: date
    tongue: SiteLanguage
    env: Environment
    site_url: str
    statistics: PublishedStatistics | None = None
    findings: tuple[Finding, ...] = ()

    def start(self, start: StartPage, calendar: str) -> str:
        """The page that answers what people come for, by the version in force.

        `calendar` is the address of the days off that its script counts on.
        """
        policy = self.current.policy
        home, closed = f"/{policy.id}/", is_closed(policy, self.day)
        return self.env.get_template("pages/start.html").render(
            policy=policy,
            look=self.look,
            structured=policy_data(policy, self.tongue, self.site_url, home, closed),
            path=home,
            start=start,
            procedure_language=self._language(self.current),
            calendar_address=calendar,
            announced=self.editions.announced(self.day),
            begun=policy.effective_from <= self.day,
            closed=closed,
            successor=successor_of(self.current),
            performance=performance(policy, self.statistics, words(self.tongue)),
        )

    def figures(self) -> Markup:
        """What is published of how the promises were kept; empty if nothing is."""
        policy = self.current.policy
        told = performance(policy, self.statistics, words(self.tongue))
        if told is None:
            return Markup()
        template = self.env.get_template("fragments/figures.html")
        return Markup(template.render(policy=policy, performance=told))

    def disclosure(self, edition: Edition, path: str) -> str:
        """The page of an edition: in force, superseded or announced."""
        policy = edition.policy
        anchors = {id(placed.fact): placed.anchor for placed in edition.facts}
        whole = f"/{policy.id}/procedure/"
        closed = is_closed(policy, self.day)
        standing = self._standing(edition)
        return self.env.get_template("pages/disclosure.html").render(
            policy=policy,
            look=self.look,
            canonical=path if standing == "announced" else whole,
            structured=policy_data(policy, self.tongue, self.site_url, path, closed),
            modals=self.contracts[policy.version].modals,
            contract_kinds=self.contracts[policy.version].kinds,
            procedure=self.procedure(edition),
            procedure_language=self._language(edition),
            path=path,
            editions=self.editions.editions,
            current=self.current,
            announced=self.editions.announced(self.day),
            standing=standing,
            begun=policy.effective_from <= self.day,
            closed=closed,
            successor=successor_of(edition),
            anchor_of=lambda fact: anchors[id(fact)],
        )

    def _standing(self, edition: Edition) -> str:
        if edition is self.current:
            return "current"
        return "announced" if edition in self.editions.announced(self.day) else "superseded"

    def procedure(self, edition: Edition) -> Markup:
        """The text, with the facts drawn from each clause after it."""
        by_clause: dict[str, list[tuple[str, tuple[Text | str, ...]]]] = {}
        for placed in edition.facts:
            parts = fact_parts(edition.policy, placed.fact, words(self.tongue))
            by_clause.setdefault(placed.fact.clause, []).append((placed.anchor, parts))
        template = self.env.get_template("fragments/drawn.html")
        values = {
            f"drawn.{clause}": Markup(template.render(facts=anchored))
            for clause, anchored in by_clause.items()
        }
        for clause, said in beside_clauses(self.env, self.tongue, edition, self.findings).items():
            values[f"drawn.{clause}"] = said + values.get(f"drawn.{clause}", Markup())
        return self.procedures[edition.policy.version, self._language(edition)].html(values)

    def _language(self, edition: Edition) -> Language:
        """The language of the procedure on the page."""
        translated = edition.translation(self.tongue.language)
        return translated.language if translated else edition.policy.language
