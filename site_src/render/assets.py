"""Adds the files that pages load: style sheets, scripts, icon, calendar."""

from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from site_src.looks.palette import style_sheet
from site_src.places import ASSETS, CODE, COMPONENTS
from site_src.render.attach_script import attach_script
from site_src.site_files import SiteFiles

_ROOT = CODE / "root"
_SHEETS = ("form.css", "case.css", "start.css")


def assets(site: SiteFiles) -> dict[str, str]:
    """Adds each asset under a name that changes with its content; returns name to address.

    `ombud.css` contains the colours, the styles of every page, and the `<name>.css` of each
    component. A component's `form.css` is only for pages with a form and its `case.css` only for
    pages of a case and its `start.css` only for the first page of an organisation, so that they do
    not delay the first view of other pages. `calendar.json` is
    the calendar of the contracts, for the script on the forms. Files that browsers request by
    themselves are at the root of the site, under fixed names.
    """
    for path in sorted(_ROOT.iterdir()):
        site.files[path.name] = path.read_bytes()
    contents = {path.name: _content(path) for path in sorted(ASSETS.iterdir())}
    general = style_sheet() + contents["ombud.css"].decode()
    for folder in sorted(path for path in COMPONENTS.iterdir() if path.is_dir()):
        general += _text(folder / f"{folder.name}.css")
    contents["ombud.css"] = cssmin(general).encode()
    for sheet in _SHEETS:
        own = "".join(_text(path) for path in sorted(COMPONENTS.glob(f"*/{sheet}")))
        contents[sheet] = cssmin(own).encode()
    return {name: site.asset(name, content) for name, content in contents.items()}


def _content(path: Path) -> bytes:
    """The content of a file; a script is minified, and one is completed."""
    content = path.read_bytes()
    if path.suffix != ".js":
        return content
    script: bytes = jsmin(content)
    return attach_script(script) if path.name == "attach.js" else script


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
