"""What an organisation may set of its looks: one colour, from which the others follow.

The colour is text on every page (links, clause numbers), so it needs the contrast of text,
4.5:1 (WCAG 2.2, criterion 1.4.3). For the dark it is lightened until it has it. The library takes
a fifth of all imports of a build, so only a colour loads it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from site_src.looks.palette import DARK, LIGHT, Palette

if TYPE_CHECKING:
    from coloraide import Color

TEXT_CONTRAST = 4.5
_TINT = 0.1
_STEP = 0.01


def themed(colour: str) -> tuple[Palette, Palette]:
    """The light and the dark palette with this colour as the brand; light keeps it as it is."""
    light = replace(LIGHT, brand=colour, wash=_wash(colour, LIGHT))
    bright = _until_readable(colour, DARK, _STEP)
    dark = replace(DARK, brand=bright, wash=_wash(bright, DARK), brand_ink=DARK.paper)
    return light, dark


def least_contrast(palette: Palette) -> float:
    """The brand's lowest contrast with what it is read on, and with what is read on it."""

    from coloraide import Color

    brand = Color(palette.brand)
    return min(brand.contrast(Color(ground)) for ground in (*palette.grounds, palette.brand_ink))


def readable(colour: str) -> str:
    """The nearest darker shade of a colour that has the contrast of text on light pages."""
    return _until_readable(colour, LIGHT, -_STEP)


def theme_sheet(colour: str) -> str:
    """The style sheet that puts the colour in the place of Ombud's own; print stays black."""
    light, dark = themed(colour)
    names = ("brand", "brand_ink", "wash")
    return (
        f"@media screen{{:root{{{light.css(*names)}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark.css(*names)}}}}}"
    )


def _until_readable(colour: str, palette: Palette, step: float) -> str:
    """The colour with its OKLCH lightness moved by steps until it can be read; ends at an end."""

    from coloraide import Color

    shade = Color(colour).convert("oklch")
    end = 1 if step > 0 else 0
    while not _is_readable(said := _hex(shade), palette) and shade["lightness"] != end:
        shade["lightness"] = min(1, max(0, shade["lightness"] + step))
    return said


def _is_readable(colour: str, palette: Palette) -> bool:
    from coloraide import Color

    grounds = replace(palette, wash=_wash(colour, palette)).grounds
    return min(Color(colour).contrast(Color(ground)) for ground in grounds) >= TEXT_CONTRAST


def _wash(colour: str, palette: Palette) -> str:
    """A hint of the colour over the paper."""

    from coloraide import Color

    return _hex(Color(palette.paper).mix(colour, _TINT, space="oklab"))


def _hex(colour: "Color") -> str:
    return colour.convert("srgb").fit().to_string(hex=True)
