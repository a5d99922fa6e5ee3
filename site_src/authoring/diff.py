"""What the public will see differently: two published policies compared, in words."""

from collections.abc import Iterator

from functions.model.language import Language
from site_src.authoring.difference import Change, How, Subject
from site_src.authoring.published_policies import (
    NESTED,
    PublishedFact,
    PublishedPolicy,
    placed,
    published_names,
    published_policy,
)
from site_src.compile.policy_json import document
from site_src.errors import NothingToCompare
from site_src.file_names import ReadFile
from site_src.languages import SOURCE
from site_src.policy.load import Edition, Editions

_WHOLE = {
    "version": "version",
    "effective_from": "in force from",
    "title": "title",
    "source": "source",
    "document": "document number",
}
_NOUNS = {
    "kinds": "kind",
    "filers": "filer",
    "formalities": "formality",
    "asks": "question",
    "channels": "channel",
    "roles": "role",
    "levels": "level",
    "categories": "category",
    "routes": "route",
    "steps": "step",
    "limits": "limit",
    "reviews": "review level",
    "provisions": "provision",
    "revisions": "line of the history",
}
TEXT_OF = "text of"
"""What a subject is that is the text of a clause; it is called by its number."""

_LENGTH = ("value", "unit", "recurring")

Pair = tuple[PublishedFact | None, PublishedFact | None]


def diff_versions(all_editions: tuple[Editions, ...]) -> tuple[Change, ...]:
    """The changes from the edition before the newest one. Raises NothingToCompare."""
    pairs = [one.editions[-2:] for one in all_editions if len(one.editions) > 1]
    if not pairs:
        raise NothingToCompare("no policy has an earlier version; name a site by --against")
    return tuple(change for old, new in pairs for change in diff(_of(old), _of(new)))


def diff_against(read: ReadFile, all_editions: tuple[Editions, ...]) -> tuple[Change, ...]:
    """The changes from what `read` finds published. Raises NothingToCompare."""
    here = {one.id: published_policy(read, one.id) for one in all_editions}
    gone = [published_policy(read, name) for name in published_names(read) if name not in here]
    if not gone and not any(here.values()):
        raise NothingToCompare("none of these organisations is published there")
    changes: list[Change] = []
    for editions in all_editions:
        old = here[editions.id]
        newest = editions.editions[-1]
        changes.extend(diff(old, _of(newest)) if old else all_added((editions,)))
    for old in gone:
        if old is not None:
            changes.extend(
                _change(old.id, Subject(noun="organisation"), None, old.organisation["name"], None)
            )
    return tuple(changes)


def all_added(all_editions: tuple[Editions, ...]) -> tuple[Change, ...]:
    """The changes where nothing has been published yet."""
    return tuple(
        change
        for editions in all_editions
        for name in (editions.editions[-1].policy.organisation.name.words("en"),)
        for change in _change(editions.id, Subject(noun="organisation"), None, None, name)
    )


def diff(old: PublishedPolicy, new: PublishedPolicy) -> tuple[Change, ...]:
    """Every difference between two documents of one organisation."""
    return tuple(_diff(old, new))


def _diff(old: PublishedPolicy, new: PublishedPolicy) -> Iterator[Change]:
    for key, what in _WHOLE.items():
        said = (one.say(key, getattr(one, key)) for one in (old, new))
        yield from _change(new.id, Subject(noun=what), None, *said)
    for whole, before, after in (
        (Subject(noun="organisation"), old.organisation, new.organisation),
        (Subject(noun="privacy notice"), old.privacy, new.privacy),
    ):
        yield from _keys(old, new, whole, before, after)
    for key, noun in _NOUNS.items():
        for pair in _paired(old, new, key):
            yield from _fact(old, new, noun, *pair)
    for clause in dict.fromkeys([*old.clauses, *new.clauses]):
        texts = (one.clauses.get(clause) for one in (old, new))
        yield from _change(new.id, Subject(noun=TEXT_OF, called=clause), None, *texts)


