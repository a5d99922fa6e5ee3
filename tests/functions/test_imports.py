"""Which side may import what, asked of a fresh interpreter."""

import subprocess
import sys

BUILD = ("site_src", "jinja2", "markdown", "yaml", "babel", "icalendar")
ON_DEMAND = ("altcha", "nacl", "weasyprint", "ctypes", "pypdf")
AWS = ("boto3", "botocore", "tenacity")

ACCEPT = """
import sys
from functions.web.app import create_app
import functions.notify, functions.sweep, functions.feedback, functions.bootstrap
from functions.model.answers.submission import read_submission
loaded = {name.split(".")[0] for name in sys.modules}
print(sorted(loaded & set(sys.argv[1:])))
"""


def test_functions_import_nothing_of_the_build() -> None:
    """No build library is loaded by anything that runs in production, nor AWS's unasked."""
    result = subprocess.run(
        [sys.executable, "-c", ACCEPT, *BUILD, *AWS], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_start_loads_only_what_every_filing_needs() -> None:
    """What only some filings need is not loaded when the function starts."""
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            ACCEPT,
            "email_validator",
            "dns",
            "boto3",
            "phonenumbers",
            *ON_DEMAND,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "[]"


DESK = """
import sys
import functions.web.desk.app, functions.bootstrap
loaded = {name.split(".")[0] for name in sys.modules}
print(sorted(loaded & set(sys.argv[1:])))
"""


def test_desk_imports_jinja_alone_of_the_build() -> None:
    """The desk draws its pages with Jinja2; nothing else of the build runs in it."""
    result = subprocess.run(
        [sys.executable, "-c", DESK, *BUILD, *AWS], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "['jinja2']"
