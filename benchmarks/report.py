"""Writes figures into docs/performance.md, between the markers of a part."""

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
    """Replaces the part's table and notes. Raises ValueError if the page lacks its markers."""
    begin, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    content = "\n\n".join([machine(), table(figures), *notes])
    text = PAGE.read_text(encoding="utf-8")
    before, opening, rest = text.partition(begin)
    _, closing, after = rest.partition(end)
    if not (opening and closing):
        raise ValueError(f"{PAGE}: {begin} or {end} is missing")
    PAGE.write_text(f"{before}{begin}\n\n{content}\n\n{end}{after}", encoding="utf-8")


def alone(measure: Callable[[Path], list[Figure]]) -> None:
    """Builds a site, measures one part over it and prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(POLICIES, folder / "dist")
        print(table(measure(folder)))


def machine() -> str:
    """Describes date and machine; the load average shows whether it had other work."""
    cpu = _first_match(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo")) or platform.machine()
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores of {cpu}, "
        f"{platform.system()}, Python {platform.python_version()}; "
        f"load average {os.getloadavg()[1]:.1f} over five minutes."
    )


def _first_match(pattern: str, path: Path) -> str:
    match = re.search(pattern, path.read_text(encoding="utf-8")) if path.exists() else None
    return match[1].strip() if match else ""
