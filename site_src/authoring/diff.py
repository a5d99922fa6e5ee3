"""Compares two published policies and describes the differences in words."""

from collections.abc import Collection, Iterable, Iterator

from functions.model.language import Language
from site_src.authoring.difference import TEXT_OF, Change, How, Subject, described
from site_src.authoring.published_policies import (
    NESTED,
    PublishedFact,
    PublishedPolicy,
    placed,
    published_policy,
)
from site_src.authoring.published_site import published_pointers, published_versions
from site_src.bilingual import AuthorLanguage, author_language_of
from site_src.compile.policy_json import document
from site_src.errors import NothingToCompare
from site_src.file_names import ReadFile
from site_src.policy.edition import Edition, Editions
from site_src.policy.editions import Published

_WHOLE = {
    "version": "version",
    "effective_from": "in force from",
    "title": "title",
    "source": "source",
    "document": "document number",
    "prevails": "text that decides",
}
_NOUNS = {
    "kinds": "kind",
    "filers": "filer",
    "representatives": "representative",
    "formalities": "formality",
    "asks": "question",
    "channels": "channel",
    "branches": "branch",
    "roles": "role",
    "levels": "level",
    "categories": "category",
    "routes": "route",
    "steps": "step",
    "events": "event",
    "limits": "limit",
    "suspensions": "stop of the clock",
    "durations": "length of time",
    "reviews": "review level",
    "fees": "fee",
    "provisions": "provision",
    "revisions": "line of the history",
}
_LENGTH = ("value", "unit", "recurring", "every", "by")

Pair = tuple[PublishedFact | None, PublishedFact | None]


def diff_versions(
    all_editions: tuple[Editions, ...],
    language: AuthorLanguage,
    published: Published | None = None,
) -> tuple[Change, ...]:
    """The changes from the previous to the newest edition, with the organisations that are gone.

    Those are the ones that `published` has and `all_editions` has not. Raises NothingToCompare.
    """
    pairs = [editions.editions[-2:] for editions in all_editions if len(editions.editions) > 1]
    names = {id for editions in all_editions for id in editions.ids}
    gone = sorted((published.root if published else {}).keys() - names)
    if not pairs and not gone:
        raise NothingToCompare("no policy has an earlier version; name a site with --against")
    removed = Subject(noun="organisation")
    return (
        *(change for old, new in pairs for change in diff_sources(old, new, language)),
        *(change for name in gone for change in _change(name, language, removed, None, name, None)),
    )


def diff_against(
    read: ReadFile,
    all_editions: tuple[Editions, ...],
    language: AuthorLanguage,
    left_out: Collection[str] = (),
) -> tuple[Change, ...]:
    """The changes from the published site that `read` reads, with what it has and this lacks.

    Nothing changes of organisations that are `left_out`. Raises NothingToCompare.
    """
    pointers, versions = published_pointers(read), published_versions(read)
    listed = map(pointers.address_of, pointers.organisations) if pointers else ()
    published = {editions.id: _published(read, editions, language) for editions in all_editions}
    here = {id for editions in all_editions for id in editions.ids}
    gone = sorted({*versions, *listed} - here - {*left_out})
    if not gone and not left_out and not any(published.values()):
        raise NothingToCompare("none of these organisations is published there")
    changes: list[Change] = []
    for editions in all_editions:
        changes.extend(_changes_of(published[editions.id], editions, language))
        known = {version for id in editions.ids for version in versions.get(id, ())}
        lacking = known - editions.versions
        changes.extend(_removed_versions(editions.id, language, lacking))
    for name in gone:
        changes.extend(organisation_removed(read, name, language, versions.get(name, ())))
    return tuple(changes)


def published_changes(
    read: ReadFile, editions: Editions, language: AuthorLanguage
) -> tuple[Change, ...]:
    """The changes from what is published of an organisation to its newest edition.

    Raises NothingToCompare if this program cannot read what is published.
    """
    return _changes_of(_published(read, editions, language), editions, language)


def _published(
    read: ReadFile, editions: Editions, language: AuthorLanguage
) -> PublishedPolicy | None:
    """What is published under its id, else under an earlier one."""
    found = (published_policy(read, id, language) for id in editions.ids)
    return next((policy for policy in found if policy is not None), None)


def _changes_of(
    old: PublishedPolicy | None, editions: Editions, language: AuthorLanguage
) -> tuple[Change, ...]:
    if old is None:
        return all_added((editions,), language)
    return diff(old, _as_published(editions.editions[-1], old.language))


def organisation_removed(
    read: ReadFile, name: str, language: AuthorLanguage, versions: Iterable[str]
) -> Iterator[Change]:
    """The changes if a published organisation with these versions goes."""
    policy = published_policy(read, name, language)
    called = policy.organisation["name"] if policy else name
    yield from _change(name, language, Subject(noun="organisation"), None, called, None)
    yield from _removed_versions(name, language, versions)


def _removed_versions(
    organisation: str, language: Language, versions: Iterable[str]
) -> Iterator[Change]:
    for version in sorted(versions):
        yield from _change(organisation, language, Subject(noun="version"), None, version, None)


def all_added(all_editions: tuple[Editions, ...], language: AuthorLanguage) -> tuple[Change, ...]:
    """The changes if nothing has been published yet: every organisation is added."""
    return tuple(
        change
        for editions in all_editions
        for new in (_as_published(editions.editions[-1], language),)
        for change in _change(
            new.id, language, Subject(noun="organisation"), None, None, new.organisation["name"]
        )
    )


