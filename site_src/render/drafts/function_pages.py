"""Marks the pages of a draft that the functions fill: forms, receipts, the pages of a case.

What is left to do changes from build to build and does not belong into a contract, so these pages
say only that the policy is a draft.
"""

from markupsafe import Markup

from site_src.bilingual import Bilingual, author_language_of
from site_src.languages import SiteLanguage
from site_src.render.shared.marked import END

_MAIN = "<main"
_SAYS = Bilingual(
    "Draft: not published. This filing is a test.", "草稿：未公布。这里提交的是测试。"
)
_NOTICE = Markup('<p class="notice warn draft" lang="{}">{}</p>\n')


def short_notice(tongue: SiteLanguage) -> str:
    """The HTML of the sentence that says so, in the language of the page."""
    language = author_language_of(tongue.language)
    return str(_NOTICE.format(language, _SAYS.words(language)))


def with_short_notice(page: str, tongue: SiteLanguage) -> str:
    """A page with marks, with the sentence where its content begins; mails stay as they are.

    It stands behind the template's own words, so that it is a value of the contract.
    """
    begins = page.find(_MAIN)
    if begins < 0:
        return page
    after = page.index(END, begins) + len(END)
    return page[:after] + short_notice(tongue) + page[after:]
