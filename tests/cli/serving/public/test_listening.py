"""The options of `serve --production` are read whole, or refused by name."""

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.serving.public.listening import Listening, listening_of


def test_defaults_are_for_a_proxy_on_this_machine() -> None:
    """Nothing listens beyond the machine, and only its own proxy is believed."""
    assert listening_of(8000, None, None, None, None) == Listening(
        "127.0.0.1", 8000, 2, "127.0.0.1/32", ("127.0.0.1", 9110)
    )


def test_values_are_read() -> None:
    """Networks, IPv6, and no figures."""
    found = listening_of(80, "::", 4, "10.0.0.0/8, ::1", "none")
    assert found == Listening("::", 80, 4, "10.0.0.0/8,::1/128", None)
    assert listening_of(80, None, None, None, "[::1]:9000").metrics == ("::1", 9000)


@pytest.mark.parametrize(
    "options",
    [
        ("--host", "localhost"),
        ("--proxy", "10.0.0.1/8"),
        ("--proxy", "*"),
        ("--metrics", "9110"),
        ("--metrics", "127.0.0.1:99999"),
        ("--workers", "0"),
    ],
)
def test_wrong_values_are_wrong_use(policies: object, options: tuple[str, str]) -> None:
    """The message names the option, and nothing is started."""
    result = CliRunner().invoke(app, ["serve", "--production", *options])
    assert result.exit_code == 2
    assert options[0] in result.output


def test_they_need_production(policies: object) -> None:
    """`serve` for authors listens on this machine alone."""
    result = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"])
    assert (result.exit_code, "need --production" in result.output) == (2, True)


def test_public_server_has_no_defaults_for_address_and_mail(
    policies: object, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """A server whose mails would lie in a folder of its own does not start."""
    for name in ("OMBUD_MAIL", "OMBUD_MAIL_FROM"):
        monkeypatch.delenv(name, raising=False)
    options = ["--data", f"{tmp_path}/data", "--port", "0", "--metrics", "none"]
    result = CliRunner().invoke(app, ["serve", "--production", *options])
    assert result.exit_code == 2  # no such port
    options[3] = "65123"
    result = CliRunner().invoke(app, ["serve", "--production", *options])
    assert (result.exit_code, "OMBUD_MAIL is not set" in result.output) == (3, True)
