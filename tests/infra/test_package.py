"""The package of the functions: what is in it, how large it is, and that it is always the same."""

import re
from _imp import source_hash
from collections.abc import Iterable
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import grimp
import pytest

from infra.package import ONLY_COMMANDS, ONLY_DESK, ROOT, WITH_SOURCE, pack, sources
from tests.helpers.packaged import WHEELS, Packaged

TOP = {
    "_cffi_backend.cpython-313-aarch64-linux-gnu.so",
    "altcha",
    "annotated_types",
    "anyio",
    "aws_data",
    "email_validator",
    "functions",
    "icalendar",
    "idna",
    "itsdangerous",
    "mangum",
    "markupsafe",
    "multipart.pyc",
    "nacl",
    "phonenumbers",
    "pydantic",
    "pydantic_core",
    "starlette",
    "stdnum",
    "tenacity",
    "typing_extensions.pyc",
    "typing_inspection",
    "tzdata",
}
LARGEST = 10_900_000
LARGEST_OF_DESK = LARGEST + 1_500_000
MAGIC_313 = (3571).to_bytes(2, "little") + b"\r\n"
UNCHECKED = b"\x01\x00\x00\x00"


OF_COMMANDS = (
    "functions.adapters.cloudformation",
    "functions.adapters.sqlite.backup",
    "functions.adapters.store_form.dynamodb_table",
    "functions.adapters.store_form.sqlite_file",
)
"""What the bootstrap imports late, for commands."""


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def names(archive: Path) -> set[str]:
    """The names in an archive."""
    with ZipFile(archive) as package:
        return set(package.namelist())


def test_package_holds_what_functions_import(packaged: Packaged) -> None:
    """The functions, their libraries and nothing else: no build library, no boto3, no metadata."""
    held = names(packaged.archive)
    assert {name.partition("/")[0] for name in held} == TOP
    kinds = {Path(name).suffix for name in held if not name.startswith("tzdata/")}
    assert kinds == {".py", ".pyc", ".so", ".json", ".gz"}


def test_desk_alone_has_templates(packaged: Packaged) -> None:
    """Jinja2, templates and style sheets are in the desk's package; else the two are the same."""
    held, desk = names(packaged.archive), names(packaged.desk_archive)
    assert held < desk
    more = desk - held
    assert {name.partition("/")[0] for name in more} == {"jinja2", "functions"}
    shown = {name for name in more if name.startswith("functions/") and not name.endswith(".pyc")}
    here = ROOT / "functions" / "views" / "desk"
    assert shown == {
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "styles")
        for path in (here / folder).rglob("*")
        if path.is_file()
    }
    words = "functions/views/desk/words/zh-CN.json"
    assert words in held


def test_every_module_of_the_functions_is_there(packaged: Packaged) -> None:
    """No module of functions/ is missing, and none that is not in it."""
    every = {path.relative_to(ROOT).as_posix() for path in (ROOT / "functions").rglob("*.py")}
    here = {name for name in every if not _fits(name, ONLY_COMMANDS)}
    of_desk = {name for name in here if _fits(name, ONLY_DESK)}
    assert of_desk
    assert here < every
    for archive, wanted in ((packaged.archive, here - of_desk), (packaged.desk_archive, here)):
        held = {f"{name}c" for name in wanted}
        modules = {name for name in names(archive) if name.startswith("functions/")}
        assert {name for name in modules if name.endswith(".pyc")} == held


@pytest.mark.parametrize("entry", ["intake", "notify", "sweep", "tidy", "feedback", "desk"])
def test_no_function_imports_what_its_package_lacks(entry: str) -> None:
    """Not even late. The bootstrap, which commands share, has functions that only these call."""
    graph = grimp.build_graph("functions", cache_dir=None, exclude_type_checking_imports=True)
    for command in OF_COMMANDS:
        graph.remove_import(importer="functions.bootstrap", imported=command)
    lacking = ONLY_COMMANDS if entry == "desk" else (*ONLY_DESK, *ONLY_COMMANDS)
    for module in graph.find_upstream_modules(f"functions.{entry}"):
        assert not _fits(f"{module.replace('.', '/')}.py", lacking)


def test_package_is_small(packaged: Packaged) -> None:
    """Unpacked they stay under their limits."""
    with ZipFile(packaged.archive) as package:
        assert sum(entry.file_size for entry in package.infolist()) < LARGEST
    with ZipFile(packaged.desk_archive) as package:
        assert sum(entry.file_size for entry in package.infolist()) < LARGEST_OF_DESK


def test_package_is_compiled_for_its_runtime(packaged: Packaged) -> None:
    """Bytecode of Python 3.13 that is loaded unchecked, made of the very source of the lock."""
    made_of = sources(WHEELS)
    key = int.from_bytes(MAGIC_313, "little")
    with ZipFile(packaged.archive) as package:
        compiled = {name: package.read(name) for name in package.namelist() if ".pyc" in name}
        kept = {name: package.read(name) for name in package.namelist() if name.endswith(".py")}
    for name, bytecode in compiled.items():
        source = re.sub(r"(__pycache__/)?([^/]+?)(\.cpython-313)?\.pyc$", r"\2.py", name)
        content = made_of.pop(source).read_bytes()
        assert bytecode[:8] == MAGIC_313 + UNCHECKED, name
        assert bytecode[8:16] == source_hash(key, content), name
        assert kept.get(source, content) == content
    assert not [name for name in made_of if name.endswith(".py")]
    assert set(kept) == set(WITH_SOURCE)


def test_machine_code_is_for_arm(packaged: Packaged) -> None:
    """Whatever is not Python is for Lambda's processor and Python."""
    machine = {name for name in names(packaged.archive) if name.endswith(".so")}
    assert machine == {
        "_cffi_backend.cpython-313-aarch64-linux-gnu.so",
        "nacl/_sodium.abi3.so",
        "pydantic_core/_pydantic_core.cpython-313-aarch64-linux-gnu.so",
    }


def test_package_is_reproducible(packaged: Packaged, tmp_path: Path) -> None:
    """The same sources give the same bytes, so that a deployment without a change changes none."""
    again = tmp_path / "again.zip"
    pack(WHEELS, again)
    assert sha256(again.read_bytes()).digest() == sha256(packaged.archive.read_bytes()).digest()


def test_package_is_what_was_tested() -> None:
    """Its lock names the versions that the tests' lock names."""

    def versions(lock: str) -> dict[str, str]:
        text = (ROOT / "locks" / lock).read_text(encoding="utf-8")
        return dict(re.findall(r"^([a-z][\w.-]*)==([\w.]+)", text, re.MULTILINE))

    tested = versions("test.txt")
    packed = versions("functions.txt")
    assert packed.items() <= tested.items()
