"""Reads where a production server listens, and whom it believes."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

import typer

_LOCAL = "127.0.0.1"
_METRICS = f"{_LOCAL}:9110"
_NONE = "none"


@dataclass(frozen=True)
class Listening:
    """Where a server listens, with how many processes, and whom it believes.

    `proxies` are the addresses and networks, separated by commas, whose X-Forwarded-For names the
    client. `metrics` is host and port of the figures; None for no figures.
    """

    host: str
    port: int
    workers: int
    proxies: str
    metrics: tuple[str, int] | None


def listening_of(
    port: int, host: str | None, workers: int | None, proxy: str | None, metrics: str | None
) -> Listening:
    """The options of `serve --production` as values, with their defaults.

    Raises typer.BadParameter, which names the option.
    """
    return Listening(
        host=_address("--host", host or _LOCAL),
        port=port,
        workers=workers or 2,
        proxies=_proxies(proxy or _LOCAL),
        metrics=_metrics(metrics or _METRICS),
    )


def _address(option: str, text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise typer.BadParameter(
            f"{option} takes an IP address, such as 127.0.0.1, or 0.0.0.0 for all: not {text!r}"
        ) from error


def _proxies(text: str) -> str:
    try:
        return ",".join(str(ip_network(part.strip())) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(
            f"--proxy takes addresses and networks, such as 127.0.0.1,10.0.0.0/24: not {text!r}"
        ) from error


def _metrics(text: str) -> tuple[str, int] | None:
    if text == _NONE:
        return None
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise typer.BadParameter(
            f"--metrics takes an address with a port, such as {_METRICS}, or none: not {text!r}"
        )
    return _address("--metrics", host.strip("[]")), int(port)
