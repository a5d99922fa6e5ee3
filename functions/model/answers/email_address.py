"""Reads e-mail addresses as people type them, and suggests corrections of mistyped domains."""

import re
import unicodedata

_COMMON_DOMAINS = (
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
"""The mail domains of most people in China."""

_OTHER_DOMAINS = (
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
"""Other real domains, which are not typos although they resemble common ones."""

_SIMILARITY, _LENGTH_DIFFERENCE = 0.8, 2
"""A domain may be a typo of another if `difflib` rates them at least this similar (one letter in
six wrong, missing or swapped) and their lengths differ by at most this many letters: `ali.com`
is not a typo of `aliyun.com`."""

_WITH_DISPLAY_NAME = re.compile(r"""("[^"<>]*"\s*|[^<>",;]*)<([^<>]+)>""")
_LONGEST_LOCAL_PART = 64
"""Bytes before the @ (RFC 5321, section 4.5.3.1.1)."""
_LABEL = re.compile(
    r"\s*(?:mailto|e-?mail|电子邮件|(?:电子)?邮箱(?:地址)?)\s*:\s*(?P<address>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What stands before an address that was pasted whole."""
_QUERY = re.compile(r"(@[^?]*)\?.*", re.DOTALL)
"""What a link of a web page adds: `?subject=…`."""
_STOPS = " .,;、"
"""What a sentence puts behind an address."""

_MISTYPED_COM = re.compile(r"\.(?:con|cmo|ocm|comm|coom|vom|xom)$")


def read_address(text: str) -> str | None:
    """The normalised address; None if `text` is not an address of RFC 5321 or 6531.

    Full-width letters, stray blanks, a display name, a label and a full stop are accepted, a
    second address is not.
    `email_validator` checks the syntax; nothing is looked up.
    """
    # Imported lazily: its tables take a tenth of a cold start; only filings with mail need them.
    from email_validator import EmailNotValidError, validate_email

    plain = unicodedata.normalize("NFKC", text).replace("。", ".")
    if labelled := _LABEL.fullmatch(plain):
        plain = _QUERY.sub(r"\1", labelled["address"])
    plain = plain.rstrip(_STOPS).strip()
    named = _WITH_DISPLAY_NAME.fullmatch(plain)
    address = _without_blanks(named[2] if named else plain)
    if named and "@" in named[1] and _without_blanks(named[1].strip(" \"'")) != address:
        return None
    try:
        known = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return None
    return known.normalized if len(known.local_part.encode()) <= _LONGEST_LOCAL_PART else None


def _without_blanks(address: str) -> str:
    return re.sub(r"\s*([@.])\s*", r"\1", address).strip()


def likely_meant(address: str) -> str | None:
    """The address with its likely correct domain; None if the domain does not look mistyped."""
    from difflib import get_close_matches

    local, _, domain = address.rpartition("@")
    typed = domain.lower()
    if typed in _OTHER_DOMAINS or any(
        f".{typed}".endswith(f".{known}") for known in _COMMON_DOMAINS
    ):
        return None
    similar = (
        known
        for known in get_close_matches(typed, _COMMON_DOMAINS, cutoff=_SIMILARITY)
        if abs(len(known) - len(typed)) <= _LENGTH_DIFFERENCE
    )
    meant = next(similar, _MISTYPED_COM.sub(".com", typed))
    return None if meant == typed else f"{local}@{meant}"
