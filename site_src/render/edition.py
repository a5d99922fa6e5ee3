"""Compiles an edition: its contract, and the pages and mails that the functions fill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId, Modal
from functions.model.pages.arranged import arranged_pages
from functions.model.pages.arrangement import texts_of
from functions.model.pages.page_set import NOTHING, KindPages, KindTemplates
from functions.model.pages.release_pages import ReleasePages
from functions.model.pages.slot_template import cut
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
from site_src.policy.edition import Edition
from site_src.policy.model.filing import KindFact
from site_src.policy.model.policy import Policy
from site_src.render.drafts.function_pages import with_short_notice
from site_src.render.limit_modals import limit_modals
from site_src.render.shared.arrange import arrangement
from site_src.render.shared.marked import unmarked
from site_src.render.shared.templates import KIND_TEMPLATES, SharedLanguage, SharedTemplates
from site_src.render.shared.tree import page_tree
from site_src.site_files import SiteFiles


@dataclass(frozen=True)
class Compiled:
    """A compiled edition: the digest of its contract, its kinds and their pages.

    `forms` are the same pages, but only the form of each kind, which the site has as a page.
    `contexts` are what the templates of each kind are rendered with, and `modals` is what its text
    says of each limit's act.
    """

    digest: str
    kinds: dict[KindId, Kind]
    pages: dict[SiteLanguage, KindPages]
    forms: dict[SiteLanguage, KindPages]
    contexts: dict[tuple[KindId, SiteLanguage], dict[str, object]]
    modals: Mapping[str, Modal]


_MarkedPages = Mapping[str, tuple[str, ...]]
"""The pages of a kind, with marks, in each language by their place in `KindTemplates`."""


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
    contexts = {
        (fact.id, tongue): page_context(policy, fact, kinds[fact.id], look, calendar, tongue)
        for fact in policy.kinds
        for tongue in release
    }
    marked = {
        id: _marked_pages([(each, contexts[id, each.tongue]) for each in shared.languages], edition)
        for id in kinds
    }
    trees = {
        id: tuple(page_tree(page, shared.readers) for page in pages.values())
        for id, pages in marked.items()
    }
    arranged = arrangement(trees, tuple(digests), texts)
    pages = {
        tongue: arranged_pages(arranged, texts, shared_pages, tongue.language)
        for tongue, shared_pages in release.items()
    }
    digest = site.contract(bare.model_copy(update={"arrangement": arranged}))
    return Compiled(digest, kinds, pages, _forms(marked, release), contexts, modals)


def _marked_pages(
    languages: Iterable[tuple[SharedLanguage, Mapping[str, object]]], edition: Edition
) -> _MarkedPages:
    """The pages of a kind, in the order of the release's templates, rendered in each language."""

    def page(each: SharedLanguage, name: str, context: Mapping[str, object]) -> str:
        rendered = each.env.get_template(name).render(context)
        return with_short_notice(rendered, each.tongue) if edition.is_draft else rendered

    return {
        place: tuple(page(each, name, context) for each, context in languages)
        for place, name in KIND_TEMPLATES.items()
    }


def _forms(
    marked: Mapping[KindId, _MarkedPages], release: Mapping[SiteLanguage, ReleasePages]
) -> dict[SiteLanguage, KindPages]:
    """The form of each kind; the arrangement says the same, but takes longer to put together."""
    forms: dict[SiteLanguage, KindPages] = {}
    for place, (tongue, shared_pages) in enumerate(release.items()):
        kinds = {
            id: KindTemplates(
                form=cut(unmarked(pages["form"][place])),
                check=NOTHING,
                receipt=NOTHING,
                receipt_text=NOTHING,
                status=NOTHING,
                mails={},
            )
            for id, pages in marked.items()
        }
        forms[tongue] = KindPages.model_construct(
            words=shared_pages.words, fragments=shared_pages.fragments, kinds=kinds
        )
    return forms


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
