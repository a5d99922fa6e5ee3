"""Lays the parts of a mail out as HTML that mail programs can show.

Outlook on Windows shows mails with the engine of Word, QQ Mail and Gmail take out what they do not
trust: the layout is tables with a width in attributes, each element has its own style, nothing is
fetched. The style sheet adds what no layout needs: dark colours, and facts below their labels on
phones. The logo is not there: it would have to be fetched, and few programs show SVG.
"""

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from functions.model.contract.directory import BrandColours
from functions.model.language import Language
from functions.views.mail_parts import MailPart, Sort

PRODUCT_COLOURS = BrandColours(light="#0c5b52", dark="#7fd1bf")
"""The brand of the site's own colours."""

PAPER, SHEET, INK, SOFT, LINE, WASH = (
    "#f6f2e8",
    "#fffdf7",
    "#1d2a26",
    "#52605a",
    "#d9d1be",
    "#f6f2e8",
)
DARK_PAPER, DARK_SHEET, DARK_INK, DARK_SOFT, DARK_LINE = (
    "#141b18",
    "#1c2521",
    "#ebe9df",
    "#adb8b0",
    "#3a4741",
)
"""The colours of the site, by their names in `site_src/looks/palette.py`."""

_FONT = (
    "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',"
    "'Noto Sans SC',Arial,sans-serif"
)
_CODE_FONT = "font-family:Consolas,Menlo,'Courier New',monospace"
_TEXT = f"{_FONT};font-size:16px;line-height:1.6"
_TABLE = 'role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"'

_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}" dir="ltr"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
    '<meta name="format-detection" content="telephone=no,date=no,address=no">'
    "<title>{title}</title><style>{style}</style>"
    # Word takes the first font of a list or Times.
    "<!--[if mso]><style>td,th,p,h1,h2,a,li{{font-family:'Microsoft YaHei',Arial,sans-serif"
    " !important}}</style><![endif]--></head>\n"
    '<body class="paper" bgcolor="{paper}" style="margin:0;padding:0;background-color:{paper}">'
    '<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;'
    'color:{paper};mso-hide:all" aria-hidden="true">{preview}{filler}</div>\n'
    f'<table {_TABLE} class="paper" bgcolor="{{paper}}" style="background-color:{{paper}}">'
    '<tr><td align="center" style="padding:16px 8px">'
    '<!--[if mso]><table role="presentation" border="0" cellpadding="0" cellspacing="0" '
    'width="600"><tr><td><![endif]-->\n'
    f'<table {_TABLE} class="sheet" bgcolor="{{sheet}}" style="width:100%;max-width:600px;'
    'background-color:{sheet};border-top:4px solid {brand}"><tr>'
    f'<td class="pad" align="left" style="padding:20px 28px 24px;{_FONT};word-break:break-word">\n'
    '<div role="main">\n{body}</div></td></tr></table>\n'
    "<!--[if mso]></td></tr></table><![endif]--></td></tr></table></body></html>\n"
)

_FILLER = Markup("&#847;&zwnj;&nbsp;") * 60
"""What a program shows beside the subject ends after the preview: the access code is further on."""

_STYLE = (
    ":root{{color-scheme:light dark;supported-color-schemes:light dark}}"
    "@media (prefers-color-scheme:dark){{{dark}}}"
    "{outlook}"
    "@media (max-width:480px){{.pad{{padding:16px 16px 20px!important}}"
    ".cell{{display:block!important;width:auto!important;padding-bottom:0!important}}"
    ".value{{padding-top:0!important}}}}"
)
_DARK: dict[str, str] = {
    ".paper": f"background-color:{DARK_PAPER}!important",
    ".sheet": f"background-color:{DARK_SHEET}!important;border-color:{{brand}}!important",
    ".wash": f"background-color:{DARK_PAPER}!important;border-color:{DARK_LINE}!important",
    ".ink": f"color:{DARK_INK}!important",
    ".soft": f"color:{DARK_SOFT}!important",
    ".line": f"border-color:{DARK_LINE}!important",
    ".brand": "color:{brand}!important;border-color:{brand}!important",
    ".button": "background-color:{brand}!important;border-color:{brand}!important",
    ".on": f"color:{DARK_PAPER}!important",
}
"""What dark mail programs show instead, class by class; Outlook's app marks the whole mail."""

