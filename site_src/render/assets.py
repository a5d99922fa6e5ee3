"""The files that pages load: style sheet, scripts, icon, calendar."""

from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from functions.model.deadlines.calendar import Calendar
from site_src.looks.palette import style_sheet
from site_src.places import ASSETS, CODE, COMPONENTS
from site_src.site_files import SiteFiles

_ROOT = CODE / "root"
_SHEETS = ("form.css", "case.css")


def assets(site: SiteFiles, days: Calendar) -> dict[str, str]:
    """Adds each asset under a name that changes with its content; its address by its own name.

    The style sheet is the colours, then what is for every page, then what each component's
    folder says of its own looks in `<name>.css`. What it says in `form.css` is for pages where
    something is typed, in `case.css` for those of a case: neither delays the first view of all
    others. `calendar.json` is the calendar of the contracts, for the script on the forms. What
    browsers ask for by themselves lies at the root of the site, under
    names that cannot change.
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
    contents["calendar.json"] = days.model_dump_json().encode()
    return {name: site.asset(name, content) for name, content in contents.items()}


def _content(path: Path) -> bytes:
    """The file; of a script what a browser needs of it."""
    content = path.read_bytes()
    return jsmin(content) if path.suffix == ".js" else content


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
