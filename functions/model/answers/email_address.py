"""E-mail addresses as people type them, and domains that were likely meant otherwise."""

import re
import unicodedata

_MEANT = (
    "qq.com",
    "163.com",
    "126.com",
    "139.com",
    "189.cn",
    "aliyun.com",
    "foxmail.com",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "outlook.com",
    "sina.com",
    "sohu.com",
    "yahoo.com",
    "yeah.net",
)
"""Where most people in China have their mail."""

_RIGHT = (
    "126.net",
    "163.net",
    "188.com",
    "21cn.com",
    "aol.com",
    "hotmail.co.uk",
    "hotmail.fr",
    "live.cn",
    "live.com",
    "mail.com",
    "sina.cn",
    "yahoo.co.jp",
    "yahoo.com.cn",
    "ymail.com",
)
"""Other domains that are as they should be, however like those they look."""

_ALIKE, _LONGER = 0.8, 2
"""How alike two domains must be, by `difflib`: one letter wrong, missing or swapped in six; and
how many letters one may have more than the other, as `ali.com` is no slip for `aliyun.com`."""

_COPIED = re.compile(r".*<([^<>]+)>")
_NO_TOP_LEVEL = re.compile(r"\.(?:con|cmo|ocm|comm|coom|vom|xom)$")


def read_address(text: str) -> str | None:
    """An address of RFC 5321 or 6531, as `email_validator` reads it; nothing is looked up.

    None for what is none. Full-width letters, stray blanks and a copied display name are no
    reason to refuse one.
    """
    # Its tables are a tenth of a cold start, and only a filing with an address needs them.
    from email_validator import EmailNotValidError, validate_email

    narrow = unicodedata.normalize("NFKC", text).replace("。", ".").removeprefix("mailto:")
    copied = _COPIED.fullmatch(narrow)
    written = re.sub(r"\s*([@.])\s*", r"\1", copied[1] if copied else narrow).strip()
    try:
        return validate_email(written, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def likely_meant(address: str) -> str | None:
    """The address with the domain that was likely meant; None where nothing seems mistyped."""
    from difflib import get_close_matches

    local, _, domain = address.rpartition("@")
    written = domain.lower()
    if written in _RIGHT or any(f".{written}".endswith(f".{known}") for known in _MEANT):
        return None
    alike = (
        known
        for known in get_close_matches(written, _MEANT, cutoff=_ALIKE)
        if abs(len(known) - len(written)) <= _LONGER
    )
    meant = next(alike, _NO_TOP_LEVEL.sub(".com", written))
    return None if meant == written else f"{local}@{meant}"
