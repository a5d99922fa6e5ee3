"""Caches compiled Jinja templates in `build/templates/`; the folder can be removed."""

import os
from functools import cache
from hashlib import sha256

import jinja2
from jinja2 import FileSystemBytecodeCache

from site_src.places import CODE, ROOT

_FOLDER = ROOT / "build" / "templates"
_OPTIONS = CODE / "render" / "environment.py"


@cache
def compiled_templates() -> FileSystemBytecodeCache | None:
    """The cache of compiled templates; None if the folder cannot be written.

    Jinja compares the text of each template. The compiled code also depends on Jinja's version
    and on the options of the environment, so their digest is in the name of each file.
    """
    version = sha256(jinja2.__version__.encode() + _OPTIONS.read_bytes()).hexdigest()[:16]
    try:
        _FOLDER.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(_FOLDER, os.W_OK):
        return None
    if not any(_FOLDER.glob(f"{version}-*")):
        for path in _FOLDER.iterdir():
            path.unlink(missing_ok=True)
    return FileSystemBytecodeCache(str(_FOLDER), f"{version}-%s")
