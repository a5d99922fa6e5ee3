"""Checks an organisation's looks: the contrast of its colour and the format of its logo."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from site_src.bilingual import Bilingual
from site_src.looks.theme import TEXT_CONTRAST, least_contrast, readable, themed
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.load import REVISIONS, Edition

LARGEST_LOGO = 64 * 1024
"""In bytes; every page loads the logo, on a phone too."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}svg"


def check_looks(source: Edition) -> Iterator[Finding]:
    """The findings on a colour that cannot be read and on a logo that is not one."""
    if source.folder.parent.name == REVISIONS:
        return
    own = source.policy.organisation
    if own.colour:
        light, _ = themed(own.colour)
        contrast = least_contrast(light)
        if contrast < TEXT_CONTRAST:
            message = Bilingual(
                f"{own.colour} has a contrast of {contrast:.1f}:1 with the page, "
                f"but text needs {TEXT_CONTRAST}:1",
                f"{own.colour} 与页面的对比度只有 {contrast:.1f}:1，文字需要 {TEXT_CONTRAST}:1",
            )
            nearest = readable(own.colour)
            remedy = Bilingual(
                f'Use a darker colour; the nearest is `colour: "{nearest}"`.',
                f'请换深一些的颜色；最接近的是 `colour: "{nearest}"`。',
            )
            place = ("organisation", "colour")
            yield at_key(source, "colour-contrast", message, remedy, *place)
    if own.logo and (problem := _logo_problem(source.folder / own.logo)):
        remedy = Bilingual(
            f"Put an SVG or PNG of at most {LARGEST_LOGO // 1024} KB beside policy.yaml.",
            f"请在 policy.yaml 旁放一个不超过 {LARGEST_LOGO // 1024} KB 的 SVG 或 PNG 文件。",
        )
        yield at_key(source, "logo-wrong", problem, remedy, "organisation", "logo")


def _logo_problem(file: Path) -> Bilingual | None:
    """Why a file cannot be the logo, or None; its content decides its type, not its name."""
    if not file.is_file():
        return Bilingual(
            f"there is no {file.name} beside policy.yaml", f"policy.yaml 旁边没有 {file.name}"
        )
    content = file.read_bytes()
    if len(content) > LARGEST_LOGO:
        size = f"{len(content) / 1024:.0f} KB"
        return Bilingual(
            f"{file.name} has {size}, which is too much", f"{file.name} 有 {size}，太大了"
        )
    valid = content.startswith(_PNG) if file.suffix == ".png" else _is_svg(content)
    if valid:
        return None
    format = file.suffix[1:].upper()
    return Bilingual(
        f"the content of {file.name} is not {format}", f"{file.name} 的内容不是 {format} 格式"
    )


def _is_svg(content: bytes) -> bool:
    try:
        return bool(fromstring(content).tag == _SVG)
    except (ParseError, DefusedXmlException, ValueError):
        return False
