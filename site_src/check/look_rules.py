"""Checks an organisation's looks: the contrast of its colour and the format of its logo."""

from collections.abc import Iterator
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.looks.svg_rules import svg_problem
from site_src.looks.theme import TEXT_CONTRAST, least_contrast, readable, themed
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.folders import REVISIONS

LARGEST_LOGO = 64 * 1024
"""In bytes; every page loads the logo, on a phone too."""

_PNG = b"\x89PNG\r\n\x1a\n"


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
            f"Put an SVG or PNG of at most {LARGEST_LOGO // 1024} KB beside policy.yaml; an SVG "
            "has shapes only, and everything that it shows in itself.",
            f"请在 policy.yaml 旁放一个不超过 {LARGEST_LOGO // 1024} KB 的 SVG 或 PNG 文件；"
            "SVG 只能有图形，要显示的内容都在文件里。",
        )
        yield at_key(source, "logo-wrong", problem, remedy, "organisation", "logo")


def _logo_problem(file: Path) -> Bilingual | None:
    """Why a file cannot be the logo, or None; its content decides its type, not its name."""
    if not file.is_file():
        return Bilingual(
            f"there is no {file.name} beside policy.yaml", f"policy.yaml 旁边没有 {file.name}"
        )
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST_LOGO else b""
    except OSError as error:
        return Bilingual(
            f"{file.name}: {error.strerror}", f"无法读取 {file.name}（{error.strerror}）"
        )
    if size > LARGEST_LOGO:
        shown = f"{size / 1024:.0f} KB"
        return Bilingual(
            f"{file.name} has {shown}, which is too much", f"{file.name} 有 {shown}，太大了"
        )
    if file.suffix == ".png":
        problem = None if content.startswith(_PNG) else Bilingual("is not PNG", "不是 PNG 格式")
    else:
        problem = svg_problem(content)
    if problem is None:
        return None
    return Bilingual("{name} {problem}", "{name} {problem}").filled(name=file.name, problem=problem)
