"""Writes the part of docs/performance.md about the build from the figures."""

from typing import Any

from site_src.places import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
_START, _END = "<!-- build: written by benchmarks.build -->", "<!-- /build -->"
_CASES = {"cold": "cold", "same": "nothing changed", "one": "one changed"}


def write_table(figures: dict[str, Any]) -> str:
    """Writes the tables between their markers in the document, and returns them."""
    tables = "\n\n".join(_table(int(count), figures[count]) for count in sorted(figures, key=int))
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_START)
    _, _, after = rest.partition(_END)
    DOCUMENT.write_text(f"{before}{_START}\n\n{tables}\n\n{_END}{after}", encoding="utf-8")
    return tables


def _table(count: int, measured: dict[str, Any]) -> str:
    figures = measured["figures"]
    rows = [
        f"**{count:,} organisations**, {_rounds(measured['rounds'])}. {measured['machine']}",
        "",
        "| | " + " | ".join(_CASES.values()) + " | cold, a page | memory | pages | output |",
        "|---|" + "---:|" * (len(_CASES) + 4),
    ]
    # Ombud first, then who makes three pages, then who makes every page.
    for name in sorted(figures, key=lambda name: (name != "Ombud", "," in name, name)):
        row = figures[name]
        cells = [
            _time(row[case], figures["Ombud"][case], name, measured["limit"]) for case in _CASES
        ]
        page = "" if row["cold"] is None else f"{1000 * row['cold'] / max(row['pages'], 1):.2f} ms"
        output = [f"{row['pages']:,}", f"{row['bytes'] / 2**20:,.0f} MB"]
        rows.append(
            f"| {name} | " + " | ".join([*cells, page, f"{row['memory']:,} MB", *output]) + " |"
        )
    return "\n".join(rows)


def _rounds(count: int) -> str:
    return "one round" if count == 1 else f"median of {count} rounds"


def _time(seconds: float | None, ombud: float | None, name: str, limit: float) -> str:
    """Returns the seconds, and what multiple of Ombud's they are."""
    if seconds is None:
        return f"> {limit:.0f} s"
    if name == "Ombud" or not ombud:
        return f"{seconds:.2f} s"
    return f"{seconds:.2f} s ({seconds / ombud:.2f} ×)"
