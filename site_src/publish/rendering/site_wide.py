"""Renders the pages of the whole site from what is published of each organisation."""

from dataclasses import replace
from itertools import chain
from typing import Any

from pydantic import TypeAdapter, ValidationError

from functions.model.deadlines.calendar import CalendarCode
from functions.model.language import Language
from site_src.errors import KeysUnreadable, WrongTarget
from site_src.file_names import SECURITY_FILE
from site_src.languages import SiteLanguage
from site_src.publish.inputs import Inputs
from site_src.publish.record.record import UNSURE, PublishedOrganisation, PublishedRecord
from site_src.publish.rendering.organisations import LISTED_FORM, NEWS_FORM
from site_src.publish.stage import StagedFiles
from site_src.receipts.keys import KEYS, PublishedKey, PublishedKeys
from site_src.render.data.feed import FeedVersion
from site_src.render.data.sitemap import add_sitemap
from site_src.render.pages.organisation_list import ListedOrganisation
from site_src.render.site_renderer import Renderer
from site_src.site_files import SiteFiles
from site_src.site_settings import expiry

_LANGUAGES = TypeAdapter(dict[Language, str])
_CODES = TypeAdapter(tuple[CalendarCode, ...])


def with_site_pages(
    before: PublishedRecord,
    after: PublishedRecord,
    inputs: Inputs,
    renderer: Renderer,
    languages: tuple[SiteLanguage, ...],
    stage: StagedFiles,
) -> PublishedRecord:
    """Stages the pages of the whole site as of `after`; returns it with their digests.

    `before` is what the target has. What does not depend on the difference is not rendered. Raises
    KeysUnreadable for the public keys of receipts.
    """
    site, listed = SiteFiles(), after.listed
    common = inputs.common(after.keys)
    in_doubt = UNSURE in before.files.values()
    if common == before.common and not in_doubt and _shown(before) == _shown(after):
        pages, kept = before.pages, before.files
    else:
        organisations = tuple(_entries(id, each) for id, each in listed.items())
        keys = merged_keys(after)
        pages = {
            str(language): digest
            for language, digest in renderer.common(site, organisations, keys).items()
        }
        public = (each.files for each in listed.values() if not each.is_draft)
        names = chain(site.files, *public)
        left_out = [path for entry, _ in organisations for path in entry.pages_not_searched]
        add_sitemap(site, names, inputs.site_url, languages, not_searched=left_out)
        kept = {}
    renderer.add_pointers(
        site,
        {each.recorded_id(id): each.contract for id, each in listed.items()},
        _LANGUAGES.validate_python(pages),
        _CODES.validate_python({code for each in listed.values() for code in each.calendars}),
        {
            each.renamed_from[0]: tuple(dict.fromkeys((id, *each.renamed_from)))
            for id, each in listed.items()
            if each.renamed_from
        },
    )
    files = kept | stage.add(site.files, before.files)
    expires = expiry(inputs.day).isoformat() if SECURITY_FILE in files else None
    return replace(after, common=common, pages=dict(pages), files=files, expires=expires)


def merged_keys(record: PublishedRecord) -> PublishedKeys:
    """The public keys of all sources; those of its own source stand for an organisation."""
    try:
        by_source = {name: PublishedKeys(keys) for name, keys in sorted(record.keys.items())}
    except ValidationError as error:
        raise KeysUnreadable(f"{KEYS} contains no valid keys: {error}") from error
    merged: dict[str, tuple[PublishedKey, ...]] = {}
    recorded = {each.recorded_id(id): each for id, each in record.organisations.items()}
    for source, keys in by_source.items():
        for id, own in keys.root.items():
            organisation = recorded.get(id)
            if id not in merged or (organisation and organisation.source == source):
                merged[id] = own
    return PublishedKeys(dict(sorted(merged.items())))


def _entries(
    id: str, organisation: PublishedOrganisation
) -> tuple[ListedOrganisation, tuple[FeedVersion, ...]]:
    """Its entry in the list, and those in the feed."""
    try:
        listed = LISTED_FORM.validate_python(organisation.listed)
        return listed, NEWS_FORM.validate_python(organisation.news)
    except ValidationError as error:
        raise WrongTarget(
            f"{id}: what the list of organisations says of it was recorded by another release of "
            f"Ombud; publish {id} again, with this release"
        ) from error


def _shown(record: PublishedRecord) -> dict[str, tuple[Any, Any, frozenset[str]]]:
    """What the pages of the whole site say of each organisation."""
    return {
        id: (each.listed, each.news, frozenset(filter(_is_page, each.files)))
        for id, each in record.listed.items()
    }


def _is_page(name: str) -> bool:
    return name.endswith("index.html")
