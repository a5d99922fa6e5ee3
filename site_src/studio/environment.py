"""Creates the template environment of the studio, and the files that its pages load."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rjsmin import jsmin

from site_src.languages import SiteLanguage
from site_src.render.assets import assets
from site_src.site_files import SiteFiles

_HERE = Path(__file__).parent


@cache
def studio_templates(tongue: SiteLanguage) -> Environment:
    """The environment of one language; whatever a page prints is escaped."""
    env = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    env.install_gettext_translations(tongue.catalogue, newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {"lang": tongue.language, "say": tongue.say}
    return env


@cache
def studio_files() -> Mapping[str, tuple[bytes, str]]:
    """The style sheet, the script and the icon, with their types.

    They are no assets of the site: a build has no file of the studio.
    """
    site = SiteFiles()
    addresses = assets(site)
    sheets = [site.files[addresses[name].lstrip("/")] for name in ("ombud.css", "form.css")]
    sheets.append((_HERE / "assets" / "studio.css").read_bytes())
    script: bytes = jsmin((_HERE / "assets" / "studio.js").read_bytes())
    return {
        "studio.css": (b"\n".join(sheets), "text/css"),
        "studio.js": (script, "text/javascript"),
        "icon.svg": (site.files[addresses["icon.svg"].lstrip("/")], "image/svg+xml"),
    }
