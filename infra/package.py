"""Packages the functions and their imports, compiled; equal sources give equal bytes.

`python -m infra.package WHEELS FOLDER` reads the installed wheels of `locks/functions.txt` and
this repository's `functions/`. It leaves out what Lambda's Python has: boto3 and its dependencies.
The desk has a package of its own, with Jinja2 and templates: the others stay small without them.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from functions.adapters.aws import AWS_DATA
from functions.model.durable_files import write_whole
from infra.aws_data import aws_data
from infra.machine_code import loaded_part

ROOT = Path(__file__).parent.parent

NODE = Path(sys.prefix) / "bin" / "node"
"""Node of the version in the locks."""

WITH_SOURCE = ("anyio/__init__.py", "anyio/abc/__init__.py")
"""The files whose source is there, too: anyio reads it to import lazily. Of everything else there
is bytecode only: log lines name file, line and function, and quote nothing."""

DESK_PACKAGE = "desk.zip"
PACKAGES = ("functions.zip", DESK_PACKAGE)

_OF_DESK = ("jinja2/",)
"""What only the desk's package has of the wheels."""

ONLY_DESK = (
    "functions/desk.py",
    "functions/cases/desk/enter.py",
    "functions/cases/desk/lists.py",
    "functions/cases/desk/sessions.py",
    "functions/cases/login.py",
    "functions/cases/statistics/month_report.py",
    "functions/cases/statistics/month_table.py",
    "functions/cases/statistics/report_readers.py",
    "functions/views/desk/archived_case.py",
    "functions/views/desk/case/*",
    "functions/views/desk/case_rows.py",
    "functions/views/desk/entry_form.py",
    "functions/views/desk/environment.py",
    "functions/views/desk/filters.py",
    "functions/views/desk/log_words.py",
    "functions/views/desk/mails.py",
    "functions/views/desk/pages.py",
    "functions/views/desk/report/*",
    "functions/views/desk/staff_labels.py",
    "functions/views/desk/style.py",
    "functions/web/desk/*",
)
"""Patterns of our modules that only the desk imports."""

ONLY_COMMANDS = (
    "functions/adapters/cloudformation.py",
    "functions/adapters/sqlite/archive.py",
    "functions/adapters/sqlite/backup.py",
    "functions/adapters/store_form/*",
    "functions/cases/subject_rights.py",
)
"""Patterns of our modules that only commands of `build.py` import, and no function on Lambda."""

_CODE, _WORDS = ".py", ".json"
_SHOWN = (".html", ".txt", ".css")
"""Templates and style sheets of the desk. Its words are in every package: reminders use them."""

LEFT_OUT = (
    ".*",
    "*.dist-info/*",  # metadata of a wheel; nothing reads it at run time
    "*.c",
    "*.pyi",
    "*/__main__.py",
    "*/__pycache__/*",
    "*/py.typed",
    "*/tests/*",
    "altcha/altcha.py",
    "annotated_types/test_cases.py",
    "anyio/_backends/_trio.py",
    "anyio/_core/_fileio.py",
    "anyio/_core/_tempfile.py",
    "anyio/functools.py",
    "anyio/itertools.py",
    "anyio/pytest_plugin.py",
    "anyio/streams/buffered.py",
    "anyio/streams/file.py",
    "anyio/streams/text.py",
    "anyio/to_interpreter.py",
    "anyio/to_process.py",
    "bin/*",
    "cffi/*",  # a compiler; nacl is compiled already and needs only the backend
    "dateutil/*",  # comes with the runtime's botocore
    "dns/*",  # email_validator needs it only for look-ups, which we do not ask for
    "email_validator/deliverability.py",
    "icalendar/cli.py",
    "icalendar/timezone/equivalent_timezone_ids.py",
    "icalendar/timezone/pytz.py",
    "idna/cli.py",
    "idna/codec.py",
    "idna/compat.py",
    "markupsafe/_speedups.*",  # 230 KB with its debug symbols; markupsafe works without it
    "nacl/hash*",
    "nacl/pwhash/*",
    "phonenumbers/carrier.py",
    "phonenumbers/geocoder.py",
    "phonenumbers/prefix.py",
    "phonenumbers/timezone.py",
    "pycparser/*",  # only cffi needs it
    "pydantic/_internal/_decorators_v1.py",
    "pydantic/_internal/_git.py",
    "pydantic/_internal/_validate_call.py",
    "pydantic/color.py",
    "pydantic/deprecated/*",
    "pydantic/experimental/pipeline.py",
    "pydantic/mypy.py",
    "pydantic/networks.py",
    "pydantic/v1/*",
    "pydantic/validate_call_decorator.py",
    "six.py",  # comes with the runtime's botocore
    "starlette/authentication.py",
    "starlette/config.py",
    "starlette/endpoints.py",
    "starlette/middleware/authentication.py",
    "starlette/middleware/base.py",
    "starlette/middleware/cors.py",
    "starlette/middleware/httpsredirect.py",
    "starlette/middleware/opentelemetry.py",
    "starlette/middleware/sessions.py",
    "starlette/middleware/trustedhost.py",
    "starlette/middleware/wsgi.py",
    "starlette/schemas.py",
    "starlette/staticfiles.py",
    "starlette/status.py",
    "starlette/templating.py",
    "starlette/testclient.py",
    "tzdata/zones",
    "tzdata/zoneinfo/leapseconds",
    "tzdata/zoneinfo/*.tab",
    "tzdata/zoneinfo/*.zi",
)
"""Patterns of files in the wheels that no function imports."""

