"""Adds the pages of one organisation to the site."""

from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from functions.model.deadlines.calendar import CalendarCode
from functions.model.pages.slot_template import cut
from functions.model.statistics.published import PublishedStatistics
from functions.views.form_page import form_page
from site_src.compile.directory import directory
from site_src.compile.messages.vocabulary import words
from site_src.compile.policy_json import document
from site_src.compile.slots import slot
from site_src.languages import SiteLanguage
from site_src.looks.look import Look
from site_src.policy.edition import Edition, Editions
from site_src.policy.finding import Finding
from site_src.policy.model.filing import KindFact
from site_src.policy.successor import successor_of
from site_src.render.data.openapi import api_document
from site_src.render.edition import Compiled, compiled_edition
from site_src.render.organisation_view import View, is_closed
from site_src.render.pages.guide import guide
from site_src.render.pages.plain_text import procedure_lines, wrapped
from site_src.render.pages.poster import fitted
from site_src.render.pages.print_form import takes_paper
from site_src.render.pages.procedure import render_procedure
from site_src.render.shared.templates import SharedTemplates
from site_src.render.site_calendars import SiteCalendars
from site_src.render.start_page import StartPage, start_page
from site_src.site_files import SiteFiles


def organisation_pages(
    site: SiteFiles,
    editions: Editions,
    look: Look,
    day: date,
    calendars: SiteCalendars,
    environments: dict[SiteLanguage, Environment],
    shared: SharedTemplates,
    site_url: str,
    proof_of_work: bool,
    statistics: PublishedStatistics | None = None,
    findings: tuple[Finding, ...] = (),
) -> str:
    """Adds all pages of one organisation and returns the digest of its current contract.

    `proof_of_work` says whether a filing requires one. `statistics` are the figures that the page
    in force shows if the policy publishes them. The `findings` of a draft stand beside their
    clauses.
    """
    current = editions.in_force(day)
    contracts = {
        edition.policy.version: compiled_edition(
            site,
            edition,
            look,
            calendars.address(edition.policy.organisation.counted_calendar),
            shared,
        )
        for edition in editions.editions
    }
    procedures = {
        (edition.policy.version, language): render_procedure(text, edition.items)
        for edition in editions.editions
        for language, text in (
            (edition.policy.language, edition.procedure),
            *((translation.language, translation.text) for translation in edition.translations),
        )
    }
    contract, closed = contracts[current.policy.version], is_closed(current.policy, day)
    site.files[f"contracts/directory/{editions.recorded_id}.json"] = directory(
        editions, day, contract.digest, look.colours
    ).encode()
    for tongue, env in environments.items():
        home = f"/{editions.id}/"
        view = View(
            *(editions, current, procedures, contracts, look, day, tongue, env, site_url),
            *(statistics, findings),
        )
        for edition in editions.editions:
            permanent = f"{home}versions/{edition.policy.version}/"
            page = cut(view.disclosure(edition, slot("path")))
            whole = f"{home}procedure/"
            site.page(tongue.prefix + permanent, page.html({"path": permanent}))
            if edition is current:
                slots = {"path": whole, "figures": view.figures()}
                site.page(tongue.prefix + whole, page.html(slots))
        start = start_page(current.policy, contract.kinds, words(tongue), tongue)
        calendar = calendars.address(current.policy.organisation.counted_calendar)
        site.page(tongue.prefix + home, view.start(start, calendar))
        name = f"{tongue.prefix}{home}policy.json".lstrip("/")
        # The address without a language has the policy's own words.
        language = tongue.language if tongue.prefix else current.policy.language
        site.files[name] = document(current, language, contract.digest).encode()
        if closed:
            _closed_forms(site, current, look, tongue, env)
        else:
            _forms(site, current, contract, tongue, env)
        _premises(site, current, contract, start, look, day, tongue, env)
        if len(current.policy.kinds) > 1 and not closed:
            html = env.get_template("pages/guide.html").render(
                policy=current.policy,
                look=look,
                questions=guide(current.policy),
                path=f"{home}guide/",
            )
            site.page(f"{tongue.prefix}{home}guide/", html)
    interface = api_document(current.policy, contract.kinds, site_url, proof_of_work, closed)
    site.files[f"{editions.id}/openapi.json"] = interface.encode()
    return contract.digest


def calendars_of(editions: Editions) -> tuple[CalendarCode, ...]:
    """The calendars that the contracts of an organisation name."""
    organisations = (edition.policy.organisation for edition in editions.editions)
    return tuple(sorted({organisation.counted_calendar for organisation in organisations}))


def _forms(
    site: SiteFiles,
    source: Edition,
    contract: Compiled,
    tongue: SiteLanguage,
    env: Environment,
) -> None:
    """Adds the form and the print form of each kind."""
    policy = source.policy
    organisation = policy.organisation.name.words(tongue.language)
    for fact in policy.kinds:
        home = f"{tongue.prefix}/{policy.id}/"
        kind = contract.kinds[fact.id]
        about = env.get_template("fragments/about.html").render(
            title=f"{fact.name.words(tongue.language)} – {organisation}",
            path=f"/{policy.id}/{fact.id}/",
            policy=policy,
        )
        form = form_page(
            contract.forms[tongue], contract.digest, fact.id, kind, {}, (), about=Markup(about)
        )
        site.page(f"{home}{fact.id}/", form)
        printed = env.get_template("pages/print.html").render(
            contract.contexts[fact.id, tongue],
            paper=takes_paper(policy, fact.id),
            path=f"/{policy.id}/{fact.id}/print/",
        )
        site.page(f"{home}{fact.id}/print/", printed)


def _closed_forms(
    site: SiteFiles, source: Edition, look: Look, tongue: SiteLanguage, env: Environment
) -> None:
    """Adds what stands where the forms, the print forms and the guide were."""
    policy, successor = source.policy, successor_of(source)
    paths: dict[str, KindFact | None] = {
        f"/{policy.id}/{place}": kind
        for kind in policy.kinds
        for place in (f"{kind.id}/", f"{kind.id}/print/")
    }
    if len(policy.kinds) > 1:
        paths[f"/{policy.id}/guide/"] = None
    for path, kind in paths.items():
        page = env.get_template("pages/closed.html").render(
            policy=policy, look=look, kind=kind, path=path, successor=successor
        )
        site.page(f"{tongue.prefix}{path}", page)


def _premises(
    site: SiteFiles,
    source: Edition,
    contract: Compiled,
    start: StartPage,
    look: Look,
    day: date,
    tongue: SiteLanguage,
    env: Environment,
) -> None:
    """Adds the poster and the procedure as plain text."""
    policy = source.policy
    home = f"{tongue.prefix}/{policy.id}/"
    shared = {
        "policy": policy,
        "begun": policy.effective_from <= day,
        "closed": is_closed(policy, day),
        "successor": successor_of(source),
    }
    values = shared | {
        "look": look,
        "start": start,
        "path": f"/{policy.id}/poster/",
        "disclosure": home,
        "procedure_page": f"{home}procedure/",
    }
    template = env.get_template("pages/poster.html")
    site.page(f"{home}poster/", fitted(policy, lambda shown: template.render(values, shown=shown)))
    translated = source.translation(tongue.language)
    text = env.get_template("pages/procedure.txt").render(
        shared,
        modals=contract.modals,
        procedure_language=translated.language if translated else policy.language,
        procedure=procedure_lines(translated.text if translated else source.procedure),
    )
    site.files[f"{home}procedure.txt".lstrip("/")] = wrapped(text).encode()
