"""Lets one server alone run on a store: two would both send each reminder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from functions.model.errors import StoreInUse
from functions.model.files.private_files import make_private


@contextmanager
def only_server(store: str, data: Path) -> Iterator[None]:
    """Holds the lock of a store, by its address, while the body runs; `data` is for other stores.

    The system lets go of it with the process, however that ends. Raises StoreInUse.
    """
    scheme, _, path = store.partition(":")
    file = Path(f"{path}.lock") if scheme == "sqlite" else data / "serve.lock"
    make_private(file.parent)
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise StoreInUse(
                f"another server runs on {store}: stop it first, or give this one its own --data"
            ) from error
        yield
    finally:
        os.close(descriptor)
