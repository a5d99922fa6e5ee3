"""Marks the pages of a draft and of an organisation with findings; nothing of it is published."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from site_src.bilingual import Bilingual, author_language_of
from site_src.check.drafts.draft_rules import sorted_out
from site_src.languages import SiteLanguage
from site_src.policy.finding import Finding
from site_src.render.drafts.function_pages import short_notice
from site_src.render.drafts.shown_findings import shown_findings
from site_src.site_files import SiteFiles

_CONTENT_BEGINS = re.compile(r"<main\b[^>]*>")
_HEAD = "<head>"
_NO_INDEX = '<meta name="robots" content="noindex">'


@dataclass(frozen=True)
class _Title:
    """The title of a notice, and what it means for who reads the page."""

    title: Bilingual
    meaning: Bilingual

    def filled(self, id: str) -> "_Title":
        """The title with the name of the organisation."""
        return _Title(self.title.filled(id=id), self.meaning)


_DRAFT = _Title(
    Bilingual("Draft: not published", "草稿：未公布"),
    Bilingual(
        "Only this machine shows the page. What you file here is a test.",
        "只有这台电脑能看到本页。在这里提交的都是测试。",
    ),
)
_LAST_GOOD = _Title(
    Bilingual("This page is older than its files", "本页不是最新内容"),
    Bilingual(
        "policy.yaml or procedure.md has findings. Until they are corrected, this page stays as it "
        "was last built.",
        "policy.yaml 或 procedure.md 有问题。改正之前，本页保持上一次生成的内容。",
    ),
)
_NEVER_BUILT = _Title(
    Bilingual("{id} has no pages yet", "{id} 还没有页面"),
    Bilingual(
        "Correct what follows and save the file: the pages then appear here. Load this page again.",
        "请改正下列问题并保存文件，页面就会在这里生成。请重新载入本页。",
    ),
)
_FINDINGS = Bilingual("To correct: {count}", "要改正：{count} 处")
_TO_CONFIRM = Bilingual("To confirm: {count}", "要确认：{count} 项")
_NOTHING = Bilingual(
    "Nothing is left to do but to remove `status: draft`.", "只差删去 `status: draft` 这一行。"
)
_CLAUSE = Bilingual("clause", "条款")


def marked_pages(
    site: SiteFiles,
    environments: Mapping[SiteLanguage, Environment],
    id: str,
    findings: tuple[Finding, ...],
) -> SiteFiles:
    """The files of a draft, each page with what is left to do on it, and closed to search engines.

    `site` has the files of that organisation alone.
    """
    notices = {
        tongue: _notice(env, tongue, id, _DRAFT, findings) for tongue, env in environments.items()
    }
    return SiteFiles(
        {
            name: _marked(name, content, notices) if name.endswith(".html") else content
            for name, content in site.files.items()
        }
    )


def page_with_findings(
    html: str, env: Environment, tongue: SiteLanguage, id: str, findings: tuple[Finding, ...]
) -> str:
    """The last good page of an organisation, with the findings that keep it from being renewed."""
    return _inserted(html, _notice(env, tongue, id, _LAST_GOOD, findings))


def findings_page(
    env: Environment, tongue: SiteLanguage, id: str, findings: tuple[Finding, ...]
) -> str:
    """The page of an organisation that could never be built: its findings in words."""
    language = author_language_of(tongue.language)
    return env.get_template("drafts/findings.html").render(
        title=_NEVER_BUILT.filled(id).title.words(language),
        notice=_notice(env, tongue, "", _NEVER_BUILT.filled(id), findings),
    )


def _marked(name: str, content: bytes, notices: Mapping[SiteLanguage, Markup]) -> bytes:
    tongue = _language_of(name, notices)
    html = content.decode().replace(short_notice(tongue), "")
    html = html.replace(_HEAD, f"{_HEAD}\n{_NO_INDEX}", 1)
    return _inserted(html, notices[tongue]).encode()


def _language_of(name: str, notices: Mapping[SiteLanguage, Markup]) -> SiteLanguage:
    """The language of the page with that name; the first one has no folder."""
    first = next(iter(notices))
    folders = {tongue.prefix.strip("/"): tongue for tongue in notices if tongue.prefix}
    return folders.get(name.partition("/")[0], first)


def _inserted(html: str, notice: Markup) -> str:
    begins = _CONTENT_BEGINS.search(html)
    if begins is None:
        raise AssertionError("every page has a <main>")
    return f"{html[: begins.end()]}\n{notice}{html[begins.end() :]}"


def _notice(
    env: Environment,
    tongue: SiteLanguage,
    id: str,
    said: _Title,
    findings: tuple[Finding, ...],
) -> Markup:
    """The notice at the top of a page; clauses lead to the procedure of `id`, if there is one."""
    language, left = author_language_of(tongue.language), sorted_out(findings)
    groups = [
        (
            title.filled(count=len(found)).words(language),
            shown_findings(found, language),
        )
        for title, found in ((_FINDINGS, left.others), (_TO_CONFIRM, left.to_confirm))
        if found
    ]
    template = env.get_template("drafts/notice.html")
    return Markup(
        template.render(
            title=said.title.words(language),
            meaning=said.meaning.words(language),
            groups=groups,
            nothing="" if groups else _NOTHING.words(language),
            procedure=f"{tongue.prefix}/{id}/procedure/" if id else "",
            spoken=language,
            clause=_CLAUSE.words(language),
        )
    )
