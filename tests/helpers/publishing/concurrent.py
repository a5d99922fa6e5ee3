"""Lets many checkouts publish into one site at the same time, each from a process of its own."""

import os
import random
import shutil
import signal
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from functions.model.contract.directory import Directory
from site_src.publish.targets.named import target_at
from site_src.publish.targets.target import Target
from tests.helpers.places import EXAMPLES
from tests.helpers.publishing.checkouts import deploy, plan, record_at, wrong_files
from tests.helpers.sample_policies import copied, mend

_LONGEST_SECONDS = 5


@dataclass(frozen=True)
class Site:
    """Where all of them publish, as the options of `deploy` name it."""

    place: str
    contracts: str | None = None

    def target(self) -> Target:
        """The target, opened in the process that asks."""
        return target_at(self.place, self.contracts)


@dataclass(frozen=True)
class Checkout:
    """The checkout of one process, with one organisation, and how often it publishes."""

    policies: Path
    source: str
    times: int

    def change(self, number: int) -> None:
        """Changes the mailbox to that of the publication with this number."""
        file = self.policies / self.source / "policy.yaml"
        mend(file, f"mailbox: n{number}-", f"mailbox: n{number + 1}-")


def checkouts(folder: Path, count: int, times: int) -> list[Checkout]:
    """Writes that many checkouts, whose organisations and sources are named alike."""
    made: list[Checkout] = []
    for number in range(count):
        policies = folder / f"checkout-{number}"
        shutil.copytree(EXAMPLES / "good", policies)
        name = f"source-{number}"
        copied(policies / "sample", name)
        shutil.rmtree(policies / "sample")
        mend(policies / name / "policy.yaml", "mailbox: ", "mailbox: n0-")
        made.append(Checkout(policies, name, times))
    return made


def publish_all(site: Site, all_checkouts: list[Checkout], kill_every: int = 0) -> int:
    """Publishes from all of them until each has published as often as it should.

    One publication in `kill_every` is killed at some moment and made again. Returns how many were
    killed.
    """
    first = all_checkouts[0]
    plan(first.policies, site.target(), source=first.source)  # the children share what it loads
    context = get_context("fork")
    with context.Pool(len(all_checkouts)) as pool:
        tasks = [(site, each, kill_every) for each in all_checkouts]
        return sum(pool.starmap(_publish, tasks, chunksize=1))


def losses(site: Site, all_checkouts: list[Checkout]) -> list[str]:
    """What is not as the last publication of each left it, in sentences; nothing is lost: none."""
    target, found = site.target(), []
    record = record_at(target)
    if wrong := wrong_files(target):
        found.append(f"not as the record says: {sorted(wrong)}")
    if {*record.listed} != {each.source for each in all_checkouts}:
        found.append(f"listed are {[*record.listed]}")
    for each in all_checkouts:
        content = target.read(f"contracts/directory/{each.source}.json") or b"{}"
        mailbox = Directory.model_validate_json(content).mailbox
        if not mailbox.startswith(f"n{each.times}-"):
            found.append(f"{each.source} has {mailbox} after {each.times} publications")
        if plan(each.policies, target, source=each.source).files:
            found.append(f"{each.source} is not published whole")
    if record.number < sum(each.times for each in all_checkouts):
        found.append(f"the record counts only {record.number} publications")
    return found


def _publish(site: Site, checkout: Checkout, kill_every: int) -> int:
    """Publishes as often as it should; returns how many publications were killed."""
    killed = 0
    for number in range(checkout.times):
        checkout.change(number)
        if kill_every and number % kill_every == kill_every - 1:
            killed += _killed(site, checkout)
        deploy(checkout.policies, site.target(), source=checkout.source)
    return killed


def _killed(site: Site, checkout: Checkout) -> bool:
    """Publishes in another process, and kills it within some moments."""
    child = os.fork()
    if child == 0:
        try:
            deploy(checkout.policies, site.target(), source=checkout.source)
        finally:
            os._exit(0)
    time.sleep(random.uniform(0, _LONGEST_SECONDS / 5))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
