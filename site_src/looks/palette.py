"""Defines the colours of every page for light, dark and print.

They are defined here and not in the style sheet because the checker measures an organisation's
own colour against them.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Palette:
    """Colours as `#rrggbb`.

    Text (`ink`, `soft`, `brand`, `alarm`, `filer`) is read on `paper`, on `sheet` (cards and
    fields), on `wash` (notices) and on `alarm_wash` (errors); `brand_ink` is read on `brand`.
    `line` and `focus` are never colours of text.
    """

    paper: str
    sheet: str
    ink: str
    soft: str
    line: str
    brand: str
    brand_ink: str
    wash: str
    alarm: str
    alarm_wash: str
    filer: str
    focus: str

    @property
    def grounds(self) -> tuple[str, ...]:
        """The backgrounds of text in the brand's colour."""
        return self.paper, self.sheet, self.wash

    def css(self, *names: str) -> str:
        """The custom properties of the named colours, or of all."""
        colours = names or tuple(field.name for field in fields(self))
        return "".join(f"--{name.replace('_', '-')}:{getattr(self, name)};" for name in colours)


LIGHT = Palette(
    paper="#f6f2e8",
    sheet="#fffdf7",
    ink="#1d2a26",
    soft="#52605a",
    line="#d9d1be",
    brand="#0c5b52",
    brand_ink="#ffffff",
    wash="#e5eee6",
    alarm="#a3261b",
    alarm_wash="#fbe9e3",
    filer="#8a4b08",
    focus="#ffb000",
)

DARK = Palette(
    paper="#141b18",
    sheet="#1c2521",
    ink="#ebe9df",
    soft="#adb8b0",
    line="#3a4741",
    brand="#7fd1bf",
    brand_ink="#06231f",
    wash="#20352f",
    alarm="#ff9e90",
    alarm_wash="#3a1f1b",
    filer="#f0b063",
    focus="#ffb000",
)

PRINT = Palette(
    paper="#ffffff",
    sheet="#ffffff",
    ink="#000000",
    soft="#333333",
    line="#999999",
    brand="#000000",
    brand_ink="#ffffff",
    wash="#ffffff",
    alarm="#000000",
    alarm_wash="#ffffff",
    filer="#000000",
    focus="#ffffff",
)


def style_sheet() -> str:
    """The colours as custom properties: light, dark if the reader prefers it, black in print."""
    return (
        f":root{{{LIGHT.css()}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{DARK.css()}}}}}"
        f"@media print{{:root{{{PRINT.css()}}}}}"
    )
