"""Writes the JSON-LD of pages for search engines, in the vocabulary of schema.org.

It contains only what the page shows: an organisation and its forms, the channels that its
procedure names, and lists. The page mentions the channels but does not claim that they are the
organisation's: a procedure also names its regulator's telephone, and no fact says whose a channel
is. No organisation is called a `Service` or a `GovernmentService`: handling complaints is not a
service on offer, and no policy says that its organisation is an authority.
"""

from collections.abc import Iterator
from typing import Any

from functions.model.contract.terms import KindId
from site_src.languages import SiteLanguage
from site_src.policy.model.filing import Channel
from site_src.policy.model.policy import Policy
from site_src.policy.terms import ChannelType
from site_src.render.pages.organisation_list import ListPage

Node = dict[str, Any]

_PROPERTIES: dict[ChannelType, str] = {
    "telephone": "telephone",
    "email": "email",
    "fax": "faxNumber",
}
"""Other channels have no property; an extension, for example, is only dialled from inside."""


def list_data(tongue: SiteLanguage, site_url: str, page: ListPage, name: str) -> Node:
    """The site and the organisations on one page of the list."""
    home = f"{site_url}{tongue.prefix}/"
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "url": f"{site_url}{tongue.prefix}{page.path}",
        "inLanguage": tongue.language,
        "isPartOf": {"@type": "WebSite", "url": home, "name": name},
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": f"{home}{listed.id}/",
                    "name": listed.name.words(tongue.language),
                }
                for position, listed in enumerate(page.listed, 1)
            ],
        },
    }


def policy_data(
    policy: Policy, tongue: SiteLanguage, site_url: str, path: str, closed: bool = False
) -> Node:
    """The page of a version, its organisation and the channels that it names.

    A closed organisation has no forms.
    """
    home = f"{site_url}{tongue.prefix}/{policy.id}/"
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": f"{site_url}{tongue.prefix}{path}",
        "name": policy.title.words(tongue.language),
        "inLanguage": tongue.language,
        "version": policy.version,
        "about": {
            "@type": "Organization",
            "@id": f"{site_url}/{policy.id}/#organisation",
            "name": policy.organisation.name.words(tongue.language),
            "contactPoint": [] if closed else list(_forms(policy, tongue, home)),
        },
        "mentions": list(_channels(policy, tongue)),
    }


def _forms(policy: Policy, tongue: SiteLanguage, home: str) -> Iterator[Node]:
    for kind in policy.kinds:
        yield {
            "@type": "ContactPoint",
            "contactType": kind.name.words(tongue.language),
            "url": f"{home}{kind.id}/",
            "availableLanguage": [other.language for other in tongue.all],
        }


def _channels(policy: Policy, tongue: SiteLanguage) -> Iterator[Node]:
    for channel in policy.channels:
        key = _PROPERTIES.get(channel.type)
        if key and channel.value:
            yield {
                "@type": "ContactPoint",
                "contactType": _kind_names(policy, channel, tongue),
                "name": channel.name.words(tongue.language),
                key: channel.value,
            }


def _kind_names(policy: Policy, channel: Channel, tongue: SiteLanguage) -> str:
    kinds: list[KindId] = [kind.id for kind in policy.kinds if channel.holds_for(kind.id)]
    names = (kind.name.words(tongue.language) for kind in policy.kinds if kind.id in kinds)
    return ", ".join(names)
