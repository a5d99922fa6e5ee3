"""Renders everything in memory: pages, contracts and assets, nothing written yet."""

from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from pydantic import BaseModel

from functions.adapters.folder import digest
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
from site_src.form import fields
from site_src.holidays import calendar
from site_src.language import Tongue, tongues
from site_src.load import Source
from site_src.policy import KindFact, Policy
from site_src.procedure import render_procedure
from site_src.question import AUTOCOMPLETE, consents, groups, hints
from site_src.templates import cut, environment
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


def render(sources: tuple[Source, ...]) -> Site:
    """The whole site of these policies."""
    site = Site()
    days = calendar()
    assets = _assets(site, days)
    environments = {tongue: environment(tongue, lambda name: assets[name]) for tongue in tongues()}
    site_pages: dict[Language, str] = {}
    for tongue, env in environments.items():
        site_pages[tongue.language] = _site_pages(site, tongue, env, sources)
    organisations = {
        source.policy.id: _organisation(site, source, days, environments) for source in sources
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


def _site_pages(site: Site, tongue: Tongue, env: Environment, sources: tuple[Source, ...]) -> str:
    policies = [source.policy for source in sources]
    site.page(f"{tongue.prefix}/", env.get_template("pages/index.html").render(policies=policies))
    pages = SitePages(
        words=words(tongue),
        track=cut(env.get_template("pages/track.html").render()),
        notice=cut(env.get_template("pages/notice.html").render()),
    )
    site.page(f"{tongue.prefix}/track/", pages.track.html({"summary_hidden": HIDDEN}))
    return site.contract(pages)


def _organisation(
    site: Site, source: Source, days: Calendar, environments: dict[Tongue, Environment]
) -> str:
    """Adds everything of one organisation and returns the digest of its contract."""
    policy = source.policy
    kinds = {fact.id: compile_kind(policy, fact.id) for fact in policy.kinds}
    pages = {
        tongue: _kind_pages(policy, kinds, tongue, env) for tongue, env in environments.items()
    }
    digests = {tongue.language: site.contract(made) for tongue, made in pages.items()}
    contract = site.contract(compile_contract(policy, days, digests))
    procedure = render_procedure(source.procedure)
    for tongue, env in environments.items():
        home = f"/{policy.id}/"
        template = env.get_template("pages/disclosure.html")
        for path, permanent in ((home, False), (f"{home}versions/{policy.version}/", True)):
            html = template.render(
                policy=policy, procedure=procedure, path=path, permanent=permanent
            )
            site.page(tongue.prefix + path, html)
        name = f"{tongue.prefix}{home}policy.json".lstrip("/")
        site.files[name] = document(policy, tongue.language, contract).encode()
        for fact in policy.kinds:
            form = form_page(pages[tongue], contract, fact.id, kinds[fact.id], {}, ())
            site.page(f"{tongue.prefix}{home}{fact.id}/", form)
            printed = env.get_template("pages/print.html").render(
                policy=policy,
                kind=fact,
                fields=fields(policy, fact.id),
                path=f"{home}{fact.id}/print/",
                disclosure=tongue.prefix + home,
            )
            site.page(f"{tongue.prefix}{home}{fact.id}/print/", printed)
    return contract


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
            hints=hints(policy, kind, tongue),
            autocomplete=AUTOCOMPLETE,
        )
        return cut(rendered)

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
    )
