"""Compiles an edition: its contract, and the pages and mails that the functions fill."""

from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from jinja2 import Environment

from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.mail import MailType
from functions.model.pages.page_set import Fragments, KindPages, KindTemplates, MailTemplate
from functions.model.pages.slot_template import SlotTemplate
from site_src.compile.contract import compile_contract, compile_kind
from site_src.compile.questions import (
    AUTOCOMPLETE,
    consents,
    groups,
    hints,
    levels,
    numbers,
    representatives,
)
from site_src.compile.routes import readers
from site_src.compile.slots import cut
from site_src.languages import SiteLanguage
from site_src.looks.look import Look
from site_src.policy.load import Edition
from site_src.policy.model.filing import KindFact
from site_src.policy.model.policy import Policy
from site_src.site_files import SiteFiles

_IN_HTML: tuple[MailType, ...] = ("acknowledgement",)
"""The mails with an HTML part."""


@dataclass(frozen=True)
class Compiled:
    """A compiled edition: the digest of its contract, its kinds and their pages."""

    digest: str
    kinds: dict[KindId, Kind]
    pages: dict[SiteLanguage, KindPages]


def compiled_edition(
    site: SiteFiles,
    edition: Edition,
    look: Look,
    calendar: str,
    environments: dict[SiteLanguage, Environment],
) -> Compiled:
    """Adds the contract and the pages of one edition."""
    policy = edition.policy
    kinds = {fact.id: compile_kind(policy, fact.id) for fact in policy.kinds}
    pages = {
        tongue: _kind_pages(policy, kinds, look, calendar, tongue, env)
        for tongue, env in environments.items()
    }
    digests = {tongue.language: site.contract(page_set) for tongue, page_set in pages.items()}
    name = site.contract(compile_contract(policy, kinds, digests))
    return Compiled(name, kinds, pages)


@lru_cache(maxsize=8)
def _fragments(env: Environment) -> Fragments:
    """The fragments that are the same for every organisation."""

    def fragment(name: str) -> SlotTemplate:
        return cut(env.get_template(f"fragments/{name}").render())

    return Fragments(
        problem=fragment("problem.html"),
        field_problem=fragment("field_problem.html"),
        answer=fragment("answer.html"),
        answer_text=fragment("answer.txt"),
        checked_answer=fragment("checked_answer.html"),
        carried=fragment("carried.html"),
        mail_doubt=fragment("mail_doubt.html"),
        milestone=fragment("milestone.html"),
        milestone_text=fragment("milestone.txt"),
        upload=fragment("upload.html"),
        history=fragment("happening.html"),
        keep=fragment("keep.html"),
    )


def _kind_pages(
    policy: Policy,
    kinds: dict[KindId, Kind],
    look: Look,
    calendar: str,
    tongue: SiteLanguage,
    env: Environment,
) -> KindPages:
    return KindPages(
        words=env.globals["words"],
        fragments=_fragments(env),
        kinds={
            fact.id: _skeletons(policy, fact, kinds[fact.id], look, calendar, tongue, env)
            for fact in policy.kinds
        },
    )


def _skeletons(
    policy: Policy,
    fact: KindFact,
    kind: Kind,
    look: Look,
    calendar: str,
    tongue: SiteLanguage,
    env: Environment,
) -> KindTemplates:
    home = f"{tongue.prefix}/{policy.id}/"
    context = {
        "policy": policy,
        "look": look,
        "calendar_address": calendar,
        "kind": fact,
        "contract_kind": kind,
        "readers": readers(policy, fact.id),
        "limits": tuple(limit for limit in kind.limits if not limit.recurring),
        "disclosure": home,
        "permanent_page": f"{home}versions/{policy.version}/",
        "path": f"/{policy.id}/{fact.id}/",
        "groups": groups(kind, tongue),
        "numbers": numbers(kind),
        "consents": consents(kind),
        "hints": hints(policy, fact.id, kind, tongue),
        "autocomplete": AUTOCOMPLETE,
        "grounds": fact.grounds,
        "levels": levels(policy, kind),
        "represented_by": representatives(policy, fact.id),
    }

    def skeleton(name: str) -> SlotTemplate:
        rendered = env.get_template(name).render(context)
        return cut(rendered.strip() if name.endswith("_subject.txt") else rendered)

    def mail(type_: MailType) -> MailTemplate:
        return MailTemplate(
            subject=skeleton(f"mails/{type_}_subject.txt"),
            text=skeleton(f"mails/{type_}.txt"),
            html=skeleton(f"mails/{type_}.html") if type_ in _IN_HTML else None,
        )

    return KindTemplates(
        form=skeleton("pages/form.html"),
        check=skeleton("pages/check.html"),
        receipt=skeleton("pages/receipt.html"),
        receipt_text=skeleton("mails/receipt.txt"),
        status=skeleton("pages/status.html"),
        mails={type_: mail(type_) for type_ in get_args(MailType)},
        receipt_content=skeleton("mails/content.txt"),
        paper=skeleton("papers/receipt.html"),
        handling=skeleton("pages/handle.html") if tongue.language == policy.language else None,
    )
