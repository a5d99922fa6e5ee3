"""Both languages are whole: every message of code and templates is translated."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

from site_src.site import ROOT

CATALOGUE = ROOT / "site_src" / "locale" / "zh_CN" / "LC_MESSAGES" / "ombud.po"
PLACE = re.compile(r"\{(\w+)\}")


def test_every_message_is_translated(tmp_path: Path) -> None:
    """What the sources say is in the catalogue, with words and the same places in them."""
    extracted = tmp_path / "ombud.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    command += ["-F", "babel.cfg", "-o", str(extracted), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    with extracted.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    with CATALOGUE.open("rb") as file:
        known = {message.id: message.string for message in read_po(file) if message.id}
    assert wanted - known.keys() == set()
    assert known.keys() - wanted == set()
    for source, translated in known.items():
        assert translated, source
        places = set(PLACE.findall(str(source)))
        if "month_name" in places:
            places.add("month")
        assert set(PLACE.findall(str(translated))) <= places
