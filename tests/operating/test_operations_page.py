"""docs/operations.md, followed to the letter by a newcomer."""

import shutil
from pathlib import Path
from urllib.parse import urlencode

from site_src.places import POLICIES, ROOT
from tests.helpers.filings import COMPLAINT
from tests.helpers.operating.machine import checkout, new_machine
from tests.helpers.operating.pages import Ran, below, page_commands, run_in_turn

PAGE = ROOT / "docs" / "operations.md"
COMMANDS = below(page_commands(PAGE))
HERE = "http://127.0.0.1:8000"
SERVE = ".venv/bin/python build.py serve --port 8000"
RETRY = "--retry 60 --retry-delay 1 --retry-connrefused -fsS"
ANSWERS = {"ombud new": "en\nMy Shop\n\nMS\nshop@example.org\nManager\n\n5\nn\n"}


SAYS_BY_ITS_CODE = (" doctor", " diff ")
"""Commands that end with 1 if there is something to say."""


def failed(ran: list[Ran]) -> list[Ran]:
    """What ended neither well nor with something to say."""
    return [
        each
        for each in ran
        if each.code > any(command in each.command for command in SAYS_BY_ITS_CODE)
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
    assert failed(ran) == []
    said = {each.command: each.output for each in ran}
    (doctor,) = (text for command, text in said.items() if "ombud doctor" in command)
    faults = [line.split()[1] for line in doctor.splitlines() if line.startswith("fault")]
    assert faults == ["site"], doctor
    assert "My Shop" in said[look[0]]
    assert said[look[1]].split() == ["ombud.db", "SHA256SUMS"]
    assert "Traceback" not in said[again[1]]


def test_commands_of_every_day(tmp_path: Path) -> None:
    """Policies, receipts, a backup that is restored and an end of access: each command as it is."""
    within, environment = new_machine(tmp_path / "machine")
    source = checkout(tmp_path)
    shutil.rmtree(source / "policies")
    for name in ("car-dealer", "factory-staff", "securities-brokerage"):
        shutil.copytree(POLICIES / name, source / "policies" / name)
    for name in ("backup", "notes"):
        (source / name).mkdir()
    filing = urlencode(COMPLAINT)
    receipt = f"{HERE}/cases/receipt$(sed -n 's/^location: .*receipt//p' answer | tr -d '\\r')"
    ran = run_in_turn(
        [
            "set -m",
            f"({SERVE}) >server.log 2>&1 &",
            f"curl {RETRY} {HERE}/cases/ready",
            f"curl -fsS -D answer -d '{filing}' {HERE}/cases/securities-brokerage/complaint",
            f'curl -fsS -o receipt.txt "{receipt.replace("receipt$", "receipt.txt$")}"',
            f'curl -fsS -o receipt.pdf "{receipt.replace("receipt$", "receipt.pdf$")}"',
            f"curl -fsS -o policies/keys.json {HERE}/keys.json",
            *here(COMMANDS["A policy changes"], source),
            *here(COMMANDS["Several repositories publish into one site"], source, "other"),
            *here(COMMANDS["An organisation is renamed"], source),
            *here(COMMANDS["Somebody shows a receipt"][:2], source),
            *here(COMMANDS["One machine"][:2], source),
            *here(COMMANDS["Somebody leaves"], source),
            "kill -INT %1; wait %1",
            "mv data lost && mkdir -m 700 data && cp -p lost/key data",
            *here(COMMANDS["One machine"][2:], source),
            ".venv/bin/python build.py expire",
        ],
        source,
        environment,
        within=within,
        work=source / "notes",
    )
    assert failed(ran) == [], (source / "server.log").read_text("utf-8")
    assert (source / "www" / "car-dealer" / "index.html").is_file()
    assert (source / "www" / "northern-plant" / "index.html").is_file()
    staff = (source / "policies" / "car-dealer" / "staff.yaml").read_text("utf-8")
    assert "lin.yi@" not in staff
    assert (source / "data" / "ombud.db").is_file()


def here(commands: list[str], folder: Path, site: str = "www") -> list[str]:
    """The commands with the addresses and folders of a test."""
    places = {
        "/backup/cases-2026-03-02-0200.tar": f"{folder}/backup/*.tar",
        "/backup/cases-$": f"{folder}/backup/cases-$",
        "deploy …": f"deploy --to {folder}/{site} --site-url https://ombud.example.com",
        "--against https://ombud.example.com": f"--against {HERE}",
        "--keys https://ombud.example.com": f"--keys {HERE}",
    }
    for old, new in places.items():
        commands = [command.replace(old, new) for command in commands]
    return commands
