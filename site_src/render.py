"""Renders everything in memory: pages, contracts and assets, nothing written yet."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup
from pydantic import BaseModel

from functions.adapters.contracts import digest
from functions.contract import Calendar, Current, Kind, KindId, Language
from functions.pages import (
    HIDDEN,
    Fragments,
    KindPages,
    KindSkeletons,
    SitePages,
    Skeleton,
    form_page,
)
from site_src.compile import compile_contract, compile_kind
from site_src.document import document
from site_src.facts import fact_text, facts
from site_src.guide import guide
from site_src.holidays import calendar
from site_src.language import Tongue, tongues
from site_src.load import Editions, Source
from site_src.policy import KindFact, Policy
from site_src.procedure import render_procedure
from site_src.question import AUTOCOMPLETE, consents, groups, hints
from site_src.slot import cut
from site_src.templates import environment
from site_src.vocabulary import words

_ASSETS = Path(__file__).parent / "assets"


@dataclass
class Site:
    """The files of the site by their path below the output folder."""

    files: dict[str, bytes] = field(default_factory=dict)

    def page(self, address: str, html: str) -> None:
        """Adds the page of an address such as `/en/track/`."""
        self.files[f"{address.lstrip('/')}index.html"] = html.encode()

    def contract(self, model: BaseModel) -> str:
        """Adds a content that is named by its digest, and returns the digest."""
        content = model.model_dump_json().encode()
        name = digest(content)
        self.files[f"contracts/{name}.json"] = content
        return name


def render(all_editions: tuple[Editions, ...], day: date) -> Site:
    """The whole site of these organisations as it stands on `day`."""
    site = Site()
    days = calendar()
    assets = _assets(site, days)
    environments = {tongue: environment(tongue, lambda name: assets[name]) for tongue in tongues()}
    site_pages: dict[Language, str] = {}
    policies = [editions.in_force(day).policy for editions in all_editions]
    for tongue, env in environments.items():
        site_pages[tongue.language] = _site_pages(site, tongue, env, policies)
    organisations = {
        editions.id: _organisation(site, editions, day, days, environments)
        for editions in all_editions
    }
    current = Current(organisations=organisations, site=site_pages)
    site.files["contracts/current.json"] = current.model_dump_json().encode()
    return site


def _assets(site: Site, days: Calendar) -> dict[str, str]:
    """Adds each asset under a name that changes with its content.

    `calendar.json` is the calendar of the contracts, for the script on the forms.
    """
    contents = {path.name: path.read_bytes() for path in sorted(_ASSETS.iterdir())}
    contents["calendar.json"] = days.model_dump_json().encode()
    addresses = {}
    for file, content in contents.items():
        stem, _, suffix = file.partition(".")
        name = f"assets/{stem}.{digest(content)[:12]}.{suffix}"
        site.files[name] = content
        addresses[file] = f"/{name}"
    return addresses


def _site_pages(site: Site, tongue: Tongue, env: Environment, policies: list[Policy]) -> str:
    site.page(f"{tongue.prefix}/", env.get_template("pages/index.html").render(policies=policies))
    pages = SitePages(
        words=words(tongue),
        track=cut(env.get_template("pages/track.html").render()),
        notice=cut(env.get_template("pages/notice.html").render()),
    )
    site.page(f"{tongue.prefix}/track/", pages.track.html({"summary_hidden": HIDDEN}))
    return site.contract(pages)


def _organisation(
    site: Site,
    editions: Editions,
    day: date,
    days: Calendar,
    environments: dict[Tongue, Environment],
) -> str:
    """Adds everything of one organisation and returns the digest of its current contract."""
    current = editions.in_force(day)
    contracts = {
        edition.policy.version: _contract(site, edition, days, environments)
        for edition in editions.editions
    }
    procedures = {
        edition.policy.version: render_procedure(edition.procedure) for edition in editions.editions
    }
    contract = contracts[current.policy.version]
    for tongue, env in environments.items():
        home = f"/{editions.id}/"
        view = _View(editions, current, procedures, day, tongue, env)
        site.page(tongue.prefix + home, view.disclosure(current, home))
        for edition in editions.editions:
            path = f"{home}versions/{edition.policy.version}/"
            site.page(tongue.prefix + path, view.disclosure(edition, path))
        name = f"{tongue.prefix}{home}policy.json".lstrip("/")
        site.files[name] = document(current, tongue.language, contract.digest).encode()
        _forms(site, current.policy, contract, tongue, env)
        if len(current.policy.kinds) > 1:
            html = env.get_template("pages/guide.html").render(
                policy=current.policy, questions=guide(current.policy), path=f"{home}guide/"
            )
            site.page(f"{tongue.prefix}{home}guide/", html)
    return contract.digest


@dataclass(frozen=True)
class _Compiled:
    """What became of one edition: its contract's digest, its kinds and their pages."""

    digest: str
    kinds: dict[KindId, Kind]
    pages: dict[Tongue, KindPages]


