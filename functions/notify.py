"""The mail worker: drains the outbox for as long as it is asked to."""

import logging
import sqlite3
from threading import Event

from functions.outbox import drain
from functions.ports import Ports

log = logging.getLogger("ombud.notify")

_PAUSE_SECONDS = 1.0


def work(ports: Ports, stop: Event) -> None:
    """Sends mails as they fall due until `stop` is set; a store that is busy is asked again."""
    while not stop.is_set():
        try:
            drain(ports)
        except sqlite3.OperationalError as error:
            log.warning("the store is busy: %s", error)
        stop.wait(_PAUSE_SECONDS)
