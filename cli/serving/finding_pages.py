"""Renders why an organisation was left out of the last build, in the language of the page."""

from jinja2 import Environment

from cli.serving.left_out import LeftOutPages
from site_src.languages import SiteLanguage
from site_src.render.assets import assets
from site_src.render.drafts.draft_pages import findings_page, page_with_findings
from site_src.render.environment import environment
from site_src.site_files import SiteFiles


class FindingPages:
    """The pages of organisations that were left out, in one language of the site at `site_url`."""

    def __init__(self, left_out: LeftOutPages, tongue: SiteLanguage, site_url: str) -> None:
        self._left_out = left_out
        self._tongue = tongue
        self._site_url = site_url

    def has(self, organisation: str) -> bool:
        """Whether the organisation was left out."""
        return bool(self._left_out.findings(organisation))

    def instead(self, organisation: str) -> str:
        """The page in place of pages that were never built."""
        findings = self._left_out.findings(organisation)
        return findings_page(self._env(), self._tongue, organisation, findings)

    def marked(self, organisation: str, html: str) -> str:
        """A page of before, with why it is not renewed."""
        findings = self._left_out.findings(organisation)
        return page_with_findings(html, self._env(), self._tongue, organisation, findings)

    def _env(self) -> Environment:
        """Reads the templates anew, so that a change of theirs is seen."""
        return environment(self._tongue, assets(SiteFiles()), self._site_url)
