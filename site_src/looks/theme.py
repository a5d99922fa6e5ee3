"""Derives an organisation's palettes from its one colour.

The colour is used for text on every page (links, clause numbers), so it needs the contrast of
text, 4.5:1 (WCAG 2.2, criterion 1.4.3). For dark pages it is lightened until it has that
contrast. `coloraide` takes a fifth of a build's import time, so it is imported only for a colour.
"""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from site_src.looks.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from coloraide import Color

TEXT_CONTRAST = 4.5
_TINT = 0.1
_STEP = 0.01
_KEPT = 1024
"""Colours whose palettes are kept: rules, pages and mails ask for the same ones."""


@lru_cache(_KEPT)
def themed(colour: str) -> tuple[Palette, Palette]:
    """The light and the dark palette with this colour as brand; light uses it unchanged."""
    light = replace(LIGHT, brand=colour, wash=_wash(colour, LIGHT))
    bright = _until_readable(colour, DARK, _STEP)
    dark = replace(DARK, brand=bright, wash=_wash(bright, DARK), brand_ink=DARK.paper)
    return light, dark


def least_contrast(palette: Palette) -> float:
    """The brand's lowest contrast with its backgrounds and with the text on it."""

    from coloraide import Color

    brand = Color(palette.brand)
    return min(brand.contrast(Color(ground)) for ground in (*palette.grounds, palette.brand_ink))


def readable(colour: str) -> str:
    """The nearest darker shade of a colour that has enough contrast for text on light pages."""
    return _until_readable(colour, LIGHT, -_STEP)


def theme_sheet(colour: str) -> str:
    """The style sheet that replaces Ombud's own colours on screen; print stays black."""
    light, dark = themed(colour)
    names = ("brand", "brand_ink", "wash")
    return (
        f"@media screen{{:root{{{light.css(*names)}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark.css(*names)}}}}}"
    )


def _until_readable(colour: str, palette: Palette, step: float) -> str:
    """The colour with its OKLCH lightness moved in steps until it is readable, black or white."""

    from coloraide import Color

    shade = Color(colour).convert("oklch")
    end = 1 if step > 0 else 0
    while not _is_readable(candidate := _hex(shade), palette) and shade["lightness"] != end:
        shade["lightness"] = min(1, max(0, shade["lightness"] + step))
    return candidate


def _is_readable(colour: str, palette: Palette) -> bool:
    from coloraide import Color

    grounds = replace(palette, wash=_wash(colour, palette)).grounds
    return min(Color(colour).contrast(Color(ground)) for ground in grounds) >= TEXT_CONTRAST


def _wash(colour: str, palette: Palette) -> str:
    """The paper with a light tint of the colour."""

    from coloraide import Color

    return _hex(Color(palette.paper).mix(colour, _TINT, space="oklab"))


def _hex(colour: "Color") -> str:
    return colour.convert("srgb").fit().to_string(hex=True)
