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
    "This page translates the procedure. The text in the following language takes precedence: "
    "{language}."
)


def deciding_text(policy: Policy, shown: Language, tongue: SiteLanguage) -> str:
    """What a reader must know of the text on the page; empty if it is the one that decides.

    `shown` is the language of the procedure on the page.
    """
    if policy.prevails is not None:
        name = tongue.locale.languages.get(policy.prevails.partition("-")[0], policy.prevails)
        return tongue.say(_ELSEWHERE).format(language=name)
    if tongue.language == policy.language:
        return ""
    messages = _TRANSLATED if shown == tongue.language else _ONLY
    return tongue.say(messages[policy.language])
