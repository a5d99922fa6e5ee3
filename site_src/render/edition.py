"""Compiles an edition: its contract, and the pages and mails that the functions fill."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId, Modal
from functions.model.pages.arranged import arranged_pages
from functions.model.pages.arrangement import texts_of
from functions.model.pages.page_set import KindPages
from site_src.compile.contract import compile_contract, compile_kind
from site_src.compile.filer_words import filer_words
from site_src.compile.procedure import compile_procedure
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
from site_src.languages import SiteLanguage
from site_src.looks.look import Look
from site_src.policy.load import Edition
from site_src.policy.model.filing import KindFact
from site_src.policy.model.policy import Policy
from site_src.render.drafts.function_pages import with_short_notice
from site_src.render.limit_modals import limit_modals
from site_src.render.shared.arrange import arrangement
from site_src.render.shared.templates import KIND_TEMPLATES, SharedLanguage, SharedTemplates
from site_src.render.shared.tree import PageGroup, page_tree
from site_src.site_files import SiteFiles


@dataclass(frozen=True)
class Compiled:
    """A compiled edition: the digest of its contract, its kinds and their pages.

    `forms` are the same pages, but only the form of each kind, which the site has as a page.
    `modals` is what its text says of each limit's act.
    """

    digest: str
    kinds: dict[KindId, Kind]
    pages: dict[SiteLanguage, KindPages]
    forms: dict[SiteLanguage, KindPages]
    modals: Mapping[str, Modal]


def compiled_edition(
    site: SiteFiles, edition: Edition, look: Look, calendar: str, shared: SharedTemplates
) -> Compiled:
    """Adds the contract of one edition, with its pages."""
    policy, release = edition.policy, shared.release
    modals = limit_modals(edition)
    kinds = {fact.id: compile_kind(policy, fact.id, modals) for fact in policy.kinds}
    digests = {tongue.language: shared.digests[tongue] for tongue in release}
    procedure = site.contract(compile_procedure(policy, modals))
    bare = compile_contract(policy, kinds, digests, procedure)
    texts = texts_of(bare.model_dump(mode="json", exclude_defaults=True))
    trees = {
        fact.id: _trees(edition, fact, kinds[fact.id], look, calendar, shared)
        for fact in policy.kinds
    }
    arranged = arrangement(trees, tuple(digests), texts)

    def pages(wanted: frozenset[str] | None = None) -> dict[SiteLanguage, KindPages]:
        return {
            tongue: arranged_pages(arranged, texts, shared_pages, tongue.language, wanted)
            for tongue, shared_pages in release.items()
        }

    digest = site.contract(bare.model_copy(update={"arrangement": arranged}))
    return Compiled(digest, kinds, pages(), pages(frozenset({"form"})), modals)


def _trees(
    edition: Edition,
    fact: KindFact,
    kind: Kind,
    look: Look,
    calendar: str,
    shared: SharedTemplates,
) -> tuple[PageGroup, ...]:
    """The trees of the pages of a kind, in the order of the release's templates."""
    languages = [
        (each, page_context(edition.policy, fact, kind, look, calendar, each.tongue), reader)
        for each, reader in zip(shared.languages, shared.readers, strict=True)
    ]

    def tree(place: str, name: str) -> PageGroup:
        pages = [(page(each, name, context), reader) for each, context, reader in languages]
        return page_tree(*zip(*pages, strict=True))

    def page(each: SharedLanguage, name: str, context: Mapping[str, object]) -> str:
        rendered = each.env.get_template(name).render(context)
        return with_short_notice(rendered, each.tongue) if edition.is_draft else rendered

    return tuple(tree(place, name) for place, name in KIND_TEMPLATES.items())


def page_context(
    policy: Policy,
    fact: KindFact,
    kind: Kind,
    look: Look,
    calendar: str,
    tongue: SiteLanguage,
) -> dict[str, object]:
    """What the templates of a kind of filing are rendered with."""
    home = f"{tongue.prefix}/{policy.id}/"
    return {
        "policy": policy,
        "look": look,
        "calendar_address": calendar,
        "kind": fact,
        "contract_kind": kind,
        "readers": readers(policy, fact.id),
        "limits": tuple(limit for limit in kind.limits if not limit.recurring),
        "disclosure": home,
        "procedure_page": f"{home}procedure/",
        "permanent_page": f"{home}versions/{policy.version}/",
        "path": f"/{policy.id}/{fact.id}/",
        "groups": groups(kind, tongue),
        "numbers": numbers(kind),
        "consents": consents(kind),
        "hints": hints(policy, fact.id, kind, tongue),
        "autocomplete": AUTOCOMPLETE,
        "grounds": fact.grounds,
        "levels": levels(policy, kind),
        "filer_words": filer_words(policy.categories),
        "represented_by": representatives(policy, fact.id),
    }
