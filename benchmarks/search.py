"""`python -m benchmarks.search`: measures a search of 10,000 organisations on a phone.

The phone is Debian's Chromium slowed down six times, Chromium's own setting for a mid-range
phone. The real page is measured from the key to the frame that shows the results; other libraries
are measured on the same names, without a page, from query to answer. Other load on the machine
lengthens these times, so the limit applies to the processor time of the page's thread, times six.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import compress
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette

from benchmarks.names import names
from cli.serving.static_pages import page_mounts
from functions.model.text import Text
from site_src.compile.messages.vocabulary import KIND_NAMES
from site_src.languages import everywhere, site_languages
from site_src.places import ROOT
from site_src.policy.model.filing import KindFact
from site_src.publish.build import LOCAL
from site_src.render.pages.list_pages import render_list
from site_src.render.pages.organisation_list import ListedOrganisation, OrganisationList
from tests.helpers.chromium import launch, page_of
from tests.helpers.servers.site_server import serving

COUNT = 10_000
SLOWER = 6
LIMIT_MS = 300
_WORDS = ("东川天地", "检验中心", "changfeng", "beian testing", "Secureties")

_PEERS = {
    "includes": None,
    "uFuzzy": "@leeoniya/ufuzzy/dist/uFuzzy.iife.min.js",
    "MiniSearch": "minisearch/dist/umd/index.js",
    "FlexSearch": "flexsearch/dist/flexsearch.light.min.js",
}
_PEERS_SCRIPT = (Path(__file__).parent / "search_peers.js").read_text(encoding="utf-8")

_WATCH = """() => {
  globalThis.taken = [];
  let start = 0;
  addEventListener("beforeinput", (event) => { start = event.timeStamp; }, true);
  const shown = () => taken.push(performance.now() - start);
  const framed = () => requestAnimationFrame(() => setTimeout(shown));
  const count = document.getElementById("found-count");
  new MutationObserver(framed).observe(count, { childList: true });
}"""

_PEER_TIMED = """([lines, name, queries, script]) => {
  const text = JSON.stringify(lines);
  const start = performance.now();
  const find = eval(script)[name](JSON.parse(text));
  const ready = performance.now() - start;
  const times = queries.map((query) => {
    const from = performance.now();
    find(query);
    return performance.now() - from;
  });
  const found = queries.map((query) => find(query));
  return { ready, times, found };
}"""


def many(count: int) -> OrganisationList:
    """Returns a list of fictitious organisations."""
    title = Text({"zh-CN": "投诉与申诉处理程序", "en": "Complaints and appeals procedure"})
    kinds = [
        KindFact(id=kind, name=everywhere(name), clause="1") for kind, name in KIND_NAMES.items()
    ]
    return OrganisationList(
        tuple(
            ListedOrganisation(
                id, Text({"zh-CN": chinese, "en": english}), title, tuple(kinds[number % 4 :][:2])
            )
            for number, (id, chinese, english) in enumerate(names(count))
        )
    )


@contextmanager
def served(listed: OrganisationList) -> Iterator[str]:
    """Serves the pages of a list, compressed as by a CDN; yields the address."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for name, content in render_list(listed, LOCAL).files.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        app = Starlette(routes=page_mounts(out, site_languages()))
        with serving(app) as address:
            yield address


def slowed(browser: Browser) -> Page:
    """Returns a page on a processor that is slowed down by SLOWER."""
    page = page_of(browser)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def typed(page: Page, address: str, word: str) -> list[float]:
    """Returns milliseconds from each key to its results; the first waits for the list to load."""
    page.goto(address)
    page.evaluate(_WATCH)
    page.locator("#wanted").focus()
    for number, key in enumerate(word, 1):
        page.keyboard.insert_text(key)
        while page.evaluate("taken.length") < number:
            page.wait_for_timeout(5)
    return [float(taken) for taken in page.evaluate("taken")]


def worked(page: Page, address: str, word: str) -> list[float]:
    """Returns the processor time of the page's thread for each key, in ms, times SLOWER."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        durations = (metric for metric in metrics if metric["name"] == "TaskDuration")
        return float(next(durations)["value"])

    page.goto(address)
    page.evaluate(_WATCH)
    marks = [spent()]
    page.locator("#wanted").focus()
    for number, key in enumerate(word, 1):
        page.keyboard.insert_text(key)
        while page.evaluate("taken.length") < number:
            page.wait_for_timeout(5)
        marks.append(spent())
    return [1000 * SLOWER * (after - before) for before, after in pairwise(marks)]


def peers(browser: Browser, modules: Path, lines: list[str]) -> Iterator[str]:
    """Yields a line for each library: time for its index, for each key, and the matches."""
    queries = [word[:end] for word in _WORDS for end in range(1, len(word) + 1)]
    for name, file in _PEERS.items():
        if file and not (modules / file).is_file():
            yield f"  {name}: not measured, {modules / file} is missing"
            continue
        page = slowed(browser)
        if file:
            page.add_script_tag(path=modules / file)
        answer: dict[str, Any] = page.evaluate(_PEER_TIMED, [lines, name, queries, _PEERS_SCRIPT])
        finds = {word: answer["found"][queries.index(word)] for word in _WORDS}
        size = len(compress((modules / file).read_bytes())) / 1000 if file else 0
        times = answer["times"]
        yield (
            f"  {name}: {size:.1f} kB, index {answer['ready']:.0f} ms, "
            f"a key {median(times):.0f} ms, slowest {max(times):.0f} ms; finds {finds}"
        )


def said(rounds: list[list[float]]) -> str:
    """Describes the first key, which waits for the list, and all others."""
    first = median(times[0] for times in rounds)
    further = [time for times in rounds for time in times[1:]]
    return (
        f"first key, including loading the list, {first:.0f} ms; "
        f"others {median(further):.0f} ms, slowest {max(further):.0f} ms"
    )


def main(modules: Path) -> None:
    """Prints the sizes, the times of the real page and those of the peers."""
    listed = many(COUNT)
    index = listed.index()
    lines = [" / ".join(row) for row in names(COUNT)]
    with served(listed) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        rounds = [typed(slowed(browser), f"{address}/", word) for word in _WORDS]
        costs = [worked(page_of(browser), f"{address}/", word) for word in _WORDS]
        print(f"search of {COUNT} organisations, processor slowed down {SLOWER} times")
        print(
            f"  list: {len(index) / 1000:.0f} kB, {len(compress(index)) / 1000:.0f} kB compressed"
        )
        print(f"  from key to frame: {said(rounds)}")
        print(f"  processor time x {SLOWER}: {said(costs)}")
        slowest = max(cost for times in costs for cost in times[1:])
        print(f"  limit of {LIMIT_MS} ms {'kept' if slowest < LIMIT_MS else 'EXCEEDED'}")
        print("from query to answer, without a page:")
        for line in peers(browser, modules, lines):
            print(line)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "node_modules")
