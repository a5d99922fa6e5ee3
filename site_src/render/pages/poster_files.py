"""Writes the posters of organisations as PDF files, one for each language."""

from datetime import date
from pathlib import Path

from site_src.check.organisation import read_all
from site_src.errors import PaperUnavailable, PoliciesRejected
from site_src.languages import site_languages
from site_src.render.site_renderer import render
from site_src.site_settings import read_operator

_MISSING = (
    "posters need Pango, HarfBuzz and a Chinese font: run make pango, or "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig "
    "fonts-noto-cjk"
)


def write_posters(
    policies: Path, organisations: tuple[str, ...], out: Path, day: date, site_url: str
) -> tuple[Path, ...]:
    """Writes `ORGANISATION.LANGUAGE.pdf` for each into `out`, or nothing if there are findings.

    Raises UnknownOrganisation, PoliciesRejected, and PaperUnavailable if this machine lacks the
    libraries or the font.
    """
    all_editions, findings = read_all(policies, organisations, day)
    if findings:
        raise PoliciesRejected(findings)
    try:
        from site_src.render.pages.pdf import poster_pdf, writes_chinese

        if not writes_chinese():
            raise PaperUnavailable(_MISSING)
    except (ImportError, OSError) as error:
        raise PaperUnavailable(_MISSING) from error
    operator = read_operator(policies)
    site = render(all_editions, day, site_url, operator=operator)
    posters = {
        out / f"{editions.id}.{tongue.language}.pdf": poster_pdf(
            site, f"{tongue.prefix}/{editions.id}/poster/", site_url
        )
        for editions in all_editions
        for tongue in site_languages(operator.language)
    }
    out.mkdir(parents=True, exist_ok=True)
    for path, content in posters.items():
        path.write_bytes(content)
    return tuple(posters)
