"""A plan: what a publication would do, as a file that `deploy` carries out exactly or refuses."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from functions.model.durable_files import write_whole
from functions.model.frozen import Frozen
from site_src.authoring.difference import (
    Change,
    changes_as_html,
    changes_as_text,
)
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.errors import PlanOutdated, WrongTarget
from site_src.publish.options import Publication, PublishOptions
from site_src.publish.targets.named import target_at
from site_src.publish.targets.target import Target

_WRITES = Bilingual("write {name}", "将写入 {name}")
_REMOVES = Bilingual("remove {name}", "将删除 {name}")
_COUNT = Bilingual("{count} files would change at {place}", "{place} 将有 {count} 个文件变动")


class PlannedTarget(Frozen):
    """Where a plan publishes to, as the options of a command name it."""

    place: str
    contracts: str | None = None
    distribution: str | None = None

    def opened(self) -> Target:
        """The target. Raises WrongTarget."""
        return target_at(self.place, self.contracts, self.distribution)


class Plan(Frozen):
    """What was planned for a target, on a day, after its publication `number`.

    `files` has the digest of each file that is written, `gone` those that are removed.
    """

    format: Literal[1] = 1
    target: PlannedTarget
    site_url: str
    source: str
    keep_going: bool
    removed: tuple[str, ...]
    taken_back: tuple[str, ...]
    claimed: tuple[str, ...]
    day: date
    by: str
    number: int
    files: dict[str, str]
    gone: tuple[str, ...]
    changes: tuple[dict[str, Any], ...]

    def options(
        self, policies: Path, day: date, by: str, statistics: Path, language: AuthorLanguage
    ) -> PublishOptions:
        """How to publish a checkout as planned."""
        return PublishOptions(
            policies=policies,
            day=day,
            site_url=self.site_url,
            source=self.source,
            by=by,
            statistics=statistics,
            scope="part" if self.keep_going else "whole",
            removed=self.removed,
            taken_back=self.taken_back,
            claimed=self.claimed,
            language=language,
        )

    def approve(self, day: date, publication: Publication) -> None:
        """Raises PlanOutdated if a publication on `day` would do anything else."""
        if (dict(publication.digests), publication.gone) != (self.files, self.gone):
            raise PlanOutdated(tuple(self._reasons(publication, day)))

    def _reasons(self, publication: Publication, day: date) -> Iterator[str]:
        record = publication.record
        since = [row for row in record.publications if row["number"] > self.number]
        for row in since[: record.number - self.number - publication.is_anything]:
            named = ", ".join([*row["organisations"], *row["removed"]]) or "settings"
            yield f"the target has moved on: {row['by']} published {named} at {row['at']}"
        if day != self.day:
            yield f"the plan is of {self.day}, and today is {day}"
        differ = dict(publication.digests).items() ^ self.files.items()
        names = sorted({name for name, _ in differ} | {*publication.gone} ^ {*self.gone})
        yield (
            f"{len(names)} files would not become what was planned, such as {names[0]}; make a new "
            "plan"
        )


def plan_of(publication: Publication, options: PublishOptions, target: PlannedTarget) -> Plan:
    """The plan of what a publication would do."""
    return Plan(
        target=target,
        site_url=options.site_url,
        source=options.source,
        keep_going=options.scope == "part",
        removed=options.removed,
        taken_back=options.taken_back,
        claimed=options.claimed,
        day=options.day,
        by=options.by,
        number=publication.record.number - publication.is_anything,
        files=dict(publication.digests),
        gone=publication.gone,
        changes=tuple(
            change.model_dump(mode="json") | {"words": change.words}
            for change in publication.changes
        ),
    )


def read_plan(file: Path) -> Plan:
    """The plan in a file. Raises WrongTarget."""
    try:
        return Plan.model_validate_json(file.read_bytes())
    except FileNotFoundError as error:
        raise WrongTarget(f"there is no plan {file}") from error
    except ValidationError as error:
        raise WrongTarget(f"{file} is no plan of this release; make a new one") from error


def write_plan(file: Path, plan: Plan) -> None:
    """Writes the file that `read_plan` reads."""
    write_whole(file, plan.model_dump_json(indent=1).encode())


def plan_as_text(plan: Plan, changes: tuple[Change, ...], language: AuthorLanguage) -> str:
    """The changes in words, and each file."""
    lines = (line.words(language) for line in _lines(plan))
    return "\n".join([changes_as_text(changes, language), *lines])


def plan_as_json(plan: Plan, _: tuple[Change, ...], __: AuthorLanguage) -> str:
    """The plan as a program reads it, which is the file that `deploy` takes."""
    return plan.model_dump_json(indent=1)


def plan_as_html(plan: Plan, changes: tuple[Change, ...], language: AuthorLanguage) -> str:
    """The changes side by side, and each file, as a page."""
    return changes_as_html(changes, language, tuple(line.words(language) for line in _lines(plan)))


def _lines(plan: Plan) -> Iterator[Bilingual]:
    yield from (_WRITES.filled(name=name) for name in plan.files)
    yield from (_REMOVES.filled(name=name) for name in plan.gone)
    count = len(plan.files) + len(plan.gone)
    yield _COUNT.filled(count=count, place=plan.target.place)
