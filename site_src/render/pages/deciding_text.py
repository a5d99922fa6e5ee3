"""Says which text of a procedure decides, where a page shows another one."""

from functions.model.language import Language
from site_src.languages import SiteLanguage, _
from site_src.policy.model.policy import Policy

_TRANSLATED = {
    "zh-CN": _(
        "The procedure is in Chinese. This page translates it; the Chinese text takes precedence."
    ),
    "en": _(
        "The procedure is in English. This page translates it; the English text takes precedence."
    ),
}
_ONLY = {
    "zh-CN": _(
        "The procedure is published in Chinese only. The summary on this page is translated as far "
        "as there is a translation; the Chinese text takes precedence."
    ),
    "en": _(
        "The procedure is published in English only. The summary on this page is translated as far "
        "as there is a translation; the English text takes precedence."
    ),
}
_ELSEWHERE = _(
    "The {language} text of the procedure takes precedence; it is not on this site. This page "
    "helps you to understand it."
)
_BRIEFLY = _("The {language} text of the procedure takes precedence.")


def deciding_text(policy: Policy, shown: Language, tongue: SiteLanguage) -> str:
    """What a reader must know of the text on the page; empty if it is the one that decides.

    `shown` is the language of the procedure on the page.
    """
    if policy.prevails is not None:
        return tongue.say(_ELSEWHERE).format(language=_named(policy.prevails, tongue))
    if tongue.language == policy.language:
        return ""
    messages = _TRANSLATED if shown == tongue.language else _ONLY
    return tongue.say(messages[policy.language])


def deciding_note(policy: Policy, tongue: SiteLanguage) -> str:
    """The same in one sentence, for receipts and mails, which do not show the procedure."""
    decides = policy.prevails or policy.language
    if tongue.language == decides:
        return ""
    return tongue.say(_BRIEFLY).format(language=_named(decides, tongue))


def _named(language: Language, tongue: SiteLanguage) -> str:
    """What readers of one language call another."""
    return str(tongue.locale.languages.get(language.partition("-")[0], language))