_TEMPLATES: dict[Sort, Markup] = {
    "name": Markup(
        f'<p class="brand" style="margin:0 0 20px;padding:0 0 10px;{_FONT};font-size:18px;'
        'line-height:1.4;font-weight:bold;color:{brand};border-bottom:3px double {brand}">'
        "{words}</p>\n"
    ),
    "heading": Markup(
        f'<h1 class="ink" style="margin:0 0 16px;{_FONT};font-size:22px;line-height:1.4;'
        f'font-weight:bold;color:{INK}">{{words}}</h1>\n'
    ),
    "section": Markup(
        f'<h2 class="brand" style="margin:24px 0 8px;{_FONT};font-size:18px;line-height:1.4;'
        'font-weight:bold;color:{brand}">{words}</h2>\n'
    ),
    "words": Markup(f'<p class="ink" style="margin:0 0 14px;{_TEXT};color:{INK}">{{words}}</p>\n'),
    "code": Markup(
        f'<p class="soft" style="margin:0;{_TEXT};color:{SOFT}">{{label}}</p>'
        f'<p class="ink" style="margin:0 0 8px;{_CODE_FONT};font-size:24px;line-height:1.4;'
        f'font-weight:bold;color:{INK};word-break:break-all">{{words}}</p>\n'
    ),
    "fact": Markup(
        f'<tr><th class="cell soft" scope="row" width="140" align="left" valign="top" '
        f'style="width:140px;padding:6px 12px 6px 0;{_TEXT};font-weight:normal;text-align:left;'
        f'color:{SOFT}">{{label}}</th><td class="cell value ink" align="left" valign="top" '
        f'style="padding:6px 0;{_TEXT};color:{INK}">{{words}}</td></tr>\n'
    ),
    "link": Markup(
        '<table role="presentation" border="0" cellpadding="0" cellspacing="0" '
        'style="margin:4px 0 8px"><tr>'
        '<td class="button" bgcolor="{brand}" align="center" style="padding:12px 24px;'
        'background-color:{brand}">'
        f'<a class="on" href="{{words}}" style="{_FONT};font-size:18px;line-height:1.4;'
        'font-weight:bold;color:#ffffff;text-decoration:none">{label}</a></td></tr></table>\n'
        f'<p style="margin:0 0 14px;{_TEXT};word-break:break-all">'
        f'<a class="soft" href="{{words}}" style="color:{SOFT}">{{words}}</a></p>\n'
    ),
    "item": Markup(
        f'<li class="ink" style="margin:0 0 10px;{_TEXT};color:{INK}">{{words}}{{lines}}</li>\n'
    ),
    # A digest has a hundred: what stands on each is short, and the font is that of the page.
    "entry": Markup(
        '<tr><td class="ink" align="left" style="padding:0 0 16px 12px;border-left:4px solid '
        f'{{colour}};font-size:16px;line-height:1.6;color:{INK}"><b>{{label}}</b>{{lines}}</td>'
        "</tr>\n"
    ),
    "note": Markup(f'<p class="soft" style="margin:0 0 6px;{_TEXT};color:{SOFT}">{{words}}</p>\n'),
}
_GROUPS: dict[Sort, Markup] = {
    "entry": Markup(f'<table {_TABLE} style="margin:0 0 16px">\n{{}}</table>\n'),
    "code": Markup(
        f'<table {_TABLE} style="margin:0 0 16px"><tr><td class="wash" bgcolor="{WASH}" '
        f'align="left" style="padding:14px 16px 8px;background-color:{WASH};'
        f'border:1px solid {LINE}">\n{{}}</td></tr></table>\n'
    ),
    "fact": Markup(
        '<table border="0" cellpadding="0" cellspacing="0" width="100%" '
        'style="margin:0 0 16px;border-collapse:collapse">\n{}</table>\n'
    ),
    "item": Markup('<ul style="margin:0 0 16px;padding:0 0 0 22px">\n{}</ul>\n'),
    "note": Markup(
        f'<table {_TABLE} style="margin:20px 0 0"><tr><td class="line" align="left" '
        f'style="padding:14px 0 0;border-top:1px solid {LINE}">\n{{}}</td></tr></table>\n'
    ),
}
"""What stands around parts of one sort that follow each other."""

_LINK = Markup(
    f'<br><a class="soft" href="{{0}}" style="color:{SOFT};word-break:break-all">{{0}}</a>'
)


def mail_html(
    parts: tuple[MailPart, ...], language: Language, title: str, colours: BrandColours | None
) -> Markup:
    """The parts as a page; `title` is the subject."""
    brand = (colours or PRODUCT_COLOURS).light
    return _PAGE.format(
        language=language,
        title=title,
        style=Markup(_style(colours or PRODUCT_COLOURS)),
        paper=PAPER,
        sheet=SHEET,
        brand=brand,
        preview=" · ".join(_preview(parts)),
        filler=_FILLER,
        body=Markup("").join(
            _GROUPS.get(sort, Markup("{}")).format(
                Markup("").join(_part(part, brand) for part in group)
            )
            for sort, group in groupby(parts, lambda part: part.sort)
        ),
    )


def _part(part: MailPart, brand: str) -> Markup:
    lines = Markup("").join(Markup("<br>{}").format(line.strip()) for line in part.lines)
    if part.sort == "entry":
        lines += _LINK.format(part.words)
    return _TEMPLATES[part.sort].format(
        words=part.words,
        label=part.label.rstrip(":： "),
        lines=lines,
        brand=brand,
        colour=part.colour or SOFT,
    )


def _preview(parts: Iterable[MailPart]) -> Iterable[str]:
    """What programs show beside the subject: the first sentence and facts, and no code."""
    said = [part.words for part in parts if part.sort in ("heading", "fact", "words")]
    return said[:3]


def _style(colours: BrandColours) -> str:
    dark = {name: rule.format(brand=colours.dark) for name, rule in _DARK.items()}
    return _STYLE.format(
        dark="".join(f"{name}{{{rule}}}" for name, rule in dark.items()),
        outlook="".join(f"[data-ogsc] {name}{{{rule}}}" for name, rule in dark.items()),
    )
