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


START = """
import sys
import functions.bootstrap, functions.web.app
import functions.adapters.contracts.s3, functions.adapters.dynamodb.store
import functions.adapters.files.s3, functions.adapters.weasyprint
print(*(name for name in sorted(sys.modules) if name.startswith(tuple(sys.argv[1:]))))
"""

NOT_OF_A_FILING = (
    "email.mime",
    "functions.adapters.dynamodb.purge",
    "functions.adapters.dynamodb.rekey",
    "functions.adapters.sqlite",
    "functions.cases.delivery",
    "functions.cases.desk.acts",
    "functions.cases.desk.approval",
    "functions.cases.desk.index",
    "functions.cases.filer_acts",
    "functions.cases.files.file_types",
    "functions.cases.lookup",
    "functions.cases.open_case",
    "functions.cases.ports.backup",
    "functions.cases.ports.desk_store",
    "functions.cases.ports.mailer",
    "functions.cases.ports.printer",
    "functions.cases.ports.scanner",
    "functions.cases.ports.store_state",
    "functions.cases.proof_of_work",
    "functions.cases.retention",
    "functions.cases.staff.links",
    "functions.cases.statistics",
    "functions.cases.watch",
    "functions.model.answers.telephone",
    "functions.model.case_log",
    "functions.model.contract.procedure",
    "functions.model.desk.summary",
    "functions.model.progress",
    "functions.model.statistics",
    "functions.views.calendar_file",
    "functions.views.case_file",
    "functions.views.case_json",
    "functions.views.desk",
    "functions.views.mail",
    "functions.views.status",
    "functions.views.timeline",
    "functions.views.wording.limits",
    "functions.web.desk",
    "functions.web.forms.closed_form",
    "functions.web.forms.program_answer",
    "functions.web.health",
    "functions.web.receipts",
    "functions.web.staff",
    "functions.web.statistics",
    "functions.web.status",
    "functions.web.uploads",
)
"""What taking a filing by form does not import, though intake has it for other requests."""


def test_start_loads_nothing_of_other_requests() -> None:
    """Intake starts with what takes a filing into DynamoDB; the rest comes with its first use."""
    command = [sys.executable, "-c", START, *NOT_OF_A_FILING]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


NOT_OF_A_CASE = (
    "functions.cases.files.fetch",
    "functions.cases.login",
    "functions.cases.statistics.month_report",
    "functions.views.desk.entry_form",
    "functions.views.desk.mails",
    "functions.views.desk.report",
    "functions.web.desk.enter",
    "functions.web.desk.evidence",
    "functions.web.desk.login",
    "functions.web.desk.printing",
    "functions.web.desk.report",
)
"""What lists, cases and acts do not import, though the desk has it for other requests."""


def test_desk_starts_with_lists_cases_and_acts() -> None:
    """Login, reports, entering filings and printing come with their first use."""
    start = START.replace("functions.web.app", "functions.web.desk.app")
    command = [sys.executable, "-c", start, *NOT_OF_A_CASE]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == []


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
