"""What is no finding, yet worth asking the owner of the procedure about."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from functions.model.frozen import Frozen
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.policy.edition import Edition
from site_src.policy.model.filing import Channel
from site_src.policy.terms import ChannelType
from site_src.policy.yaml.document import field_name

HintCode = Literal["channel-without-value"]

_MISSING: dict[ChannelType, Bilingual] = {
    "telephone": Bilingual("telephone number", "电话号码"),
    "extension": Bilingual("extension", "分机号"),
    "fax": Bilingual("fax number", "传真号码"),
    "email": Bilingual("e-mail address", "电子邮箱"),
}
"""Channels that nobody can use without their value."""


class CheckHint(Frozen):
    """Where it is and what would help; nothing is refused for it."""

    code: HintCode
    file: Path
    line: int
    column: int
    field: str
    clause: str
    message: Bilingual
    remedy: Bilingual

    def in_language(self, language: AuthorLanguage) -> dict[str, object]:
        """The hint for JSON, its message and remedy in that language."""
        words = {"message": self.message.words(language), "remedy": self.remedy.words(language)}
        return self.model_dump(mode="json") | words


def check_hints(source: Edition) -> Iterator[CheckHint]:
    """The hints of an edition, in the order of its facts."""
    for placed in source.facts:
        fact = placed.fact
        if isinstance(fact, Channel) and not fact.value and fact.type in _MISSING:
            at = source.reading.nearest(placed.path)
            what = _MISSING[fact.type]
            yield CheckHint(
                code="channel-without-value",
                file=at.file,
                line=at.line,
                column=at.column,
                field=field_name(placed.path),
                clause=fact.clause,
                message=Bilingual(
                    f"clause {fact.clause} names this channel and no {what.en}",
                    f"条款“{fact.clause}”写了这个渠道，但没有写{what.zh}",
                ),
                remedy=Bilingual(
                    f"Ask the owner of the procedure for the {what.en}; the pages say that there "
                    "is none.",
                    f"请向制定办法的部门询问{what.zh}；在此之前，页面上写明没有。",
                ),
            )
