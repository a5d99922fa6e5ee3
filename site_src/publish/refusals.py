"""Refuses a deploy from a checkout that is behind: it would take back what others published."""

from collections.abc import Iterator
from datetime import date

from site_src.authoring.published_policies import published_policy
from site_src.errors import RemovalRefused, TargetAhead
from site_src.file_names import ReadFile
from site_src.policy.load import Editions
from site_src.publish.published_record import PublishedRecord, RecordedOrganisation

_PULL = "Pull the newest policies, then deploy again."


def refuse_removals(
    record: PublishedRecord, organisations: tuple[Editions, ...], removed: tuple[str, ...]
) -> None:
    """Raises RemovalRefused if `removed` names what is not published or still has a folder."""
    here = {editions.id for editions in organisations}
    for name in removed:
        if name in here:
            raise RemovalRefused(f"policies/{name}/ is still there; remove the folder first")
        if name not in record.standing:
            published = ", ".join(sorted(record.standing)) or "none"
            raise RemovalRefused(
                f"{name} is not published at the target, so it cannot be removed; published are: "
                f"{published}"
            )


def refuse_older(
    record: PublishedRecord,
    organisations: tuple[Editions, ...],
    removed: tuple[str, ...],
    read: ReadFile,
    day: date,
) -> None:
    """Raises TargetAhead if the target has what this checkout lacks, or something newer in force.

    Organisations that are to be `removed` may be lacking; `read` reads the target.
    """
    here = {editions.id: editions for editions in organisations}
    reasons: list[str] = []
    for name, entry in record.root.items():
        if name in here:
            reasons += _lacking(here[name], entry)
        elif entry.removed_on is None and name not in removed:
            reasons.append(_organisation_lacking(name, entry))
    for name in here.keys() & record.standing.keys():
        reasons += _older_in_force(here[name], record.root[name], read, day)
    if reasons:
        raise TargetAhead(tuple(sorted(reasons)))


def _organisation_lacking(name: str, entry: RecordedOrganisation) -> str:
    versions = f" with version {', '.join(entry.versions)}" if entry.versions else ""
    return (
        f"{name}: published{versions}, but this checkout has no policies/{name}/. {_PULL} "
        f"To take the organisation off the site, add --remove {name}."
    )


def _lacking(editions: Editions, entry: RecordedOrganisation) -> Iterator[str]:
    name, here = editions.id, {edition.policy.version: edition for edition in editions.editions}
    for version, digest in entry.versions.items():
        if version not in here:
            yield _version_lacking(name, version)
        elif digest not in (None, here[version].digest, here[version].earlier_digest):
            yield (
                f"{name}: version {version} is published with another content than here. {_PULL} "
                f"`build.py revise {name}` starts a version for your own changes."
            )


def _version_lacking(name: str, version: str) -> str:
    return f"{name}: version {version} is published, but this checkout lacks it. {_PULL}"


def _older_in_force(
    editions: Editions, entry: RecordedOrganisation, read: ReadFile, day: date
) -> Iterator[str]:
    """A clock that is behind does it, too: the version that it puts back is published already."""
    published = published_policy(read, editions.id)
    if published is None:
        return
    if published.version not in editions.versions:
        if published.version not in entry.versions:  # else it is named already
            yield _version_lacking(editions.id, published.version)
        return
    ours = editions.in_force(day).policy
    begins = date.fromisoformat(published.effective_from)
    known = begins <= day or ours.version in entry.versions
    if ours.effective_from < begins and known:
        yield (
            f"{editions.id}: version {published.version} is in force at the target, and this "
            f"deploy would put version {ours.version} back. Check the date of this machine, which "
            f"is {day.isoformat()}, and pull the newest policies, then deploy again."
        )
