"""docs/operations.md, followed to the letter by a newcomer."""

from pathlib import Path

from site_src.places import ROOT
from tests.helpers.operating.machine import checkout, new_machine
from tests.helpers.operating.pages import Ran, below, page_commands, run_in_turn

PAGE = ROOT / "docs" / "operations.md"
COMMANDS = below(page_commands(PAGE))
ANSWERS = {"ombud new": "en\nMy Shop\n\nMS\nshop@example.org\nManager\n\n5\nn\n"}


def failed(ran: list[Ran], codes: dict[str, int]) -> list[Ran]:
    """What ended with another code than 0, or than the one for commands with these words."""
    return [
        each
        for each in ran
        if each.code != next((code for part, code in codes.items() if part in each.command), 0)
    ]


def test_one_machine_behind_caddy(tmp_path: Path) -> None:
    """From a checkout to a site with its first policy; a change, a backup, and a new release."""
    within, environment = new_machine(tmp_path / "machine")
    source = checkout(tmp_path)
    first, release = "One machine behind Caddy", "A new release on the machine"
    look = [
        "curl -fsS http://127.0.0.1:8000/my-shop/",
        "tar tf /var/backups/ombud/*.tar",
        f"cd {source}",
    ]
    again = [
        "curl --retry 60 --retry-delay 1 --retry-connrefused -fsS http://127.0.0.1:8000/cases/ready"
    ]
    again += ["cat /run/ombud-units/ombud.service.log", "systemctl stop ombud.service"]
    commands = [*COMMANDS[first], *look, *COMMANDS[release], *again]
    (tmp_path / "notes").mkdir()
    ran = run_in_turn(commands, source, environment, ANSWERS, within, tmp_path / "notes")
    # There is no name server: the public address leads nowhere.
    assert failed(ran, {"ombud doctor": 1}) == []
    said = {each.command: each.output for each in ran}
    (doctor,) = (text for command, text in said.items() if "ombud doctor" in command)
    faults = [line.split()[1] for line in doctor.splitlines() if line.startswith("fault")]
    assert faults == ["site"], doctor
    assert "My Shop" in said[look[0]]
    assert said[look[1]].split() == ["ombud.db", "SHA256SUMS"]
    assert "Traceback" not in said[again[1]]
