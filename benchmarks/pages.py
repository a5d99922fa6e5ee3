"""`python -m benchmarks.pages`: measures pages on a slow phone, and writes docs/performance.md.

Lighthouse, as a phone on a slow network whose processor is slowed down four times, says when the
largest part of a page is there (LCP) and how much of it moves (CLS), median of three. The peer is
the same page without style sheet and script, which no page of these words can be faster than.

Then a program fills in a form in Chromium, slowed down four times as well. A wait is what Chromium
reports of an interaction, from key or tap to the frame that shows what it did (INP is the longest).
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright
from starlette.applications import Starlette
from starlette.staticfiles import StaticFiles

from benchmarks import report
from benchmarks.figure import Figure, table
from tests.commands.lighthouse import audit
from tests.helpers.chromium import launch
from tests.helpers.servers.site_server import server, serving

PAGES = (
    "/",
    "/accreditation-body/",
    "/accreditation-body/procedure/",
    "/en/product-certifier/procedure/",
    "/accreditation-body/appeal/",
    "/employer-hr/complaint/",
    "/en/factory-staff/grievance/",
)
FORMS = ("/accreditation-body/appeal/", "/employer-hr/complaint/")
ROUNDS = 3
SLOWER = 4
MOST_LCP_MS = 1200
MOST_INP_MS = 100

_STYLED = re.compile(r'<link rel="stylesheet"[^>]*>|<script\b.*?</script>', re.DOTALL)

_WATCH = """() => {
  globalThis.waits = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) waits.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}"""


_CHOSEN = """(field, day) => new Promise((told) => {
  const start = performance.now();
  field.value = day;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => told(performance.now() - start)));
})"""


@contextmanager
def bare(built: Path, folder: Path) -> Iterator[str]:
    """Serves the pages without style sheets and scripts; yields the address."""
    for path in PAGES:
        place = folder / path.strip("/") / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        page = (built / path.strip("/") / "index.html").read_text(encoding="utf-8")
        place.write_text(_STYLED.sub("", page), encoding="utf-8")
    app = Starlette()
    app.mount("/", StaticFiles(directory=folder, html=True))
    with serving(app) as address:
        yield address


def painted(ours: str, peer: str, folder: Path) -> list[Figure]:
    """Returns LCP and CLS of each page, in rounds that alternate between it and its peer."""
    figures = []
    for path in PAGES:
        audits: dict[str, list[tuple[float, float]]] = {ours: [], peer: []}
        for address in (ours, peer) * ROUNDS:
            found = audit(address + path, folder / "report.json")["audits"]
            largest = found["largest-contentful-paint"]["numericValue"]
            audits[address].append((largest, found["cumulative-layout-shift"]["numericValue"]))
        lcp, bare_lcp = (median(largest for largest, _ in audits[at]) for at in (ours, peer))
        said = f"`{path}`, LCP ({lcp / bare_lcp:.2f} × bare HTML: {bare_lcp:,.0f} ms)"
        figures.append(Figure(f"lcp {path}", said, lcp, "ms", most=MOST_LCP_MS))
        shift = max(shift for _, shift in audits[ours])
        figures.append(Figure(f"cls {path}", f"`{path}`, layout shift", shift, most=0))
    return figures


def fill_in(page: Page) -> None:
    """Does on a form what a filer does: taps, types, chooses, comes to the end, sends."""
    main = page.locator("main")
    words = main.locator("textarea:visible").first
    words.tap()
    page.keyboard.type("仪器报告的数据与现场不符，要求复核。", delay=50)
    for choice in main.locator("label:has(input[type=radio]):visible").all()[:4]:
        choice.tap()
    for field in main.locator("input:visible:not([tabindex='-1'])").all():
        kind = field.get_attribute("type") or "text"
        if kind in ("text", "email", "tel"):
            field.tap()
            page.keyboard.type("someone@example.org", delay=50)
        elif kind == "date":
            # A phone's calendar gives a whole date. Chromium's gives parts, and draws none of them.
            page.evaluate("(wait) => waits.push(wait)", field.evaluate(_CHOSEN, "2026-11-02"))
    main.locator("button[type=submit]:visible").last.focus()
    page.wait_for_timeout(300)


def waits(address: str) -> list[Figure]:
    """Returns the longest wait on each form, the median of the rounds; 16 ms stands for less."""
    figures = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for path in FORMS:
            rounds = []
            for _ in range(ROUNDS):
                context = browser.new_context(
                    viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True
                )
                page = context.new_page()
                session = context.new_cdp_session(page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                page.goto(address + path)
                page.evaluate(_WATCH)
                fill_in(page)
                rounds.append(max([16.0, *page.evaluate("waits")]))
                context.close()
            said = f"`{path}` filled in, longest wait (INP)"
            figures.append(Figure(f"inp {path}", said, median(rounds), "ms", most=MOST_INP_MS))
    return figures


def measure(folder: Path) -> list[Figure]:
    """Returns all figures of pages. The folder is empty and takes what is served."""
    built = folder / "dist"
    with server(folder / "data", built) as (ours, _), bare(built, folder / "bare") as peer:
        return [*waits(ours), *painted(ours, peer, folder)]


def main() -> int:
    """Returns 0: a target that is not met is reported and is no failure."""
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name))
    print(table(figures))
    report.write("pages", figures, [])
    return 0


if __name__ == "__main__":
    sys.exit(main())