def _contract(
    site: Site, edition: Source, days: Calendar, environments: dict[Tongue, Environment]
) -> _Compiled:
    """Adds contract and pages of one edition."""
    policy = edition.policy
    kinds = {fact.id: compile_kind(policy, fact.id) for fact in policy.kinds}
    pages = {
        tongue: _kind_pages(policy, kinds, tongue, env) for tongue, env in environments.items()
    }
    digests = {tongue.language: site.contract(made) for tongue, made in pages.items()}
    name = site.contract(compile_contract(policy, kinds, days, digests))
    return _Compiled(name, kinds, pages)


@dataclass(frozen=True)
class _View:
    """The disclosure pages of one organisation in one language."""

    editions: Editions
    current: Source
    procedures: dict[str, Skeleton]
    day: date
    tongue: Tongue
    env: Environment

    def disclosure(self, edition: Source, path: str) -> str:
        """The page of an edition: in force, superseded or announced."""
        policy = edition.policy
        anchors = {id(placed.fact): placed.anchor for placed in facts(policy)}
        return self.env.get_template("pages/disclosure.html").render(
            policy=policy,
            procedure=self._procedure(edition),
            path=path,
            editions=self.editions.editions,
            current=self.current,
            announced=self.editions.announced(self.day),
            standing=self._standing(edition),
            begun=policy.effective_from <= self.day,
            anchor_of=lambda fact: anchors[id(fact)],
        )

    def _standing(self, edition: Source) -> str:
        if edition is self.current:
            return "current"
        return "announced" if edition in self.editions.announced(self.day) else "superseded"

    def _procedure(self, edition: Source) -> Markup:
        """The text, each clause followed by the facts that are drawn from it."""
        drawn: dict[str, list[tuple[str, str]]] = {}
        for placed in facts(edition.policy):
            said = fact_text(edition.policy, placed.fact, words(self.tongue))
            drawn.setdefault(placed.fact.clause, []).append((placed.anchor, said))
        template = self.env.get_template("fragments/drawn.html")
        values = {
            f"drawn.{clause}": Markup(template.render(facts=said)) for clause, said in drawn.items()
        }
        return self.procedures[edition.policy.version].html(values)


def _forms(
    site: Site, policy: Policy, contract: _Compiled, tongue: Tongue, env: Environment
) -> None:
    """Adds the form and the print form of each kind."""
    for fact in policy.kinds:
        home = f"{tongue.prefix}/{policy.id}/"
        kind = contract.kinds[fact.id]
        form = form_page(contract.pages[tongue], contract.digest, fact.id, kind, {}, ())
        site.page(f"{home}{fact.id}/", form)
        printed = env.get_template("pages/print.html").render(
            policy=policy,
            kind=fact,
            fields=kind.fields,
            path=f"/{policy.id}/{fact.id}/print/",
            disclosure=home,
        )
        site.page(f"{home}{fact.id}/print/", printed)


def _kind_pages(
    policy: Policy, kinds: dict[KindId, Kind], tongue: Tongue, env: Environment
) -> KindPages:
    def fragment(name: str) -> Skeleton:
        return cut(env.get_template(f"fragments/{name}").render())

    return KindPages(
        words=words(tongue),
        fragments=Fragments(
            problem=fragment("problem.html"),
            field_problem=fragment("field_problem.html"),
            answer=fragment("answer.html"),
            answer_text=fragment("answer.txt"),
            milestone=fragment("milestone.html"),
            milestone_text=fragment("milestone.txt"),
        ),
        kinds={
            fact.id: _skeletons(policy, fact, kinds[fact.id], tongue, env) for fact in policy.kinds
        },
    )


def _skeletons(
    policy: Policy, fact: KindFact, kind: Kind, tongue: Tongue, env: Environment
) -> KindSkeletons:
    home = f"{tongue.prefix}/{policy.id}/"

    def skeleton(name: str) -> Skeleton:
        rendered = env.get_template(name).render(
            policy=policy,
            kind=fact,
            contract_kind=kind,
            limits=tuple(limit for limit in kind.limits if not limit.recurring),
            disclosure=home,
            permanent_page=f"{home}versions/{policy.version}/",
            path=f"/{policy.id}/{fact.id}/",
            groups=groups(kind, tongue),
            consents=consents(kind),
            hints=hints(policy, fact.id, kind, tongue),
            autocomplete=AUTOCOMPLETE,
        )
        return cut(rendered.strip() if name.endswith("_subject.txt") else rendered)

    return KindSkeletons(
        form=skeleton("pages/form.html"),
        receipt=skeleton("pages/receipt.html"),
        receipt_text=skeleton("mails/receipt.txt"),
        status=skeleton("pages/status.html"),
        acknowledgement_subject=skeleton("mails/acknowledgement_subject.txt"),
        acknowledgement_text=skeleton("mails/acknowledgement.txt"),
        acknowledgement_html=skeleton("mails/acknowledgement.html"),
        notice_subject=skeleton("mails/notice_subject.txt"),
        notice_text=skeleton("mails/notice.txt"),
        undelivered_subject=skeleton("mails/undelivered_subject.txt"),
        undelivered_text=skeleton("mails/undelivered.txt"),
    )