def _paired(old: PublishedPolicy, new: PublishedPolicy, key: str) -> Iterator[Pair]:
    """Each fact beside the one that it was: by its id or words, else by its clause and topic."""
    left = [(_identity(new, *one), one[1]) for one in placed(getattr(new, key))]
    unmatched: list[PublishedFact] = []
    for place, entry in placed(getattr(old, key)):
        identity = _identity(old, place, entry)
        same = next((one for one in left if one[0] == identity), None)
        if same is None:
            unmatched.append(entry)
        else:
            left.remove(same)
            yield entry, same[1]
    for entry in unmatched:
        like = next((one for one in left if _alike(entry, one[1])), None)
        if like is not None:
            left.remove(like)
        yield entry, like[1] if like else None
    for _, entry in left:
        yield None, entry


def _identity(document: PublishedPolicy, place: str, entry: PublishedFact) -> tuple[str, str]:
    own = (entry.get(key) for key in ("id", "field", "version"))
    given = next(filter(None, own), None)
    return place, str(given or f"{entry.get('role', '')}{document.called(entry)}")


def _alike(old: PublishedFact, new: PublishedFact) -> bool:
    """Whether two facts without ids may be one fact in other words."""
    keys = ("id", "field", "version", "clause", "kind", "topic", "type", "inside")
    return not (old.get("id") or old.get("field") or old.get("version")) and all(
        old.get(key) == new.get(key) for key in keys
    )


def _fact(
    old: PublishedPolicy,
    new: PublishedPolicy,
    noun: str,
    before: PublishedFact | None,
    after: PublishedFact | None,
) -> Iterator[Change]:
    clause = (after or before or {}).get("clause")
    if before is None or after is None:
        gone = old.said(before) if before else None
        come = new.said(after) if after else None
        yield from _change(new.id, Subject(noun=noun), clause, gone, come)
        return
    called = new.called(after)
    what = Subject(noun=noun, called=called if called == old.called(before) else None)
    if "unit" in after:
        yield from _change(new.id, what, clause, old.length(before), new.length(after))
    yield from _keys(old, new, what, before, after, clause)


def _keys(
    old: PublishedPolicy,
    new: PublishedPolicy,
    what: Subject,
    before: PublishedFact,
    after: PublishedFact,
    clause: str | None = None,
) -> Iterator[Change]:
    """What differs key by key; ids that stayed are no change, whatever they are called now.

    Nor is a key that an earlier release did not write, as long as it says nothing.
    """
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if key in NESTED or (key in _LENGTH and "unit" in after):
            continue
        if one == other or not (one or other):
            continue
        said = (old.say(key, one), new.say(key, other))
        yield from _change(new.id, what.model_copy(update={"key": key}), clause, *said)


def _change(
    organisation: str, subject: Subject, clause: str | None, old: str | None, new: str | None
) -> Iterator[Change]:
    """The change, if it is one; None is a side that has nothing there."""
    how: How = "added" if old is None else "removed" if new is None else "changed"
    if old != new:
        yield Change(
            organisation=organisation,
            what=_in_words(subject),
            subject=subject,
            how=how,
            clause=clause,
            old=old,
            new=new,
        )


def _in_words(subject: Subject) -> str:
    if subject.noun == TEXT_OF:
        return f"{TEXT_OF} {subject.called}"
    called = f"{subject.noun} “{subject.called}”" if subject.called else subject.noun
    return f"{called}, {subject.key.replace('_', ' ')}" if subject.key else called


def diff_sources(old: Edition, new: Edition, language: Language) -> tuple[Change, ...]:
    """Every difference between two editions, what they say being in that language."""
    return diff(_of(old, language), _of(new, language))


def _of(source: Edition, language: Language = SOURCE) -> PublishedPolicy:
    return PublishedPolicy.model_validate_json(document(source, language, ""))
