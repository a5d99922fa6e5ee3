"""Packages the functions: what they import and nothing else, compiled, the same bytes each time.

`python -m infra.package WHEELS ZIP` reads the installed wheels of `locks/functions.txt` and this
repository's `functions/`. What Lambda's own Python has stays out: boto3 and what that brings.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parent.parent

NODE = Path(sys.prefix) / "bin" / "node"
"""Node as the locks have it."""

WITH_SOURCE = ("anyio", "functions")
"""Packages whose source goes along: anyio reads its own to import lazily, and a traceback should
quote ours. Of all others the bytecode is enough."""

LEFT_OUT = (
    ".*",
    "*.dist-info/*",  # says how a wheel was made; nothing reads it at run time
    "*.c",
    "*.pyi",
    "*/__main__.py",
    "*/__pycache__/*",
    "*/py.typed",
    "*/tests/*",
    "annotated_types/test_cases.py",
    "anyio/_backends/_trio.py",
    "anyio/pytest_plugin.py",
    "bin/*",
    "cffi/*",  # for compiling; nacl, compiled, needs its backend alone
    "dateutil/*",  # comes with the runtime's botocore
    "dns/*",  # email_validator asks the DNS only when told to
    "email_validator/deliverability.py",
    "icalendar/cli.py",
    "idna/cli.py",
    "markupsafe/_speedups.*",  # 230 KB with its debug symbols; markupsafe goes on without
    "nacl/hash*",
    "nacl/pwhash/*",
    "phonenumbers/carrier.py",
    "phonenumbers/geocoder.py",
    "phonenumbers/prefix.py",
    "phonenumbers/timezone.py",
    "pycparser/*",  # cffi's
    "pydantic/color.py",
    "pydantic/experimental/pipeline.py",
    "pydantic/mypy.py",
    "pydantic/v1/*",
    "six.py",  # comes with the runtime's botocore
    "starlette/endpoints.py",
    "starlette/middleware/cors.py",
    "starlette/middleware/gzip.py",
    "starlette/middleware/opentelemetry.py",
    "starlette/middleware/sessions.py",
    "starlette/middleware/wsgi.py",
    "starlette/schemas.py",
    "starlette/staticfiles.py",
    "starlette/templating.py",
    "starlette/testclient.py",
    "tzdata/zones",
    "tzdata/zoneinfo/leapseconds",
    "tzdata/zoneinfo/*.tab",
    "tzdata/zoneinfo/*.zi",
)
"""What the wheels bring and no function imports."""

_STDNUM = (
    "stdnum/__init__.py",
    "stdnum/exceptions.py",
    "stdnum/util.py",
    "stdnum/iso7064/__init__.py",
    "stdnum/iso7064/mod_37_36.py",
)
"""All that a reference's check character takes of stdnum's 4 MB."""

_SHORT_NUMBERS = ("phonenumbers/shortdata/__init__.py", "phonenumbers/shortdata/region_CN.py")
"""Hotlines are known of the region that numbers are dialled in, and of no other."""

_PLACE = "/var/task"
"""Where Lambda unpacks it: what a traceback names."""

_STAMP = (1980, 1, 1, 0, 0, 0)


def sources(wheels: Path) -> dict[str, Path]:
    """The files that the package is made of, by name."""
    found = {name: path for name, path in _files(wheels) if _imported(name)}
    return found | {
        f"functions/{name}": path
        for name, path in _files(ROOT / "functions")
        if name.endswith(".py")
    }


def pack(wheels: Path, archive: Path) -> None:
    """Writes the package. Raises CalledProcessError where a file does not compile."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, path in sources(wheels).items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(path.read_bytes())
        script = ROOT / "infra" / "compile.mjs"
        subprocess.run([NODE, script, folder, _PLACE, *WITH_SOURCE], check=True)
        for _, path in _files(folder):
            if path.suffix == ".pyc" and path.with_suffix(".py").exists():
                path.with_suffix(".py").unlink()
        with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as written:
            for file, path in sorted(_files(folder)):
                entry = ZipInfo(file, _STAMP)
                entry.compress_type = ZIP_DEFLATED
                entry.external_attr = 0o100644 << 16
                written.writestr(entry, path.read_bytes())


def _imported(name: str) -> bool:
    if any(fnmatchcase(name, pattern) for pattern in LEFT_OUT):
        return False
    kept = (*_STDNUM, *_SHORT_NUMBERS)
    return name in kept or not name.startswith(("stdnum/", "phonenumbers/shortdata/"))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
