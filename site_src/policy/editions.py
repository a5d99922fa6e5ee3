"""What holds between the editions of one organisation, and what has been published."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import RootModel, ValidationError

from functions.model.durable_files import write_whole
from site_src.errors import PoliciesRejected
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.load import REVISIONS, Edition, Editions

PUBLISHED_FILE = "published.json"


class Published(RootModel[dict[str, dict[str, str]]]):
    """The content digest of every version ever published, by organisation and version."""

    def digest(self, organisation: str, version: str) -> str | None:
        """What was published under that version."""
        return self.root.get(organisation, {}).get(version)


def read_published(policies: Path) -> Published:
    """What has been published; nothing where the file is not there yet.

    Raises PoliciesRejected where it cannot be read, as after a merge that went wrong.
    """
    file = policies / PUBLISHED_FILE
    if not file.is_file():
        return Published({})
    try:
        return Published.model_validate_json(file.read_bytes())
    except ValidationError as error:
        finding = Finding(
            code="wrong-value",
            file=file,
            line=1,
            column=1,
            message=f"{PUBLISHED_FILE} cannot be read: {error.errors()[0]['msg']}",
            remedy="Take it back from version control; it is written by `build.py deploy` alone.",
        )
        raise PoliciesRejected((finding,)) from error


def record_published(policies: Path, organisations: tuple[Editions, ...]) -> None:
    """Adds the versions that are published now; what stands there already stays."""
    known = {name: dict(versions) for name, versions in read_published(policies).root.items()}
    for organisation in organisations:
        versions = known.setdefault(organisation.id, {})
        for edition in organisation.editions:
            versions.setdefault(edition.policy.version, edition.digest)
    content = json.dumps(known, indent=1, sort_keys=True) + "\n"
    write_whole(policies / PUBLISHED_FILE, content.encode())


def check_editions(organisation: Editions, published: Published) -> tuple[Finding, ...]:
    """Versions are distinct, take effect on different days and stay as they are once published."""
    return (
        *_repeated(organisation),
        *_changed(organisation, published),
        *_missing(organisation, published),
    )


def _repeated(organisation: Editions) -> Iterator[Finding]:
    for earlier, later in zip(organisation.editions, organisation.editions[1:], strict=False):
        if earlier.policy.effective_from == later.policy.effective_from:
            message = (
                f"versions {earlier.policy.version} and {later.policy.version} take effect on "
                "the same day"
            )
            remedy = "Give each version its own day."
            yield at_key(later, "version-repeated", message, remedy, "effective_from")
    seen: dict[str, Edition] = {}
    for edition in organisation.editions:
        version = edition.policy.version
        if version in seen:
            message = f"version {version} also stands in {seen[version].folder.name}/"
            remedy = "Give each version its own name."
            yield at_key(edition, "version-repeated", message, remedy, "version")
        seen[version] = edition


def _changed(organisation: Editions, published: Published) -> Iterator[Finding]:
    for edition in organisation.editions:
        digest = published.digest(organisation.id, edition.policy.version)
        if digest is not None and digest != edition.digest:
            message = f"version {edition.policy.version} is published, and its content differs"
            remedy = (
                f"Undo the change and run `build.py revise {organisation.id}` first: cases "
                "stay under the version they were filed under."
            )
            yield at_key(edition, "published-changed", message, remedy, "version")


def _missing(organisation: Editions, published: Published) -> Iterator[Finding]:
    """A version that cases stand under has its page and its contract for good."""
    kept = {edition.policy.version for edition in organisation.editions}
    latest = organisation.editions[-1]
    for version in sorted(published.root.get(organisation.id, {}).keys() - kept):
        message = f"version {version} is published, and no edition here has it"
        remedy = (
            f"Put it back in {REVISIONS}/{version}/, or undo the change of the version; "
            f"`build.py revise {organisation.id}` opens the next one."
        )
        yield at_key(latest, "published-missing", message, remedy, "version")
