"""`make bench`: measures intake, prints the tables and writes them to docs/performance.md.

`--json` prints the figures for a program instead and writes nothing.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks import report
from benchmarks.figure import Figure, table
from benchmarks.serving import cold, desk, dynamodb, intake, invoked, lookup, memory
from benchmarks.serving.servers import ports_over
from site_src.places import POLICIES
from site_src.publish.build import build


def measure(folder: Path) -> tuple[list[Figure], list[str]]:
    """Returns all figures, and the reports in words."""
    build(POLICIES, folder / "dist")
    figures = intake.measure(folder)
    ports = ports_over(folder)
    figures += invoked.measure(ports)
    figures += lookup.measure(folder)
    figures += memory.measure(folder)
    figures += cold.measure()
    figures += desk.measure(folder, desk.cases())
    return figures, [_markdown_list(dynamodb.report(ports))]


def _markdown_list(lines: str) -> str:
    """Returns the lines of a report as a Markdown list."""
    return "\n".join(f"- {line.strip()}" for line in lines.splitlines())


def main() -> int:
    """Returns 0: a target that is not met is reported and is no failure."""
    options = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    options.add_argument("--json", action="store_true", help="print JSON, write nothing")
    as_json: bool = options.parse_args().json
    with tempfile.TemporaryDirectory() as name:
        figures, notes = measure(Path(name))
    if as_json:
        print(json.dumps({figure.key: round(figure.value, 4) for figure in figures}, indent=2))
        return 0
    print(table(figures), *notes, sep="\n\n")
    report.write("intake", figures, notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
