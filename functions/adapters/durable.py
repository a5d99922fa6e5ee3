"""What makes a file, or the names in a folder, outlive a loss of power."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Returns once it is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
