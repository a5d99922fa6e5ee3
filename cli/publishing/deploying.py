"""The commands that publish to a target: deploy, plan."""

# Each command imports its own modules: the imports take longer than a publication of nothing.

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from signal import SIGTERM, signal
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import FINDINGS
from cli.options import (
    ChosenLanguage,
    KeepGoing,
    LanguageChoice,
    PoliciesFolder,
    StatisticsFolder,
    author_language,
)
from cli.publishing.messages import failures_told, say_done, say_rest, say_waiting
from cli.publishing.options import (
    Claimed,
    ContractsBucket,
    Distribution,
    PublishedBy,
    Removed,
    SiteUrl,
    Source,
    TakenBackInputs,
    publish_options,
    publisher,
)
from cli.publishing.progress_bar import progress_on_terminal
from site_src.errors import WrongTarget
from site_src.places import STATISTICS
from site_src.publish.build import today
from site_src.publish.options import PublishOptions

if TYPE_CHECKING:
    from site_src.publish.options import Publication
    from site_src.publish.plan_file import PlannedTarget

_CANCELLED = 128 + SIGTERM
"""The exit code that a shell reports for a process that was ended by this signal."""


class PlanFormat(StrEnum):
    """The output formats of `plan`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def deploy_command(
    policies: PoliciesFolder,
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help="A file that `plan` wrote: do exactly that."),
    ] = None,
    to: Annotated[
        str | None, typer.Option(metavar="DIR|s3://BUCKET", help="Where to publish the site.")
    ] = None,
    contracts: ContractsBucket = None,
    distribution: Distribution = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the plan; publish nothing.")
    ] = False,
    remove: Removed = None,
    take_back: TakenBackInputs = None,
    claim: Claimed = None,
    source: Source = "",
    by: PublishedBy = None,
    address: SiteUrl = None,
    statistics: StatisticsFolder = STATISTICS,
    keep_going: KeepGoing = False,
    language: ChosenLanguage = None,
) -> None:
    """Publish the site; refuse to take back what others have published there."""
    from site_src.publish.deploy import deploy
    from site_src.publish.plan_file import PlannedTarget, read_plan

    spoken, day = author_language(language), today()
    approve: Callable[[Publication], None] = _approve_anything
    with failures_told(policies, language):
        if plan is not None:
            others = (to, contracts, distribution, remove, take_back, claim, source, address)
            if any(others) or dry_run or keep_going:
                raise WrongTarget(f"{plan} says where to publish and how: give no other options")
            planned = read_plan(plan)
            place, target = planned.target, planned.target.opened()
            options = planned.options(policies, day, publisher(by), statistics, spoken)
            options = replace(options, progress=progress_on_terminal(spoken))
            approve = partial(planned.approve, day)
        else:
            if to is None:
                raise WrongTarget("name where to publish with --to, or give a plan")
            place = PlannedTarget(place=to, contracts=contracts, distribution=distribution)
            target = place.opened()
            options = publish_options(
                policies,
                day,
                address,
                source,
                by,
                statistics,
                keep_going,
                remove,
                take_back,
                claim,
                spoken,
            )
        if dry_run:
            _show_plan(options, place, PlanFormat.TEXT, None, language)
            return
        with _released_when_cancelled():
            done = deploy(options, target, say_waiting, approve)
    say_done(done, place.place, spoken)
    say_rest(done, options, language)


def plan_command(
    to: Annotated[str, typer.Option(metavar="DIR|s3://BUCKET", help="Where to publish the site.")],
    policies: PoliciesFolder,
    contracts: ContractsBucket = None,
    distribution: Distribution = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the plan that `deploy` takes.")
    ] = None,
    format: Annotated[PlanFormat, typer.Option(help="The format of the output.")] = (
        PlanFormat.TEXT
    ),
    remove: Removed = None,
    take_back: TakenBackInputs = None,
    claim: Claimed = None,
    source: Source = "",
    address: SiteUrl = None,
    statistics: StatisticsFolder = STATISTICS,
    keep_going: KeepGoing = False,
    language: ChosenLanguage = None,
) -> None:
    """Say what a deploy would do, and publish nothing; exit with 1 if it would do anything."""
    from site_src.publish.plan_file import PlannedTarget

    spoken = author_language(language)
    with failures_told(policies, language):
        options = publish_options(
            policies,
            today(),
            address,
            source,
            None,
            statistics,
            keep_going,
            remove,
            take_back,
            claim,
            spoken,
        )
        target = PlannedTarget(place=to, contracts=contracts, distribution=distribution)
        planned = _show_plan(options, target, format, out, language)
    if planned.is_anything:
        raise typer.Exit(FINDINGS)


def _show_plan(
    options: PublishOptions,
    target: "PlannedTarget",
    format: PlanFormat,
    out: Path | None,
    language: LanguageChoice | None,
) -> "Publication":
    """Prints a plan and writes it to the file, if one is named."""
    from site_src.publish.plan_file import (
        plan_as_html,
        plan_as_json,
        plan_as_text,
        plan_of,
        write_plan,
    )
    from site_src.publish.publish import planned

    publication = planned(options, target.opened())
    plan = plan_of(publication, options, target)
    write = {
        PlanFormat.TEXT: plan_as_text,
        PlanFormat.JSON: plan_as_json,
        PlanFormat.HTML: plan_as_html,
    }[format]
    typer.echo(write(plan, publication.changes, options.language))
    if out is not None:
        write_plan(out, plan)
    say_rest(publication, options, language, err=format is not PlanFormat.TEXT)
    return publication


def _approve_anything(_: "Publication") -> None:
    """Without a plan, whatever differs is published."""


@contextmanager
def _released_when_cancelled() -> Iterator[None]:
    """Ends by an exception when a job is cancelled, so that the lock is released."""
    before = signal(SIGTERM, lambda *_: sys.exit(_CANCELLED))
    try:
        yield
    finally:
        signal(SIGTERM, before)