def diff(old: PublishedPolicy, new: PublishedPolicy) -> tuple[Change, ...]:
    """Every difference between two published policies of one organisation."""
    return tuple(_diff(old, new))


def _diff(old: PublishedPolicy, new: PublishedPolicy) -> Iterator[Change]:
    addresses = (f"/{policy.id}/" for policy in (old, new))
    yield from _change(new.id, new.language, Subject(noun="address"), None, *addresses)
    for key, noun in _WHOLE.items():
        sides = (policy.say(key, getattr(policy, key)) for policy in (old, new))
        yield from _change(new.id, new.language, Subject(noun=noun), None, *sides)
    for whole, before, after in (
        (Subject(noun="organisation"), old.organisation, new.organisation),
        (Subject(noun="privacy notice"), old.privacy, new.privacy),
        (Subject(noun="closing"), old.closed or {}, new.closed or {}),
    ):
        yield from _key_changes(old, new, whole, before, after)
    for key, noun in _NOUNS.items():
        for pair in _pairs(old, new, key):
            yield from _fact_changes(old, new, noun, *pair)
    for clause in dict.fromkeys([*old.clauses, *new.clauses]):
        texts = (policy.clauses.get(clause) for policy in (old, new))
        yield from _change(new.id, new.language, Subject(noun=TEXT_OF, called=clause), None, *texts)


def _pairs(old: PublishedPolicy, new: PublishedPolicy, key: str) -> Iterator[Pair]:
    """Pairs old and new facts by id or words, else by clause and topic; None is no partner."""
    candidates = [
        (_identity(new, place, entry), entry) for place, entry in placed(getattr(new, key))
    ]
    unmatched: list[PublishedFact] = []
    for place, entry in placed(getattr(old, key)):
        identity = _identity(old, place, entry)
        same = next((candidate for candidate in candidates if candidate[0] == identity), None)
        if same is None:
            unmatched.append(entry)
        else:
            candidates.remove(same)
            yield entry, same[1]
    for entry in unmatched:
        similar = next(
            (candidate for candidate in candidates if _may_match(entry, candidate[1])), None
        )
        if similar is not None:
            candidates.remove(similar)
        yield entry, similar[1] if similar else None
    for _, entry in candidates:
        yield None, entry


def _identity(policy: PublishedPolicy, place: str, entry: PublishedFact) -> tuple[str, str]:
    values = (entry.get(key) for key in ("id", "field", "version"))
    name = next(filter(None, values), None)
    return place, str(name or f"{entry.get('role', '')}{policy.called(entry)}")


def _may_match(old: PublishedFact, new: PublishedFact) -> bool:
    """Whether two facts without ids may be the same fact in other words."""
    keys = ("id", "field", "version", "clause", "kind", "topic", "type", "inside")
    return not (old.get("id") or old.get("field") or old.get("version")) and all(
        old.get(key) == new.get(key) for key in keys
    )


def _fact_changes(
    old: PublishedPolicy,
    new: PublishedPolicy,
    noun: str,
    before: PublishedFact | None,
    after: PublishedFact | None,
) -> Iterator[Change]:
    clause = (after or before or {}).get("clause")
    if before is None or after is None:
        removed = old.said(before) if before else None
        added = new.said(after) if after else None
        yield from _change(new.id, new.language, Subject(noun=noun), clause, removed, added)
        return
    called = new.called(after)
    subject = Subject(noun=noun, called=called if called == old.called(before) else None)
    if "unit" in after:
        lengths = old.length(before), new.length(after)
        yield from _change(new.id, new.language, subject, clause, *lengths)
    yield from _key_changes(old, new, subject, before, after, clause)


def _key_changes(
    old: PublishedPolicy,
    new: PublishedPolicy,
    subject: Subject,
    before: PublishedFact,
    after: PublishedFact,
    clause: str | None = None,
) -> Iterator[Change]:
    """The differences key by key; an unchanged id is no change, even if its name has changed.

    Nor is a key that an earlier release did not write, as long as it is empty.
    """
    for key in dict.fromkeys([*before, *after]):
        old_value, new_value = before.get(key), after.get(key)
        if key in NESTED or (key in _LENGTH and "unit" in after):
            continue
        if old_value == new_value or not (old_value or new_value):
            continue
        sides = (old.say(key, old_value), new.say(key, new_value))
        keyed = subject.model_copy(update={"key": key})
        yield from _change(new.id, new.language, keyed, clause, *sides)


def _change(
    organisation: str,
    language: Language,
    subject: Subject,
    clause: str | None,
    old: str | None,
    new: str | None,
) -> Iterator[Change]:
    """Yields the change if the sides differ; None means that a side has no value."""
    how: How = "added" if old is None else "removed" if new is None else "changed"
    if old != new:
        spoken = author_language_of(language)
        yield Change(
            organisation=organisation,
            language=spoken,
            what=described(subject).words(spoken),
            subject=subject,
            how=how,
            clause=clause,
            old=old,
            new=new,
        )


def diff_sources(old: Edition, new: Edition, language: Language) -> tuple[Change, ...]:
    """Every difference between two editions; their words are in `language`."""
    return diff(_as_published(old, language), _as_published(new, language))


def _as_published(source: Edition, language: Language) -> PublishedPolicy:
    return PublishedPolicy.model_validate_json(document(source, language, ""))
