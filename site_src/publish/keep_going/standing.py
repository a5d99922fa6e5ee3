"""Finds what the rest of a site goes on saying of organisations that a deploy leaves out."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from site_src.errors import WrongTarget
from site_src.languages import language_folders
from site_src.publish.published_record import PublishedRecord
from site_src.render.site_renderer import Rendered, Unchanged

_RENDERED = TypeAdapter(Rendered)


def recorded_listings(rendered: Mapping[str, Rendered]) -> dict[str, dict[str, Any]]:
    """What the target's record keeps of each organisation."""
    return {
        id: _RENDERED.dump_python(each, mode="json", exclude_defaults=True)
        for id, each in rendered.items()
    }


def standing_as_published(
    record: PublishedRecord, left_out: Iterable[str], published: Iterable[str]
) -> Unchanged:
    """Those of the organisations that are on the site; `published` are the names of its files.

    Raises WrongTarget if the target does not say what its list has of one.
    """
    standing = {id: record.standing[id] for id in sorted(left_out) if id in record.standing}
    for id, entry in standing.items():
        if entry.listing is None:
            raise WrongTarget(
                f"{id} is published, but an earlier release published it, which did not record "
                "what the list of organisations says of it; correct its findings and deploy once "
                "without --keep-going"
            )
    rendered = {id: _RENDERED.validate_python(entry.listing) for id, entry in standing.items()}
    return Unchanged(rendered, tuple(name for name in published if _owner(name) in rendered))


def _owner(name: str) -> str:
    """The folder of a file below its language's, which is that of an organisation, if any."""
    first, _, rest = name.partition("/")
    return rest.partition("/")[0] if first in language_folders() else first
