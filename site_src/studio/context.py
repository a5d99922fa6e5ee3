"""What all pages of the studio share: the drafts, their previews, and how a page is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from site_src.bilingual import AuthorLanguage, Bilingual, author_language_of
from site_src.languages import SiteLanguage, site_languages
from site_src.policy.drafts.marks import is_draft
from site_src.policy.editions import read_published
from site_src.policy.finding import Finding
from site_src.policy.folders import earlier_ids
from site_src.site_settings import read_operator
from site_src.studio.draft_checks import DraftChecks
from site_src.studio.environment import studio_templates
from site_src.studio.facts.finding_words import ClerkFinding, clerk_findings
from site_src.studio.facts.removed import RemovedFacts, broken_references, names_of_removed
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.files.saving import Drafts
from site_src.studio.forms import SentForm
from site_src.studio.preview import Previews


@dataclass(frozen=True)
class Studio:
    """The studio of one folder of policies; `base` is its address, with the token."""

    base: str
    drafts: Drafts
    previews: Previews
    checks: DraftChecks
    language: AuthorLanguage

    @property
    def policies(self) -> Path:
        """The folder of policies."""
        return self.drafts.policies


@dataclass(frozen=True)
class Asked:
    """A request: in which language, for which organisation, and the form that was sent."""

    studio: Studio
    request: Request
    form: SentForm

    @property
    def tongue(self) -> SiteLanguage:
        """The language of the page, which is a part of the address."""
        short = self.request.path_params.get("tongue", "zh")
        wanted = "en" if short == "en" else "zh-CN"
        first = read_operator(self.studio.policies).language
        return next(each for each in site_languages(first) if each.language == wanted)

    @property
    def organisation(self) -> str:
        """The organisation that the address names."""
        return str(self.request.path_params["organisation"])

    @property
    def home(self) -> str:
        """The address of the list of organisations, in the language of the page."""
        return f"{self.studio.base}/{self.request.path_params.get('tongue', 'zh')}/"

    @property
    def draft_home(self) -> str:
        """The address of the draft."""
        return f"{self.home}{self.organisation}/"

    def query(self, name: str) -> str:
        """A parameter of the address; empty if it is not there."""
        return self.request.query_params.get(name, "")

    def say(self, words: Bilingual) -> str:
        """Words for authors, in the language of the page."""
        return words.words(author_language_of(self.tongue.language))

    def removed(self, files: DraftFiles) -> RemovedFacts:
        """The facts that name what the draft no longer has, and what that was called."""
        broken = tuple(broken_references(files.document.data, self.tongue))
        earlier = self.studio.drafts.earlier_facts(files.organisation)
        return RemovedFacts(broken, names_of_removed(broken, earlier))

    def findings(
        self, findings: tuple[Finding, ...], files: DraftFiles
    ) -> tuple[ClerkFinding, ...]:
        """Findings in a clerk's words, in the language of the page."""
        names = {id: name for (_, id), name in self.removed(files).names.items()}
        return clerk_findings(findings, files.document.data, self.tongue, names)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of the studio."""
        other = "en" if self.request.path_params.get("tongue") == "zh" else "zh"
        path = self.request.url.path.removeprefix(self.home)
        query = f"?{self.request.url.query}" if self.request.url.query else ""
        common = {
            "base": self.studio.base,
            "home": self.home,
            "other_language": f"{self.studio.base}/{other}/{path}{query}",
            "spoken": author_language_of(self.tongue.language),
            "colon": "：" if author_language_of(self.tongue.language) == "zh-CN" else ": ",
        }
        html = studio_templates(self.tongue).get_template(template).render(common | values)
        return HTMLResponse(html, status)

    def draft_page(
        self, template: str, files: DraftFiles, status: int = 200, **values: Any
    ) -> Response:
        """A page of one draft, with what each of them shows."""
        data = files.document.data
        change = self.studio.drafts.last_change(files)
        version = str(data.get("version", ""))
        ids = (files.organisation, *earlier_ids(data))
        published = read_published(self.studio.policies).digest(ids, version)
        common = {
            "draft": self.draft_home,
            "organisation": files.organisation,
            "digest": files.digest,
            "is_draft": is_draft(data),
            "is_published": published is not None,
            "last_change": change.what if change else None,
        }
        return self.page(template, status, **common, **values)

    def see(self, address: str) -> Response:
        """Leads to another page after a form was taken (POST, redirect, GET)."""
        return RedirectResponse(address, 303)


PageHandler = Callable[[Asked], Response]
"""Answers one request; it may block, and runs in a thread."""
