"""The part of docs/performance.md that is about building, written from the figures."""

import os
from typing import Any

from site_src.places import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
_START, _END = "<!-- build: written by benchmarks.build -->", "<!-- /build -->"
_CASES = {"cold": "cold", "same": "nothing changed", "one": "one changed"}


def machine() -> str:
    """Processors and memory in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} processors, {memory:.0f} GB of memory"


def write_table(figures: dict[str, Any]) -> str:
    """Puts the tables between their marks in the document, and returns them."""
    written = "\n\n".join(_table(int(count), figures[count]) for count in sorted(figures, key=int))
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_START)
    _, _, after = rest.partition(_END)
    DOCUMENT.write_text(f"{before}{_START}\n\n{written}\n\n{_END}{after}", encoding="utf-8")
    return written


def _table(count: int, measured: dict[str, Any]) -> str:
    figures = measured["figures"]
    rows = [
        f"**{count:,} organisations**, {measured['machine']}, Python {measured['python']}, "
        f"median of {measured['rounds']}",
        "",
        "| | " + " | ".join(_CASES.values()) + " | cold, a page | memory | pages | output |",
        "|---|" + "---:|" * (len(_CASES) + 4),
    ]
    for name, one in figures.items():
        cells = [
            _said(one[case], figures["Ombud"][case], name, measured["limit"]) for case in _CASES
        ]
        page = "" if one["cold"] is None else f"{1000 * one['cold'] / max(one['pages'], 1):.2f} ms"
        made = [f"{one['pages']:,}", f"{one['bytes'] / 2**20:,.0f} MB"]
        rows.append(
            f"| {name} | " + " | ".join([*cells, page, f"{one['memory']:,} MB", *made]) + " |"
        )
    return "\n".join(rows)


def _said(seconds: float | None, ombud: float | None, name: str, limit: float) -> str:
    """Seconds, and how many times Ombud's they are."""
    if seconds is None:
        return f"> {limit:.0f} s"
    if name == "Ombud" or not ombud:
        return f"{seconds:.2f} s"
    return f"{seconds:.2f} s ({seconds / ombud:.2f} ×)"
