"""Vehicle plates of China, as people type them (GA 36)."""

import re
import unicodedata

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_ORDINARY = re.compile(f"({_PROVINCE}[A-Z])([A-Z0-9]{{4,5}}[A-Z0-9学警挂港澳领试超])")
"""Five characters after the authority's letter, six on new-energy vehicles; a training car, the
police, a trailer, Hong Kong, Macao, a consulate and a trial have a character of their own."""

_OTHER = re.compile(
    f"使[0-9]{{6}}|[0-9]{{6}}使|WJ{_PROVINCE}?[0-9]{{4,5}}[A-Z]?|[A-Z]{{2}}[A-Z0-9]{{5}}"
)
"""Embassies, the armed police, the forces."""


def read_plate(text: str) -> str:
    """The plate as it is written on the vehicle, `京A·12345`; any other words stay as they are."""
    written = unicodedata.normalize("NFKC", text).upper()
    compact = re.sub(r"[\s·•・.\-_]", "", written)
    if ordinary := _ORDINARY.fullmatch(compact):
        return f"{ordinary[1]}·{ordinary[2]}"
    return compact if _OTHER.fullmatch(compact) else " ".join(written.split())


def is_plate(plate: str) -> bool:
    """Whether a plate that was read looks like one of China."""
    compact = plate.replace("·", "")
    return bool(_ORDINARY.fullmatch(compact) or _OTHER.fullmatch(compact))
