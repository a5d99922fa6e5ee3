"""Renders a draft in memory as the site would show it."""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock, RLock

from jinja2 import Environment

from functions.model.language import Language
from functions.model.pages.vocabulary import Vocabulary
from site_src.calendar_years import Years
from site_src.check.calendar_rules import checked_years
from site_src.compile.messages.vocabulary import words
from site_src.languages import SiteLanguage, site_languages
from site_src.looks.look import Look, look
from site_src.policy.edition import Editions
from site_src.publish.build import today
from site_src.render.assets import assets
from site_src.render.edition import Compiled, compiled_edition
from site_src.render.environment import environment
from site_src.render.organisation_pages import organisation_pages
from site_src.render.shared.templates import SharedTemplates
from site_src.render.site_calendars import SiteCalendars
from site_src.site_files import SiteFiles
from site_src.site_settings import read_operator
from site_src.studio.checking import Checked, laid_out
from site_src.studio.draft_checks import checked_state
from site_src.studio.files.draft_files import DraftFiles

_ADDRESS = re.compile(rb'((?:href|src|action|poster|data-[a-z-]+)=")/(?!/)')
"""An address from the root of the site in a rendered page."""

_KEPT = 4
"""Previews that are kept: those of the last states of a draft or two."""


@dataclass(frozen=True)
class Preview:
    """A draft that can be read; its pages and its compiled edition are made when first asked for.

    `render` makes the files of its pages by path, `compile` the edition in the folder.
    """

    editions: Editions
    render: Callable[[], dict[str, bytes]] = field(repr=False)
    compile: Callable[[], Compiled] = field(repr=False)
    _lock: RLock = field(default_factory=RLock, repr=False)

    @cached_property
    def _files(self) -> dict[str, bytes]:
        return self.render()

    @cached_property
    def _compiled(self) -> Compiled:
        return self.compile()

    @property
    def files(self) -> dict[str, bytes]:
        """The files of its pages, by path."""
        with self._lock:
            return self._files

    @property
    def compiled(self) -> Compiled:
        """The edition in the folder, compiled."""
        with self._lock:
            return self._compiled

    def page(self, path: str, base: str) -> bytes | None:
        """The file at a path, its addresses below `base`; None if the site has no such file."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        content = self.files.get(name)
        if content is None or not name.endswith(".html"):
            return content
        return self.linked(content, base)

    def linked(self, page: bytes, base: str) -> bytes:
        """A page with the addresses of the site below `base`."""
        return _ADDRESS.sub(rb"\1" + base.encode(), page)


class Previews:
    """Renders drafts, and keeps the last few; templates are read once."""

    def __init__(self, policies: Path, site_url: str) -> None:
        self._policies = policies
        self._site_url = site_url
        self._kept: OrderedDict[str, tuple[Checked, Preview | None]] = OrderedDict()
        self._lock = Lock()

    def of(self, files: DraftFiles) -> tuple[Checked, Preview | None]:
        """The draft as checked and as rendered; None if it cannot be read far enough for pages."""
        key = checked_state(files, self._policies)
        with self._lock:
            if key not in self._kept:
                with laid_out(files, self._policies) as found:
                    made = self._preview(found.editions) if found.editions else None
                    self._kept[key] = (found, made)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]

    def _preview(self, editions: Editions) -> Preview:
        """The preview; what it needs of the draft's folder is read now."""
        site = SiteFiles()
        own_look = look(site, editions)
        newest = editions.editions[-1]
        return Preview(
            editions,
            lambda: self._rendered(site, editions, own_look),
            lambda: compiled_edition(SiteFiles(), newest, own_look, "", self.shared),
        )

    def _rendered(self, site: SiteFiles, editions: Editions, own_look: Look) -> dict[str, bytes]:
        organisation_pages(
            site,
            editions,
            own_look,
            today(),
            self.calendars,
            self._environments,
            self.shared,
            self._site_url,
            proof_of_work=False,
        )
        return self._assets[0].files | site.files

    def prefix(self, language: Language) -> str:
        """The start of the addresses of the site's pages in a policy's language."""
        return next(each.prefix for each in self._environments if each.language == language)

    def words(self, tongue: SiteLanguage) -> Vocabulary:
        """The words of days and dates in a language."""
        return words(tongue)

    @cached_property
    def shared(self) -> SharedTemplates:
        """The templates of pages and mails that the functions fill."""
        return SharedTemplates(
            self._environments, self._addresses, self._site_url, proof_of_work=False
        )

    @cached_property
    def calendars(self) -> SiteCalendars:
        """The days off, with the years that the operator added."""
        years: Years = checked_years(self._policies)[0]
        return SiteCalendars(years)

    @cached_property
    def _assets(self) -> tuple[SiteFiles, dict[str, str]]:
        """The files that pages load, and their addresses by name."""
        site = SiteFiles()
        return site, assets(site)

    @property
    def _addresses(self) -> dict[str, str]:
        return self._assets[1]

    @cached_property
    def _environments(self) -> dict[SiteLanguage, Environment]:
        first = read_operator(self._policies).language
        return {
            tongue: environment(tongue, self._addresses, self._site_url)
            for tongue in site_languages(first)
        }
