"""Ends connections of the local server whose client neither sends nor reads."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

HEAD_SECONDS = 20.0
"""The longest wait for the head of a request."""
IDLE_SECONDS = 20.0
"""The longest silence inside a body, and the longest time in which a client reads nothing."""
BODY_SECONDS = 60.0
"""How long any body may take; a longer one as long as its bytes come at SLOWEST a second."""
SLOWEST = 2000
WATCH_SECONDS = 2.0


class TimedConnection(H11Protocol):
    """A connection of uvicorn with deadlines: uvicorn itself waits for ever inside a request.

    A connection whose request is complete is left alone while the application works on it.
    """

    _timer: asyncio.TimerHandle | None = None
    _heard: float
    """When the client last sent something."""
    _received: int
    """Bytes since the head was waited for."""
    _since: float | None
    """Since when a head, a body or the client's reading is waited for; None while none is."""
    _stage: str
    _known: RequestResponseCycle
    """The request that was there at the last look: another one starts the wait anew."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See asyncio.Protocol."""
        super().connection_made(transport)
        self._heard, self._received, self._since, self._stage = self.loop.time(), 0, None, ""
        self._known = self.cycle
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._heard = self.loop.time()
        self._received += len(data)
        super().data_received(data)

    def resume_writing(self) -> None:
        """See asyncio.Protocol. The client has read something."""
        self._since = None
        super().resume_writing()

    def _watch(self) -> None:
        stage = self._waits_for()
        if stage != self._stage or self.cycle is not self._known or self._since is None:
            self._stage, self._known, self._since = stage, self.cycle, self.loop.time()
            if stage == "head":
                self._received = 0
        if self._is_overdue(self.loop.time() - self._since):
            self.transport.abort()
            return
        self._timer = self.loop.call_later(WATCH_SECONDS, self._watch)

    def _waits_for(self) -> str:
        """What the client has to do next; empty if it is the application's turn."""
        if self.flow.write_paused:
            return "reading"
        if self.cycle is None or self.cycle.response_complete:
            return "head"
        return "body" if self.cycle.more_body else ""

    def _is_overdue(self, waited: float) -> bool:
        match self._stage:
            case "head":
                return waited > HEAD_SECONDS
            case "body":
                silent = self.loop.time() - self._heard
                return silent > IDLE_SECONDS or waited > BODY_SECONDS + self._received / SLOWEST
            case "reading":
                return waited > IDLE_SECONDS
        return False
