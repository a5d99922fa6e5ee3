"""Refuses to take back what others have published: the target is the authority, not a checkout."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from site_src.authoring.published_policies import published_policy
from site_src.errors import RemovalRefused, TargetAhead, WrongTarget
from site_src.file_names import CALENDAR_FOLDER, OPERATOR_FILE, ReadFile
from site_src.publish.inputs import Inputs
from site_src.publish.options import PublishOptions
from site_src.publish.record.record import PublishedOrganisation, PublishedRecord
from site_src.publish.rendering.site_wide import merged_keys
from site_src.receipts.keys import KEYS, keys_of

_PULL = "Pull the newest policies, then deploy again."


@dataclass(frozen=True)
class Checkout:
    """What a checkout publishes, and what it may take off the target.

    `rendered` are the organisations that differ from what is published, `earlier` the digests of
    their versions as releases before 0.2.0 recorded them. Those `left_out` have a folder here,
    and stay as they are published.
    """

    options: PublishOptions
    inputs: Inputs
    rendered: Mapping[str, PublishedOrganisation]
    earlier: Mapping[str, Mapping[str, str]]
    left_out: frozenset[str]

    @property
    def renamed(self) -> dict[str, str]:
        """The organisations that are renamed here: the id of today by each earlier one."""
        rendered = self.rendered.items()
        return {old: id for id, each in rendered for old in each.renamed_from if old != id}

    @property
    def names(self) -> frozenset[str]:
        """The organisations that have a folder here."""
        return frozenset(self.inputs.organisations)


def refuse_unlisted(record: PublishedRecord, checkout: Checkout) -> None:
    """Raises WrongTarget for what cannot stay as an earlier release has published it."""
    for name in sorted(checkout.left_out & record.standing.keys()):
        if not record.organisations[name].is_listed:
            raise WrongTarget(
                f"{name} is published, but an earlier release published it, which did not record "
                "what the list of organisations says of it; correct its findings and deploy once "
                "without --keep-going"
            )


def refuse_options(record: PublishedRecord, checkout: Checkout) -> None:
    """Raises RemovalRefused if an option names what it cannot be for.

    An organisation to remove must be published from this source and have no folder here; an input
    to take back must be one; what is claimed must belong to another source.
    """
    options = checkout.options
    ours = record.of(options.source)
    for name in options.removed:
        if name in checkout.names:
            raise RemovalRefused(f"policies/{name}/ is still there; remove the folder first")
        if name in checkout.renamed:
            raise RemovalRefused(
                f"{name} is renamed to {checkout.renamed[name]} here; leave --remove {name} out"
            )
        if name not in ours:
            published = ", ".join(sorted(ours)) or "none"
            raise RemovalRefused(
                f"{name} is not published at the target{_from(options.source)}, so it cannot be "
                f"removed; published are: {published}"
            )
    for name in options.taken_back:
        if name not in (KEYS, OPERATOR_FILE, CALENDAR_FOLDER, *checkout.names):
            raise RemovalRefused(f"--take-back {name}: there is no policies/{name}")
    for name in options.claimed:
        if name != OPERATOR_FILE and name not in checkout.names:
            raise RemovalRefused(f"--claim {name}: there is no policies/{name}")


def refuse_older(record: PublishedRecord, checkout: Checkout, read: ReadFile) -> None:
    """Raises TargetAhead if the target has what this checkout lacks, or something newer.

    `read` reads the target.
    """
    reasons = [
        *_address(record, checkout),
        *_organisations_lacking(record, checkout),
        *_keys_lacking(record, checkout),
        *_settings(record, checkout),
    ]
    for name, rendered in checkout.rendered.items():
        known = record.known(name, rendered.renamed_from)
        reasons += _prefixes_taken(name, rendered, record)
        reasons += _ids_taken(name, rendered, record)
        if known is not None:
            reasons += _behind(name, rendered, known, checkout, read)
    if reasons:
        raise TargetAhead(tuple(sorted(dict.fromkeys(reasons))))


def _behind(
    name: str,
    rendered: PublishedOrganisation,
    known: PublishedOrganisation,
    checkout: Checkout,
    read: ReadFile,
) -> Iterator[str]:
    """Why an organisation of the checkout is not newer than what is published of it."""
    options = checkout.options
    if known.source != options.source and known.removed_on is None and name not in options.claimed:
        yield (
            f"{name}: published from {_source(known.source)}, and this is "
            f"{_source(options.source)}. If it moves here, add --claim {name}."
        )
        return
    reasons = [*_versions_lacking(name, rendered, known, checkout)]
    if known.removed_on is None:
        reasons += _older_in_force(name, rendered, known, options.day, read)
    elif name not in options.taken_back and rendered.versions.keys() <= known.versions.keys():
        reasons.append(
            f"{name}: taken off the site on {known.removed_on}, but this checkout has "
            f"policies/{name}/. {_PULL} {_on_purpose(name)}"
        )
    # What is named already needs no second reason.
    if not reasons and name not in options.taken_back:
        reasons += _earlier_state(name, checkout.inputs.state(name), known.states)
    yield from reasons


def _on_purpose(name: str) -> str:
    return f"To publish the earlier state on purpose, add --take-back {name}."


def _source(name: str) -> str:
    return f"source {name}" if name else "the source without a name"


def _from(source: str) -> str:
    return f" from {_source(source)}" if source else ""


def _address(record: PublishedRecord, checkout: Checkout) -> Iterator[str]:
    """Feeds and posters of one site have one address."""
    options = checkout.options
    others = {each.source for each in record.standing.values()} - {options.source}
    if others and record.site_url not in ("", options.site_url):
        yield (
            f"--site-url: other sources publish this site as {record.site_url}, and this one "
            f"would as {options.site_url}."
        )


def _organisations_lacking(record: PublishedRecord, checkout: Checkout) -> Iterator[str]:
    here = checkout.names | {*checkout.options.removed} | checkout.renamed.keys()
    for name, known in sorted(record.of(checkout.options.source).items()):
        if name in here:
            continue
        versions = f" with version {', '.join(known.versions)}" if known.versions else ""
        yield (
            f"{name}: published{versions}, but this checkout has no policies/{name}/. {_PULL} "
            f"To take the organisation off the site, add --remove {name}."
        )


def _keys_lacking(record: PublishedRecord, checkout: Checkout) -> Iterator[str]:
    """Without its key, a receipt that is genuine is called forged."""
    options, own = checkout.options, checkout.inputs.published_keys
    before = record.keys.get(options.source) or {}
    if KEYS in options.taken_back or (own == before and not options.claimed):
        return
    published, here = merged_keys(record), options.keys or keys_of(options.policies)
    for name in sorted({*before, *options.claimed}):
        kids = {key.kid for key in here.of(name)}
        for kid in (key.kid for key in published.of(name) if key.kid not in kids):
            yield (
                f"{name}: the key {kid} is published, but this checkout's {KEYS} lacks it. {_PULL} "
                f"To take the key back on purpose, add --take-back {KEYS}."
            )


def _settings(record: PublishedRecord, checkout: Checkout) -> Iterator[str]:
    """The operator's settings and calendars: of one source, and never an earlier state."""
    options, known = checkout.options, record.settings
    own = checkout.inputs.own_settings
    if known.source not in (None, options.source) and OPERATOR_FILE not in options.claimed:
        if own and own != known.files:
            yield (
                f"{', '.join(sorted(own))}: {_source(known.source or '')} decides the settings and "
                "calendars of this site. Remove these files here, or take the decision over with "
                f"--claim {OPERATOR_FILE}."
            )
        return
    for name, state in checkout.inputs.setting_states().items():
        if name not in options.taken_back:
            yield from _earlier_state(name, state, known.states.get(name, ()))


