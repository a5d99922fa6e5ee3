"""Templates as Python compiled them last time, in `build/`; they can be removed at any time."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache

from functions.model.language import Language
from site_src.languages import catalogues
from site_src.places import CODE, ROOT

_FOLDER = ROOT / "build" / "templates"


def compiled_templates(language: Language) -> FileSystemBytecodeCache | None:
    """Where the compiled templates of a language are kept; nowhere if that cannot be written.

    Jinja compares the text of each template. What is the same at every rendering is worked out
    when a template is compiled, so all code and words that this follows from are in the name.
    """
    folder = _folder()
    if folder is None:
        return None
    return FileSystemBytecodeCache(str(folder), f"{_version()}-{language}-%s")


@cache
def _folder() -> Path | None:
    try:
        _FOLDER.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(_FOLDER, os.W_OK):
        return None
    if not any(_FOLDER.glob(f"{_version()}-*")):
        for path in _FOLDER.iterdir():
            path.unlink(missing_ok=True)
    return _FOLDER


@cache
def _version() -> str:
    made = sha256(jinja2.__version__.encode())
    for path in (*sorted(CODE.rglob("*.py")), *catalogues()):
        made.update(path.read_bytes())
    return made.hexdigest()[:16]
