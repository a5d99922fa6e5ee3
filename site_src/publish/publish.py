"""The one way from a checkout to a target: read, check, compile, render, write.

A folder, S3 and the folder of a build are targets. Modules that a publication without changes
does not need are imported late.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from site_src.publish.options import Publication, PublishOptions
from site_src.publish.work import content_at, find_work, known_at

if TYPE_CHECKING:
    from site_src.publish.targets.target import Target, Waiting

Announced = Callable[[Publication], None]
"""Called once the target knows of the new versions, before anybody can see them."""


def publish(
    options: PublishOptions,
    target: "Target",
    waiting: "Waiting" = lambda _: None,
    announced: Announced = lambda _: None,
    approved: Announced = lambda _: None,
) -> Publication:
    """Publishes what differs from what the target has, and returns what was written.

    Everything is read, checked and rendered before the target is locked. `waiting` is told what
    it waits for; `approved` may still refuse by an error, before anything is written. Raises
    PoliciesRejected, TargetAhead, RemovalRefused, KeysUnreadable and StatisticsUnreadable, and then
    nothing has been written, WrongTarget and DeployRunning.
    """
    work = find_work(options, known_at(target.read, target, options), target)
    if work.nothing:
        publication = Publication(work.known.record)
        approved(publication)
        return publication
    from site_src.publish.commit import commit
    from site_src.publish.prepare import Prepared

    with target.stage() as folder:
        prepared = Prepared(work, folder / "first")
        prepared.refuse(work.known, target.read)
        with target.writer(options.by, waiting) as writer:
            if content_at(writer.read) != work.known.content:
                now = find_work(options, known_at(writer.read, target, options), target)
                if not prepared.serves(now):
                    prepared = Prepared(now, folder / "second", alone=True)
                prepared.refuse(now.known, writer.read)
                work = now
            publication = prepared.publication(work.known, writer.read)
            approved(publication)
            if publication.is_anything or work.known.record != publication.record:
                commit(
                    writer,
                    publication,
                    work.known.record,
                    options.source,
                    prepared.stage,
                    lambda: announced(publication),
                    options.progress,
                )
    return publication


def planned(options: PublishOptions, target: "Target") -> Publication:
    """What `publish` would do now. Raises what it raises, and writes nothing."""
    work = find_work(options, known_at(target.read, target, options), target)
    if work.nothing:
        return Publication(work.known.record)
    import tempfile
    from pathlib import Path

    from site_src.publish.prepare import Prepared

    with tempfile.TemporaryDirectory(prefix="ombud-plan-") as folder:
        prepared = Prepared(work, Path(folder))
        prepared.refuse(work.known, target.read)
        return prepared.publication(work.known, target.read)
