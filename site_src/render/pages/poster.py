"""Selects the content of the poster for an organisation's premises, and its size of type."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from math import ceil

from functions.model.pages.slot_template import cut
from site_src.check.conformance import places
from site_src.compile.limit_words import holds_when
from site_src.policy.model.filing import Channel
from site_src.policy.model.handling import Provision, StepFact
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy

_CALLED = ("telephone", "extension")
_OF_A_BRANCH = ("营业部", "分公司", "分支机构", "分店", "门店", "网点", "branch", "local office")

SIZES = (9, 10, 11.5, 13, 15, 17, 19.5)
"""Sizes of type in points, from which `paper.css` and the PDF choose."""

_SHEET_MM, _SCAN_MM, _TITLE_MM, _BODY_MM = 272.5, 72, 111, 165
"""As in `paper.css`: the height inside the margins, that of the QR code, the width beside it, and
the width below."""

_FRAME_MM, _GAP_MM, _STRIP_MM, _CALL_MM = 12, 2, 1.8, 14
"""Heights that do not grow with the type: frame and rules, the gap above each section, the drawing
below each time limit, and a number to call."""

_SAFE = 1.1
"""Chromium gives no poster of the samples, at any size, more than this times the estimate."""

_MM_OF_POINT = 0.3528
_WIDE, _LATIN_EM = re.compile("[\u2e80-\U0010ffff]"), 0.53
"""The characters that are an em wide, and how wide others are on average."""


@dataclass(frozen=True)
class CallNumber:
    """A number to call; `local` means that every branch has its own number."""

    channel: Channel
    local: bool


@dataclass(frozen=True)
class Poster:
    """The content of a poster, and the provisions that require it.

    `wanted` lists these provisions, and `together` the numbers in their clauses, which must be
    shown in one place. `steps` is empty if the procedure requires nothing on the premises: then
    the QR code leads to them. If all limits do not fit, it is
    `shortened` to those that hold for every filing, or to none.
    """

    wanted: tuple[Provision, ...]
    together: tuple[CallNumber, ...]
    numbers: tuple[CallNumber, ...]
    others: tuple[Channel, ...]
    limits: tuple[LimitFact, ...]
    steps: tuple[StepFact, ...]
    shortened: bool = False


def poster(policy: Policy) -> Poster:
    """The poster of a policy; the order is the procedure's."""
    wanted = tuple(
        provision
        for provision in policy.provisions
        if provision.topic == "publication" and "premises" in places(provision, policy.language)
    )
    clauses = {provision.clause for provision in wanted}
    called = [channel for channel in policy.channels if channel.type in _CALLED]
    return Poster(
        wanted=wanted,
        together=tuple(_number(policy, one) for one in called if one.clause in clauses),
        numbers=tuple(_number(policy, one) for one in called if one.clause not in clauses),
        others=tuple(channel for channel in policy.channels if channel not in called),
        limits=tuple(
            limit
            for limit in policy.limits
            if not limit.recurring and limit.starts != "each_period"
        ),
        steps=policy.steps if wanted else (),
    )


def _number(policy: Policy, channel: Channel) -> CallNumber:
    name = channel.name.words(policy.language).lower()
    return CallNumber(channel, any(word in name for word in _OF_A_BRANCH))


def fitted(policy: Policy, render: Callable[[Poster], str]) -> str:
    """The page with as much of the content as fits on one sheet of A4, in the largest type.

    `render` leaves a slot for the size. What must be published is never left out.
    """
    whole = poster(policy)
    general = tuple(limit for limit in whole.limits if not holds_when(policy, limit))
    page, size = "", 0
    # A size that is hard to read is taken only for what holds for every filing.
    for shown, least in ((whole, 2), (_with(whole, general), 1), (_with(whole, ()), 1)):
        page = render(shown)
        size = _largest(page)
        if size >= least:
            break
    return cut(page).html({"size": str(max(size, 1))})


def _with(whole: Poster, limits: tuple[LimitFact, ...]) -> Poster:
    """The poster with these limits only, unless all of it must be published."""
    if whole.wanted or limits == whole.limits:
        return whole
    return replace(whole, limits=limits, shortened=True)


def _largest(page: str) -> int:
    """The largest size of type in which the page fits on its sheet; 0 if none does."""
    article = page[page.index("<article") : page.index("</article>")]
    head, _, body = article.partition("</header>")
    head = head.partition('<div class="scan">')[0]
    before, _, after = head.partition("</h1>")
    above, _, title = before.partition("<h1>")
    title_ems, beside_ems = _ems(title), _ems(above) + _ems(after)
    blocks = [_ems(block) for block in re.split("</(?:li|dd|p|h2)>", body)]
    sections, limits = body.count("<section"), body.count('class="from"')
    calls = body.count('class="dial"') + body.count('class="write-in')

    def height(size: float) -> float:
        em = size * _MM_OF_POINT
        line = 1.45 * em
        large = ceil(title_ems * 2.6 * em / _TITLE_MM) * 2.6 * 1.15 * em
        small = beside_ems * em / _TITLE_MM + head.count("<p") / 2
        lines = sum(ceil(block * em / _BODY_MM) for block in blocks)
        parts = sections * (_GAP_MM + 0.7 * em) + limits * (_STRIP_MM + em) + calls * _CALL_MM
        return max(_SCAN_MM, large + 4 + small * line) + _FRAME_MM + lines * line + parts

    return sum(_SAFE * height(size) <= _SHEET_MM for size in SIZES)


def _ems(html: str) -> float:
    """How wide the text of this markup is in one line, in ems."""
    text = " ".join(unescape(re.sub(r"<title>.*?</title>|<[^>]+>", "", html)).split())
    wide = len(_WIDE.findall(text))
    return wide + _LATIN_EM * (len(text) - wide)
