"""Writes what was measured into docs/performance.md, between markers that name the part."""

import os
import platform
import re
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figure import Figure, table
from site_src.places import POLICIES, ROOT
from site_src.publish.build import build

PAGE = ROOT / "docs" / "performance.md"


def write(part: str, figures: Iterable[Figure], notes: Iterable[str]) -> None:
    """Replaces the part's table and notes. Raises ValueError where the page lacks its markers."""
    begin, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    content = "\n\n".join([machine(), table(figures), *notes])
    text = PAGE.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{PAGE}: {begin} and {end} are not both there")
    PAGE.write_text(f"{before}{begin}\n\n{content}\n\n{end}{after}", encoding="utf-8")


def alone(measure: Callable[[Path], list[Figure]]) -> None:
    """Prints the table of one part, measured over a site that is built for it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(POLICIES, folder / "dist")
        print(table(measure(folder)))


def machine() -> str:
    """When and on what; the load average tells whether the machine had other work."""
    cpu = _first(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo")) or platform.machine()
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores of {cpu}, "
        f"{platform.system()}, Python {platform.python_version()}; "
        f"load average {os.getloadavg()[1]:.1f} over five minutes."
    )


def _first(pattern: str, path: Path) -> str:
    found = re.search(pattern, path.read_text(encoding="utf-8")) if path.exists() else None
    return found[1].strip() if found else ""
