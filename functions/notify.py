"""The mail worker: drains the outbox for as long as it is asked to."""

import logging
from threading import Event

from functions.errors import StoreUnavailable
from functions.outbox import drain
from functions.ports import Ports

log = logging.getLogger("ombud.notify")

_PAUSE_SECONDS = 1.0


def work(ports: Ports, stop: Event) -> None:
    """Sends mails as they fall due until `stop` is set.

    A store that is unavailable is asked again after a pause.
    """
    while not stop.is_set():
        try:
            drain(ports)
        except StoreUnavailable as error:
            log.warning("the store is unavailable: %s", error)
        stop.wait(_PAUSE_SECONDS)
