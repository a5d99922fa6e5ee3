"""Rebuilds the site of a server when a day begins, when figures change, and when it is told to."""

import logging
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic

from cli.serving.starting import export_figures, own_keys
from functions.cases.ports.ports import Ports
from site_src.errors import PoliciesRejected, SiteError
from site_src.publish.build import build_part, today

log = logging.getLogger("ombud.serve")

_LOOK_SECONDS = 5.0
_AGAIN_SECONDS = 600.0
"""When a build that failed is tried again; the day is not taken over meanwhile, and a line of the
log says so each time."""


@dataclass
class TakeOver:
    """Keeps the site in `out` as the policies say on the current day.

    On its day an announced version takes over, a closing begins, calendars of another year count,
    and `security.txt` is renewed. Drafts are never built. An organisation with findings stays as
    it was, and the log names it.
    """

    policies: Path
    out: Path
    statistics: Path
    ports: Ports
    built_on: date | None = None
    """The day of the last build that succeeded; None before the first one."""
    left_out: tuple[str, ...] = ()
    """The organisations that the last build left as they were."""
    _asked: Event = field(default_factory=Event)

    def ask(self) -> None:
        """Has the site rebuilt soon."""
        self._asked.set()

    @property
    def days_behind(self) -> int | None:
        """How many days ago the site was last built; 0 is right. None if it never was."""
        return (today() - self.built_on).days if self.built_on else None

    def run(self, stop: Event) -> None:
        """Rebuilds whenever it is due, until `stop` is set."""
        again_at = 0.0
        while not stop.wait(_LOOK_SECONDS):
            figures = export_figures(self.ports, self.statistics)
            due = self._asked.is_set() or figures or self.built_on != today()
            if not due or (not self._asked.is_set() and monotonic() < again_at):
                continue
            self._asked.clear()
            again_at = 0.0 if self.rebuild() else monotonic() + _AGAIN_SECONDS

    def rebuild(self) -> bool:
        """Rebuilds what has changed; whether the site is now as of this day.

        The reason why not is in the log, at level ERROR.
        """
        day = today()
        try:
            keys = own_keys(self.policies, self.ports.key)
            url = self.ports.site_url
            built = build_part(self.policies, self.out, url, keys, self.statistics, day)
        except PoliciesRejected as error:
            for finding in error.findings:
                log.error("%s:%s: %s", finding.file, finding.line, finding.message.en)
        except (SiteError, OSError) as error:
            log.error("%s", error)
        except Exception:
            # No error may end the only thread that rebuilds.
            log.exception("the site cannot be built")
        else:
            self._note(day, tuple(built.left_out), built.written)
            return True
        since = f"{self.days_behind} days ago" if self.built_on else "an earlier start"
        log.error("the site was not rebuilt today and is as of %s", since)
        return False

    def _note(self, day: date, left_out: tuple[str, ...], written: int) -> None:
        for id in left_out:
            log.error("%s was left out: `check %s` says why", id, id)
        log.info("the site is as of today: %s files changed", written)
        self.built_on, self.left_out = day, left_out
