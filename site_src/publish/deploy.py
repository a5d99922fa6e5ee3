"""Publishes a checkout to a target that others publish to, too."""

from collections.abc import Callable

from site_src.publish.options import Publication, PublishOptions
from site_src.publish.publish import publish
from site_src.publish.targets.target import Target


def deploy(
    options: PublishOptions,
    target: Target,
    waiting: Callable[[str], None] = lambda _: None,
    approved: Callable[[Publication], None] = lambda _: None,
) -> Publication:
    """Publishes, and records in the checkout that its versions are published.

    They are recorded before anybody can see them. Raises what `publish` raises.
    """

    def announced(publication: Publication) -> None:
        from site_src.policy.editions import record_published

        versions = {
            id: {name: version.digest for name, version in each.versions.items() if version.digest}
            for id, each in publication.record.of(options.source).items()
            if id not in publication.left_out
        }
        renamed = {id: publication.record.organisations[id].renamed_from for id in versions}
        record_published(options.policies, versions, options.removed, renamed)

    return publish(options, target, waiting, announced, approved)
