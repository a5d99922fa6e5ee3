"""Packages the functions: what they import and nothing else, compiled, the same bytes each time.

`python -m infra.package WHEELS ZIP` reads the installed wheels of `locks/functions.txt` and this
repository's `functions/`. boto3 stays out: Lambda's own Python has it.
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

LEFT_OUT = (
    ".*",
    "*.dist-info/*",  # says how a wheel was made; nothing reads it at run time
    "*.c",
    "*.pyi",
    "*/__main__.py",
    "*/py.typed",
    "annotated_types/test_cases.py",
    "anyio/_backends/_trio.py",
    "anyio/_core/_fileio.py",
    "anyio/_core/_subprocesses.py",
    "anyio/_core/_tempfile.py",
    "anyio/from_thread.py",
    "anyio/functools.py",
    "anyio/itertools.py",
    "anyio/pytest_plugin.py",
    "anyio/streams/file.py",
    "anyio/to_interpreter.py",
    "anyio/to_process.py",
    "bin/*",
    "dns/*",  # email_validator asks the DNS only when told to
    "email_validator/deliverability.py",
    "idna/cli.py",
    "idna/codec.py",
    "idna/compat.py",
    "markupsafe/_speedups.*",  # 230 KB with its debug symbols; markupsafe goes on without
    "multipart/*",  # the old name of python_multipart
    "pydantic/color.py",
    "pydantic/deprecated/*",
    "pydantic/experimental/*",
    "pydantic/mypy.py",
    "pydantic/networks.py",
    "pydantic/v1/*",
    "starlette/authentication.py",
    "starlette/config.py",
    "starlette/endpoints.py",
    "starlette/middleware/authentication.py",
    "starlette/middleware/cors.py",
    "starlette/middleware/gzip.py",
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
)
"""What the wheels bring and no function imports."""

ALONE = {
    "stdnum": (  # the check character of a reference; the whole is 4 MB
        "stdnum/__init__.py",
        "stdnum/exceptions.py",
        "stdnum/util.py",
        "stdnum/iso7064/__init__.py",
        "stdnum/iso7064/mod_37_36.py",
    ),
    "tzdata": (  # for a runtime without time zones; zoneinfo prefers the system's
        "tzdata/__init__.py",
        "tzdata/zoneinfo/__init__.py",
        "tzdata/zoneinfo/Asia/*",
    ),
}
"""Packages of which only this is needed."""

_PLACE = "/var/task"
"""Where Lambda unpacks it: what a traceback names."""

_STAMP = (1980, 1, 1, 0, 0, 0)


def sources(wheels: Path) -> dict[str, Path]:
    """The files of the package by their name in it."""
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
        command = [str(NODE), str(ROOT / "infra" / "compile.mjs"), str(folder), _PLACE]
        subprocess.run(command, check=True)
        with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as written:
            for file, path in sorted(_files(folder)):
                entry = ZipInfo(file, _STAMP)
                entry.compress_type = ZIP_DEFLATED
                entry.external_attr = 0o100644 << 16
                written.writestr(entry, path.read_bytes())


def _imported(name: str) -> bool:
    wanted = ALONE.get(name.partition("/")[0], ("*",))
    return _matches(name, wanted) and not _matches(name, (*LEFT_OUT, "*/__pycache__/*"))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
