"""Lists what each law wants told beside a form, and where each element is met."""

from site_src.bilingual import Bilingual
from site_src.policy.model.organisation import LegalBasis, PrivacyLaw

PIPL = Bilingual("PIPL article 17", "个人信息保护法第十七条")
GDPR = Bilingual("GDPR article 13", "欧盟《通用数据保护条例》第十三条")
UK_GDPR = Bilingual("UK GDPR article 13", "英国《通用数据保护条例》第十三条")

_NOTICE: tuple[tuple[str, Bilingual, str | None], ...] = (
    ("17.1 (1)", Bilingual("Who handles the data", "个人信息处理者是谁"), "privacy.handler"),
    ("17.1 (2)", Bilingual("How to reach them", "怎样联系"), "privacy.contact"),
    ("17.2 (1)", Bilingual("What the data is handled for", "处理目的"), "privacy.purpose"),
    ("17.2 (2)", Bilingual("How the data is handled", "处理方式"), "privacy.method"),
    ("17.2 (3)", Bilingual("Which data is handled", "个人信息的种类"), "privacy.data"),
    ("17.2 (4)", Bilingual("How long the data is kept", "保存期限"), "privacy.retention_years"),
    (
        "17.3",
        Bilingual(
            "How to exercise one's rights: write to that contact", "怎样行使权利：向该联系方式提出"
        ),
        "privacy.contact",
    ),
    (
        "17.4",
        Bilingual("Whatever else other laws require to be told", "其他法律规定应当告知的事项"),
        None,
    ),
    (
        "17 par. 2",
        Bilingual("Tells the people concerned what changed", "事项变更时告知个人"),
        None,
    ),
    (
        "17 par. 3",
        Bilingual("Is public, and easy to consult and keep", "公开，便于查阅和保存"),
        "/{organisation}/{kind}/",
    ),
)
"""Article 17 by item of its first paragraph, then by paragraph, and where each is met.

The model requires each of these keys, so each item with a key is met. It has no key for what
other laws require; the site announces a new notice, but does not tell those who filed before.
"""

_FORM = "/{organisation}/{kind}/"
_ARTICLE_13: tuple[tuple[str, Bilingual, str | None], ...] = (
    (
        "13.1 (a)",
        Bilingual("Who the controller is, and how to reach it", "控制者是谁、怎样联系"),
        "privacy.contact",
    ),
    (
        "13.1 (b)",
        Bilingual(
            "How to reach the data protection officer, if there is one",
            "数据保护官（如有）的联系方式",
        ),
        "privacy.officer",
    ),
    (
        "13.1 (c)",
        Bilingual("The purposes, and the legal basis", "处理目的和法律依据"),
        "privacy.basis",
    ),
    (
        "13.1 (d)",
        Bilingual(
            "The legitimate interests, if they are the basis", "以合法利益为依据的，是哪些利益"
        ),
        "privacy.interests",
    ),
    ("13.1 (e)", Bilingual("Who receives the data", "数据的接收方"), _FORM),
    (
        "13.1 (f)",
        Bilingual("Transfers to other countries, if there are any", "向其他国家传输的情况（如有）"),
        "privacy.transfers",
    ),
    ("13.2 (a)", Bilingual("How long the data is kept", "保存期限"), "privacy.retention_years"),
    (
        "13.2 (b)",
        Bilingual(
            "The rights of access, rectification, erasure and the others", "查阅、更正、删除等权利"
        ),
        _FORM,
    ),
    (
        "13.2 (c)",
        Bilingual(
            "That a consent can be withdrawn, if consent is the basis",
            "以同意为依据的，可以撤回同意",
        ),
        "privacy.basis",
    ),
    (
        "13.2 (d)",
        Bilingual("The right to complain to a supervisory authority", "向监管机构投诉的权利"),
        _FORM,
    ),
    (
        "13.2 (e)",
        Bilingual(
            "Whether the data must be given, and what follows if it is not",
            "是否必须提供数据，不提供有什么后果",
        ),
        _FORM,
    ),
    (
        "13.2 (f)",
        Bilingual(
            "Decisions by automated means alone, if there are any",
            "完全由自动化方式作出的决定（如有）",
        ),
        None,
    ),
)
"""Article 13 by item of its paragraphs 1 and 2; what an optional key says is met if it is there.

No basis but consent has a consent to withdraw, and none but legitimate interests has any: for
others (1)(d) and (2)(c) are left out.
"""

ONLY_FOR: dict[str, LegalBasis] = {"13.1 (d)": "legitimate-interests", "13.2 (c)": "consent"}
"""The elements that one basis alone has."""

NOTICES: dict[PrivacyLaw, tuple[Bilingual, tuple[tuple[str, Bilingual, str | None], ...]]] = {
    "pipl": (PIPL, _NOTICE),
    "gdpr": (GDPR, _ARTICLE_13),
    "uk-gdpr": (UK_GDPR, _ARTICLE_13),
}
"""What each law wants told, by its name in the report; without a law nothing is reported."""
