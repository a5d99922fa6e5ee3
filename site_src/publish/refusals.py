"""Refuses a deploy from a checkout that is behind: it would take back what others published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_src.authoring.published_policies import published_policy
from site_src.errors import RemovalRefused, TargetAhead
from site_src.file_names import ReadFile
from site_src.policy.load import Editions
from site_src.publish.published_record import PublishedRecord, RecordedOrganisation
from site_src.receipts.keys import KEYS, PublishedKeys, published_keys

_PULL = "Pull the newest policies, then deploy again."


@dataclass(frozen=True)
class Checkout:
    """What a deploy publishes, and what the operator says that it may take off the target.

    `states` are the digests of its inputs, `removed` the organisations to take off the site, and
    `taken_back` the inputs whose earlier state is published on purpose. The organisations that are
    `left_out` have a folder here, and stay as they are published.
    """

    organisations: tuple[Editions, ...]
    states: Mapping[str, str]
    keys: PublishedKeys
    removed: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()

    @property
    def editions(self) -> dict[str, Editions]:
        """The editions by organisation."""
        return {editions.id: editions for editions in self.organisations}


def refuse_removals(record: PublishedRecord, checkout: Checkout) -> None:
    """Raises RemovalRefused if an option names what it cannot be for.

    An organisation to remove must be published and have no folder here; an input to take back
    must be one.
    """
    for name in checkout.removed:
        if name in checkout.editions or name in checkout.left_out:
            raise RemovalRefused(f"policies/{name}/ is still there; remove the folder first")
        if name not in record.standing:
            published = ", ".join(sorted(record.standing)) or "none"
            raise RemovalRefused(
                f"{name} is not published at the target, so it cannot be removed; published are: "
                f"{published}"
            )
    for name in checkout.taken_back:
        if name not in (KEYS, *checkout.states):
            raise RemovalRefused(f"--take-back {name}: there is no policies/{name}")


def refuse_older(record: PublishedRecord, checkout: Checkout, read: ReadFile, day: date) -> None:
    """Raises TargetAhead if the target has what this checkout lacks, or something newer.

    `read` reads the target.
    """
    reasons = [
        *_organisations_lacking(record, checkout),
        *_keys_lacking(checkout, read),
    ]
    for name, editions in checkout.editions.items():
        entry = record.organisations.get(name)
        if entry is None:
            continue
        reasons += _lacking(editions, entry)
        if entry.removed_on is None:
            reasons += _older_in_force(editions, entry, read, day)
        elif name not in checkout.taken_back and editions.versions <= entry.versions.keys():
            reasons.append(
                f"{name}: taken off the site on {entry.removed_on}, but this checkout has "
                f"policies/{name}/. {_PULL} {_on_purpose(name)}"
            )
    named = {reason.partition(":")[0] for reason in reasons}
    reasons += _earlier_states(record, checkout, named)
    if reasons:
        raise TargetAhead(tuple(sorted(dict.fromkeys(reasons))))


def _on_purpose(name: str) -> str:
    return f"To publish the earlier state on purpose, add --take-back {name}."


def _organisations_lacking(record: PublishedRecord, checkout: Checkout) -> Iterator[str]:
    here = {*checkout.editions, *checkout.left_out, *checkout.removed}
    for name in sorted(record.standing.keys() - here):
        versions = record.standing[name].versions
        listed = f" with version {', '.join(versions)}" if versions else ""
        yield (
            f"{name}: published{listed}, but this checkout has no policies/{name}/. {_PULL} "
            f"To take the organisation off the site, add --remove {name}."
        )


def _keys_lacking(checkout: Checkout, read: ReadFile) -> Iterator[str]:
    """Without its key, a receipt that is genuine is called forged."""
    if KEYS in checkout.taken_back:
        return
    for name, keys in published_keys(read).root.items():
        here = {key.kid for key in checkout.keys.of(name)}
        for kid in (key.kid for key in keys if key.kid not in here):
            yield (
                f"{name}: the key {kid} is published, but this checkout's {KEYS} lacks it. {_PULL} "
                f"To take the key back on purpose, add --take-back {KEYS}."
            )


def _earlier_states(record: PublishedRecord, checkout: Checkout, named: set[str]) -> Iterator[str]:
    """What is `named` already needs no second reason."""
    for name, state in checkout.states.items():
        past = record.states.get(name, ())
        if state in past[:-1] and name not in {*checkout.taken_back, *named}:
            yield (
                f"{name}: the target has a newer state of policies/{name}, and this checkout has "
                f"an earlier one. {_PULL} {_on_purpose(name)}"
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
