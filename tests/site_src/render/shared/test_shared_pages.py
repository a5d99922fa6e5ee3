"""What all organisations share of their pages is stored once, and the pages are the same."""

import json
import shutil
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.model.contract.contract import Contract
from functions.model.contract.stored import restored, stored
from functions.model.pages.page_set import KindTemplates
from functions.model.pages.slot_template import SlotTemplate, cut
from site_src import places
from site_src.calendar_years import read_years
from site_src.check.organisation import read_all
from site_src.languages import site_languages
from site_src.looks.look import look
from site_src.policy.edition import Editions
from site_src.publish.write_order import in_order
from site_src.render.assets import assets
from site_src.render.edition import compiled_edition, page_context
from site_src.render.environment import environment
from site_src.render.shared.templates import KIND_TEMPLATES, SharedTemplates
from site_src.render.site_calendars import SiteCalendars
from site_src.render.site_renderer import render
from site_src.site_files import SiteFiles
from tests.conftest import MORNING, SITE_URL
from tests.releases.whole_pages import put, whole_contract

KILOBYTE = 1000
DAY = MORNING.date()


def contracts_of(built: Path) -> dict[str, bytes]:
    """The content of the current contract of each sample."""
    folder = built / "contracts"
    current = FolderContracts(str(folder)).current().organisations
    return {id: (folder / f"{name}.json").read_bytes() for id, name in current.items()}


def test_contracts_are_small(built: Path) -> None:
    """A contract with its pages has at most 20 KB in the middle, and 34 KiB with three kinds."""
    sizes = [len(content) for content in contracts_of(built).values()]
    assert len(sizes) >= 17
    assert median(sizes) <= 20 * KILOBYTE
    assert max(sizes) <= 34 * 1024


def test_one_file_for_each_language_holds_what_is_shared(built: Path) -> None:
    """There are no other pages than the release's, which are read before what names them."""
    folder = built / "contracts"
    names = {path.stem for path in (folder / "release").glob("*.json")}
    assert len(names) == len(site_languages())
    for content in contracts_of(built).values():
        assert set(json.loads(content)["pages"].values()) == names


def samples(name: str) -> Editions:
    """The policy of a sample."""
    (found,) = (one for one in read_all(places.POLICIES)[0] if one.id == name)
    return found


def template_of(templates: KindTemplates, place: str) -> SlotTemplate | None:
    """The template at a place such as `mails.notice.parts`."""
    *mail, part = place.split(".")
    found: SlotTemplate | None = getattr(templates.mails[mail[1]] if mail else templates, part)  # type: ignore[index]
    return found


@pytest.mark.parametrize("name", ["accreditation-body", "car-dealer", "factory-staff", "law-firm"])
def test_pages_are_those_that_the_templates_render(built: Path, name: str) -> None:
    """Each page, mail and receipt is, to the byte, what Jinja renders without marks."""
    edition = samples(name).in_force(DAY)
    policy, source = edition.policy, FolderContracts(str(built / "contracts"))
    digest = source.current().organisations[name]
    contract = source.contract(digest)
    site, calendars = SiteFiles(), SiteCalendars(read_years(places.POLICIES)[0])
    own, addresses = look(site, samples(name)), assets(site)
    address = calendars.address(policy.organisation.calendar_code or "none")
    for tongue in site_languages():
        env = environment(tongue, addresses, SITE_URL)
        pages = source.pages(digest, tongue.language)
        for fact in policy.kinds:
            kind = contract.kinds[fact.id]
            context = page_context(policy, fact, kind, own, address, tongue)
            for place, template in KIND_TEMPLATES.items():
                arranged = template_of(pages.kinds[fact.id], place)
                rendered = env.get_template(template).render(context)
                expected = cut(rendered.strip() if place.endswith("subject") else rendered)
                assert arranged == expected, place


@pytest.mark.parametrize("name", ["accreditation-body", "car-dealer"])
def test_form_of_the_site_is_that_of_the_contract(name: str) -> None:
    """The form that the site has as a page is, to the byte, the one that the functions fill."""
    site, edition = SiteFiles(), samples(name).in_force(DAY)
    addresses = assets(site)
    environments = {tongue: environment(tongue, addresses, SITE_URL) for tongue in site_languages()}
    shared = SharedTemplates(environments, addresses, SITE_URL, proof_of_work=False)
    compiled = compiled_edition(site, edition, look(site, samples(name)), "", shared)
    for tongue in site_languages():
        for kind in compiled.kinds:
            form = compiled.forms[tongue].kinds[kind].form
            assert form == compiled.pages[tongue].kinds[kind].form
            assert len(form.root) > 1


def test_whole_pages_show_the_same(built: Path, tmp_path: Path) -> None:
    """The form before 0.2.0, one file of pages a language and contract, still opens as the same."""
    folder = tmp_path / "contracts"
    shutil.copytree(built / "contracts", folder)
    source = FolderContracts(str(folder))
    for name in ("workshop-4s", "testing-company"):
        digest = source.current().organisations[name]
        earlier = put(folder, whole_contract(folder, digest))
        assert source.contract(earlier).arrangement is None
        for tongue in site_languages():
            assert source.pages(earlier, tongue.language) == source.pages(digest, tongue.language)


def test_stored_contract_is_the_contract(built: Path) -> None:
    """What is left out or stored once is there again when the contract is read."""
    for id, content in contracts_of(built).items():
        contract = Contract.model_validate(restored(json.loads(content)))
        assert contract.organisation == id
        assert stored(contract) == content
        assert len(contract.kinds) == 1 or b'"parts":' in content


def test_release_is_written_before_what_names_it(built: Path) -> None:
    """A deploy writes what organisations share, then contracts, then what leads to them."""
    names = [str(path.relative_to(built)) for path in built.rglob("*") if path.is_file()]
    order = in_order(names)
    first = order[: len(site_languages())]
    assert all(name.startswith("contracts/release/") for name in first)
    assert order[len(first)].startswith("contracts/")


def test_changed_word_changes_what_is_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word in a template changes the release's files, and of a contract only their names."""
    organisations = tuple(samples(name) for name in ("workshop-4s", "law-firm"))
    before = render(organisations, DAY, SITE_URL)
    templates = tmp_path / "templates"
    shutil.copytree(places.TEMPLATES, templates)
    page = templates / "pages" / "receipt.html"
    text = page.read_text("utf-8")
    page.write_text(text.replace("<h2", '<h2 class="new"', 1), "utf-8")
    monkeypatch.setattr("site_src.render.environment.TEMPLATES", templates)
    after = render(organisations, DAY, SITE_URL)
    for files in (before, after):
        assert sum(name.startswith("contracts/release/") for name in files.files) == 2
    for id in ("workshop-4s", "law-firm"):
        old, new = (current_contract(files, id) for files in (before, after))
        assert old.pop("pages") != new.pop("pages")
        assert old == new


def current_contract(site: SiteFiles, id: str) -> dict[str, object]:
    """The current contract of an organisation as it is stored."""
    name = json.loads(site.files["contracts/current.json"])["organisations"][id]
    content: dict[str, object] = json.loads(site.files[f"contracts/{name}.json"])
    return content


def test_organisation_alone_changes_nothing_shared() -> None:
    """What is shared depends on no organisation: another one on the site leaves it as it is."""
    day = date(2026, 6, 1)
    shared = []
    for names in (("workshop-4s",), ("testing-company", "workshop-4s")):
        site = render(tuple(samples(name) for name in names), day, SITE_URL)
        shared.append({name for name in site.files if name.startswith("contracts/release/")})
    assert shared[0] == shared[1]
