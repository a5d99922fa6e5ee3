"""The files that pages load: style sheet, scripts, icon, calendar."""

from pathlib import Path

from rcssmin import cssmin

from functions.calendar import Calendar
from site_src.palette import style_sheet
from site_src.sitefiles import Site

_ASSETS = Path(__file__).parent / "assets"
_ROOT = Path(__file__).parent / "root"
COMPONENTS = Path(__file__).parent / "templates" / "components"


def assets(site: Site, days: Calendar) -> dict[str, str]:
    """Adds each asset under a name that changes with its content; its address by its own name.

    The style sheet is the colours, then what is for every page, then what each component's
    folder says of its own looks; `calendar.json` is the calendar of the contracts, for the
    script on the forms. What browsers ask for by themselves lies at the root of the site, under
    names that cannot change.
    """
    for path in sorted(_ROOT.iterdir()):
        site.files[path.name] = path.read_bytes()
    contents = {path.name: path.read_bytes() for path in sorted(_ASSETS.iterdir())}
    sheets = [contents["ombud.css"].decode()]
    sheets += [path.read_text(encoding="utf-8") for path in sorted(COMPONENTS.glob("*/*.css"))]
    contents["ombud.css"] = cssmin(style_sheet() + "".join(sheets)).encode()
    contents["calendar.json"] = days.model_dump_json().encode()
    return {name: site.asset(name, content) for name, content in contents.items()}
