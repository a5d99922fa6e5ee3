"""`make lighthouse`: audits pages of the real server with Lighthouse, as a phone."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from site_src.places import ROOT
from tests.helpers.servers.site_server import server

CLI = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = (
    "/accreditation-body/",
    "/accreditation-body/procedure/",
    "/en/accreditation-body/",
    "/accreditation-body/appeal/",
    "/en/factory-staff/grievance/",
    "/",
)
RUNS = 3
ATTEMPTS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def audit(address: str, out: Path) -> dict[str, Any]:
    """Returns Lighthouse's report of a page, as a phone.

    Raises:
        subprocess.CalledProcessError: if it could not audit the page in three attempts. Now and
            then it misses the start of a load (`NO_NAVSTART`) and asks to be run again.
    """
    node = Path(sys.executable).with_name("node")
    command = [str(node), str(CLI), address, "--quiet", "--no-enable-error-reporting"]
    command += ["--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or "chromium"}
    for attempt in range(1, ATTEMPTS + 1):
        if subprocess.run(command, check=attempt == ATTEMPTS, env=environment).returncode == 0:
            break
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def scores(address: str, out: Path) -> dict[str, int]:
    """Returns Lighthouse's score of a page in each category, from 0 to 100."""
    categories = audit(address, out)["categories"]
    return {name: round(100 * category["score"]) for name, category in categories.items()}


def main() -> int:
    """Prints the median of three runs of each page; returns 1 if any is below 100."""
    below = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with server(folder / "data", folder / "dist") as (address, _):
            for path in PAGES:
                runs = [scores(address + path, folder / "report.json") for _ in range(RUNS)]
                medians = {name: round(median(run[name] for run in runs)) for name in runs[0]}
                below += any(score < 100 for score in medians.values())
                print(path, *(f"{category} {score}" for category, score in medians.items()))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
