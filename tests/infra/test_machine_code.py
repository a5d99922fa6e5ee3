"""What is left of a library in machine code."""

import subprocess
import sys
from pathlib import Path

import pytest
from nacl import _sodium

from infra.machine_code import loaded_part
from tests.helpers.packaged import WHEELS

LIBRARY = Path(_sodium.__file__)

SEAL = """
from nacl.secret import Aead
box = Aead(bytes(32))
assert box.decrypt(box.encrypt(b"words", b"case"), b"case") == b"words"
"""


def test_library_works_without_the_rest(tmp_path: Path) -> None:
    """A library of this machine encrypts and decrypts, and loses its symbols and debug data."""
    package = tmp_path / "nacl"
    package.mkdir()
    for module in LIBRARY.parent.rglob("*.py"):
        target = package / module.relative_to(LIBRARY.parent)
        target.parent.mkdir(exist_ok=True, parents=True)
        target.write_bytes(module.read_bytes())
    whole = LIBRARY.read_bytes()
    kept = loaded_part(whole)
    (package / LIBRARY.name).write_bytes(kept)
    assert whole[64 : len(kept)] == kept[64:]
    assert len(kept) < len(whole)
    environment = {"PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", SEAL], check=True, env=environment, cwd=tmp_path)


def test_library_of_lambda_is_small() -> None:
    """The library of the wheel for Lambda is a fifth of what it was."""
    whole = (WHEELS / "nacl" / "_sodium.abi3.so").read_bytes()
    assert 5 * len(loaded_part(whole)) < len(whole)


def test_other_file_is_refused() -> None:
    """Nothing is cut off what is no library."""
    with pytest.raises(ValueError, match="no ELF library"):
        loaded_part(b"#!/bin/sh\n")
