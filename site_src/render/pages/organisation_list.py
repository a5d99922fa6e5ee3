"""Lists the organisations: the entries, their pages, and the index that the search reads."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.languages import site_languages
from site_src.policy.edition import Editions
from site_src.policy.facts import categories
from site_src.policy.model.filing import KindFact
from site_src.policy.model.policy import Policy
from site_src.render.data.pinyin import readings

PER_PAGE = 50
"""Organisations on one page; with more, the first view would exceed 14 KB."""

KIND_ORDER: tuple[KindId, ...] = get_args(KindId)


@dataclass(frozen=True)
class ListedOrganisation:
    """An organisation in the list.

    `former` are its names in earlier versions, `matters` what a filing there may be about,
    `sector` what the organisation does. One that is `closed` takes no more filings; it stays in
    the list for whoever has a case there. A `draft` is in the list of this machine alone.
    `renamed_from` are the earlier ids, the first one first.
    """

    id: str
    name: Text
    title: Text
    kinds: tuple[KindFact, ...]
    former: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    sector: Text | None = None
    closed: bool = False
    draft: bool = False
    renamed_from: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of today, then the earlier ones."""
        return tuple(dict.fromkeys((self.id, *self.renamed_from)))

    @property
    def recorded_id(self) -> str:
        """What cases, contracts, keys and figures call the organisation: the first of its ids."""
        return (*self.renamed_from, self.id)[0]

    @property
    def pages_not_searched(self) -> tuple[str, ...]:
        """Addresses below which no page is for search engines: what moved, and forms gone."""
        moved = tuple(f"/{id}/" for id in self.ids[1:])
        if not self.closed:
            return moved
        forms = (f"/{self.id}/{kind.id}/" for kind in self.kinds)
        return (*moved, f"/{self.id}/guide/", *forms)


@dataclass(frozen=True)
class ListPage:
    """One page of the list, counted from 1."""

    number: int
    listed: tuple[ListedOrganisation, ...]

    @property
    def path(self) -> str:
        """Its address without the language prefix; the first page is the index itself."""
        return "/" if self.number == 1 else f"/organisations/{self.number}/"


@dataclass(frozen=True)
class OrganisationList:
    """The whole list, in the order of the addresses."""

    listed: tuple[ListedOrganisation, ...]

    @property
    def pages(self) -> tuple[ListPage, ...]:
        """The list split into pages; there is always at least one."""
        starts = range(0, max(len(self.listed), 1), PER_PAGE)
        return tuple(
            ListPage(number, self.listed[start : start + PER_PAGE])
            for number, start in enumerate(starts, 1)
        )

    @property
    def initials(self) -> dict[str, ListPage]:
        """The first page with an address that starts with each letter or digit."""
        pages: dict[str, ListPage] = {}
        for page in self.pages:
            for listed_organisation in page.listed:
                pages.setdefault(listed_organisation.id[0].upper(), page)
        return pages

    @property
    def kinds(self) -> dict[KindId, int]:
        """How many organisations take each kind that any takes, in the order of the vocabulary."""
        taken = Counter(kind.id for listed in self.listed for kind in listed.kinds)
        return {kind: taken[kind] for kind in KIND_ORDER if taken[kind]}

    def index(self) -> bytes:
        """The JSON that `finder.js` searches: a row for each organisation.

        A row has the address, the indexes in `kinds` of its kinds, its name and its sector in
        each of `languages` (empty where it has none), its matters, one a line, and its former
        names. `closed` are the indexes of the rows of those that take no more filings, `readings`
        the syllables in Pinyin, each with the characters of all rows read so.
        """
        kinds = tuple(self.kinds)
        rows = [
            [
                listed_organisation.id,
                [kinds.index(kind.id) for kind in listed_organisation.kinds],
                list(_names(listed_organisation.name)),
                list(_names(listed_organisation.sector)) if listed_organisation.sector else [],
                "\n".join(listed_organisation.matters),
                *listed_organisation.former,
            ]
            for listed_organisation in self.listed
        ]
        languages = [tongue.language for tongue in site_languages()]
        spoken = readings(words for one in self.listed for words in _searched(one))
        closed = [at for at, listed in enumerate(self.listed) if listed.closed]
        content = {
            "kinds": kinds,
            "languages": languages,
            "readings": spoken,
            "rows": rows,
            "closed": closed,
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def listed_organisation(editions: Editions, day: date) -> ListedOrganisation:
    """The entry of an organisation in the list on `day`."""
    current = editions.in_force(day)
    policy = current.policy
    name = policy.organisation.name
    earlier = editions.editions[: editions.editions.index(current)]
    former = {
        earlier_name
        for edition in earlier
        for earlier_name in edition.policy.organisation.name.root.values()
        if earlier_name not in name.root.values()
    }
    closed = policy.closed is not None and policy.closed.on <= day
    return ListedOrganisation(
        policy.id,
        name,
        policy.title,
        policy.kinds,
        tuple(sorted(former)),
        tuple(_matters(policy)),
        policy.organisation.sector,
        closed,
        editions.is_draft,
        editions.renamed_from,
    )


def _matters(policy: Policy) -> Iterator[str]:
    """What a filing may be about, in each language and in the words that people use, each once."""
    texts = [text for kind in policy.kinds for text in (ground.text for ground in kind.grounds)]
    for category in categories(policy):
        texts += [category.name, *category.words]
    yield from dict.fromkeys(words for text in texts for words in text.root.values())


def _searched(listed: ListedOrganisation) -> Iterator[str]:
    """Everything by which the organisation is found."""
    yield from (*listed.name.root.values(), *listed.former, *listed.matters)
    if listed.sector:
        yield from listed.sector.root.values()


def _names(name: Text) -> Iterator[str]:
    for tongue in site_languages():
        language = tongue.language
        yield name.words(language) if name.spoken(language) == language else ""
