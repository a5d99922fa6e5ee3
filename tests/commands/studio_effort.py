"""`python -m tests.commands.studio_effort`: counts the work from a document to a page.

A program works in the studio as a clerk does and counts decisions, keys, clicks and how long each
page takes to come. How long a person thinks is not measured: nobody sat there.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.helpers.chromium import launch, page_of
from tests.helpers.servers.site_server import serving
from tests.helpers.studio.clerk import ClerkAtStudio, Effort
from tests.helpers.studio.office import Office
from tests.helpers.studio.procedures import ACCREDITATION

_READING = 15
"""Seconds that somebody is assumed to take for a proposal that is right as shown."""

_CHANGING = 45
"""Seconds that somebody is assumed to take for a fact to change, reject, or add."""


def main() -> None:
    """Prints the table of docs/studio.md."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = Office(Path(folder))
        office.import_document(ACCREDITATION, "office")
        with serving(office.studio) as address:
            browser = launch(playwright)
            draft = f"{address}{office.first(ACCREDITATION.tongue)}office/"
            clerk = ClerkAtStudio(page_of(browser, width=1280), draft)
            clerk.work(ACCREDITATION.answers)
            assert clerk.findings() == []
            clerk.publish()
            browser.close()
    print("\n".join(_rows(clerk.effort)))


def _rows(effort: Effort) -> list[str]:
    slower = effort.changed + effort.rejected + effort.added
    assumed = effort.taken * _READING + slower * _CHANGING
    return [
        "| | |",
        "|---|---:|",
        f"| proposals, one decision each | {effort.decisions} |",
        f"| right as shown: Enter | {effort.taken} |",
        f"| changed, then confirmed | {effort.changed} |",
        f"| removed | {effort.rejected} |",
        f"| facts added by a form | {effort.added} |",
        f"| keys that decide or save | {effort.keys} |",
        f"| clicks | {effort.clicks} |",
        f"| characters typed | {effort.characters} |",
        f"| answers of the machine | {len(effort.answers)} |",
        f"| one answer, median | {median(effort.answers):.1f} s |",
        f"| one answer, longest | {max(effort.answers):.1f} s |",
        f"| all answers | {sum(effort.answers):.0f} s |",
        f"| assumed: {_READING} s a fact taken, {_CHANGING} s another | {assumed / 60:.0f} min |",
    ]


if __name__ == "__main__":
    main()