def _prefixes_taken(
    name: str, rendered: PublishedOrganisation, record: PublishedRecord
) -> Iterator[str]:
    """Within a checkout it is a finding; here, if another source has the prefix."""
    for other, known in record.standing.items():
        shared = sorted({*rendered.prefixes} & {*known.prefixes})
        is_itself = other in (name, *rendered.renamed_from)
        if shared and not is_itself and known.source != rendered.source:
            yield (
                f"{name}: {other}, of {_source(known.source)}, has the prefix {shared[0]}, too. "
                "Choose another: a reference must tell whose case it is."
            )


def _ids_taken(
    name: str, rendered: PublishedOrganisation, record: PublishedRecord
) -> Iterator[str]:
    """An id is one organisation's, for ever: old addresses and cases are under it."""
    own = {name, *rendered.renamed_from}
    for other, known in record.standing.items():
        if not known.is_listed and known.source == rendered.source:
            continue  # a killed publication has left it
        shared = sorted(own & {other, *known.renamed_from})
        is_itself = other in own and known.recorded_id(other) == rendered.recorded_id(name)
        if other == name and not is_itself:
            yield (
                f"{name}: it is published with cases of its own, so it cannot be what "
                f"{rendered.recorded_id(name)} was. `closed` with a successor says whose filings "
                "go to it."
            )
        elif shared and not is_itself:
            yield (
                f"{name}: {other}, of {_source(known.source)}, has or had the id {shared[0]}; its "
                "pages, its old addresses and its cases are under it. Choose another id."
            )


def _earlier_state(name: str, state: str, past: tuple[str, ...]) -> Iterator[str]:
    if state in past[:-1]:
        yield (
            f"{name}: the target has a newer state of policies/{name}, and this checkout has an "
            f"earlier one. {_PULL} {_on_purpose(name)}"
        )


def _versions_lacking(
    name: str, rendered: PublishedOrganisation, known: PublishedOrganisation, checkout: Checkout
) -> Iterator[str]:
    for version, (digest, _) in known.versions.items():
        here = rendered.versions.get(version)
        if here is None:
            yield f"{name}: version {version} is published, but this checkout lacks it. {_PULL}"
        elif digest not in (None, here.digest, checkout.earlier.get(name, {}).get(version)):
            yield (
                f"{name}: version {version} is published with another content than here. {_PULL} "
                f"`build.py revise {name}` starts a version for your own changes."
            )


def _older_in_force(
    name: str,
    rendered: PublishedOrganisation,
    known: PublishedOrganisation,
    day: date,
    read: ReadFile,
) -> Iterator[str]:
    """A clock that is behind does it, too: the version that it puts back is published already."""
    current, begins = known.current, known.versions.get(known.current)
    day_begun = begins.begins if begins else None
    if not current or day_begun is None:  # as an earlier release recorded it
        policy = published_policy(read, name)
        if policy is None:
            return
        current, day_begun = policy.version, policy.effective_from
    ours = rendered.versions[rendered.current].begins or ""
    if current not in rendered.versions:
        return  # it is named already
    is_known = day_begun <= day.isoformat() or rendered.current in known.versions
    if ours < day_begun and is_known:
        yield (
            f"{name}: version {current} is in force at the target, and this deploy would put "
            f"version {rendered.current} back. Check the date of this machine, which is "
            f"{day.isoformat()}, and pull the newest policies, then deploy again."
        )
