"""What every server does before it serves."""

import gc
import logging
from datetime import UTC, datetime
from pathlib import Path
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket

from cli.reporting.statistics import export_published
from functions.cases.key_note import note_key
from functions.cases.ports.ports import Ports
from functions.model.errors import OmbudError
from site_src.policy.folders import folders, recorded_id
from site_src.receipts.keys import PublishedKeys, keys_of

log = logging.getLogger("ombud.serve")


def bound_socket(host: str, port: int, option: str = "--port") -> socket:
    """A socket bound to an address of this machine.

    Raises OSError, which names the option that takes another port.
    """
    listener = socket(AF_INET6 if ":" in host else AF_INET)
    listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise OSError(error.errno, f"{error.strerror}; {option} names another", port) from error
    return listener


def prove_store(ports: Ports) -> None:
    """Looks for damage, tries a filing, and notes the key. Raises StoreError, KeyMismatch."""
    ports.store.look_for_damage()
    ports.store.probe()
    note_key(ports)


def keep_what_is_there() -> None:
    """Exempts all objects of the start from garbage collection: a server needs them to its end.

    A full collection would look at each of them, and every request waits for it.
    """
    gc.collect()
    gc.freeze()


def own_keys(policies: Path, key: bytes) -> PublishedKeys:
    """The published keys plus this machine's own, so that receipts issued here verify."""
    organisations = tuple(map(recorded_id, folders(policies)))
    return keys_of(policies).added(key, organisations, datetime.now(UTC))


def export_figures(ports: Ports, statistics: Path) -> bool:
    """Exports published figures; whether any have changed."""
    try:
        written, _ = export_published(ports, statistics)
    except OmbudError as error:
        log.error("figures were not exported: %s", error)
        return False
    return bool(written)