_STDNUM = (
    "stdnum/exceptions.py",
    "stdnum/iso7064/__init__.py",
    "stdnum/iso7064/mod_37_36.py",
)
"""The part of stdnum's 4 MB that the check character of a reference needs. Without its `__init__`
Python takes the folder as it is, and does not load pydoc for a look at all its modules."""

_SHORT_NUMBERS = ("phonenumbers/shortdata/__init__.py", "phonenumbers/shortdata/region_CN.py")
"""Short numbers, such as hotlines, of the only region that numbers are dialled in."""

_LAMBDA_FOLDER = "/var/task"
"""The folder in which Lambda unpacks the package; tracebacks name it."""

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every entry, the earliest that ZIP allows, so that equal files give equal bytes."""


def sources(wheels: Path, desk: bool = False) -> dict[str, Path]:
    """Returns the source files of a package, the desk's or that of the others, by name in it."""
    dependencies = {
        name: path
        for name, path in _files(wheels)
        if _is_needed(name) and (desk or not name.startswith(_OF_DESK))
    }
    suffixes = (_CODE, _WORDS, *_SHOWN) if desk else (_CODE, _WORDS)
    return dependencies | {
        f"functions/{name}": path
        for name, path in _files(ROOT / "functions")
        if name.endswith(suffixes)
        and not _fits(f"functions/{name}", ONLY_COMMANDS if desk else (*ONLY_DESK, *ONLY_COMMANDS))
    }


def pack(wheels: Path, archive: Path, desk: bool = False) -> None:
    """Writes a package. Raises CalledProcessError if a file does not compile."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, path in sources(wheels, desk).items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes()
            (folder / file).write_bytes(loaded_part(content) if path.suffix == ".so" else content)
        for file, content in aws_data():
            path = folder / AWS_DATA / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        script = ROOT / "infra" / "compile.mjs"
        subprocess.run([NODE, script, folder, _LAMBDA_FOLDER, *WITH_SOURCE], check=True)
        archived = BytesIO()
        with ZipFile(archived, "w", ZIP_DEFLATED, compresslevel=9) as package:
            for file, path in sorted(_files(folder)):
                entry = ZipInfo(file, _FIXED_DATE)
                entry.compress_type = ZIP_DEFLATED
                entry.external_attr = 0o100644 << 16
                package.writestr(entry, path.read_bytes())
        write_whole(archive, archived.getvalue())


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_needed(name: str) -> bool:
    if _fits(name, LEFT_OUT):
        return False
    exceptions = (*_STDNUM, *_SHORT_NUMBERS)
    return name in exceptions or not name.startswith(("stdnum/", "phonenumbers/shortdata/"))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


if __name__ == "__main__":
    for name in PACKAGES:
        pack(Path(sys.argv[1]), Path(sys.argv[2]) / name, desk=name == DESK_PACKAGE)
