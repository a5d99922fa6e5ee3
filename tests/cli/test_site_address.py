"""The site's public address: where it is read from, and which addresses are refused."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from cli.site_address import site_url
from site_src.errors import NoSiteUrl
from site_src.languages import site_languages
from site_src.publish.build import LOCAL
from site_src.render.environment import environment


def test_the_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The option overrides OMBUD_SITE_URL, which overrides the local address."""
    monkeypatch.delenv("OMBUD_SITE_URL", raising=False)
    assert site_url(None) == LOCAL
    monkeypatch.setenv("OMBUD_SITE_URL", "https://said.example.com/")
    assert site_url(None) == "https://said.example.com"
    assert site_url("http://given.example.com:8080") == "http://given.example.com:8080"


@pytest.mark.parametrize(
    "given",
    [
        "ombud.example.com",
        "ftp://ombud.example.com",
        "https://",
        "https://ombud.example.com/complaints",
        "https://ombud.example.com?x=1",
        "https://user@ombud.example.com",
        "https://ombud.example.com:99999",
        "https://投诉.example.com",
        "https://ombud .example.com",
    ],
)
def test_what_is_no_root_is_refused(given: str) -> None:
    """Pages link from the root, so an address with a path is refused, as is any non-web address."""
    with pytest.raises(NoSiteUrl, match="is not the address of a site"):
        site_url(given)


@pytest.mark.parametrize("further", [[], ["--dry-run"]])
def test_deploy_wants_an_address(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, further: list[str]
) -> None:
    """Without an address `deploy` publishes nothing, exits with 2 and says how to set one."""
    monkeypatch.delenv("OMBUD_SITE_URL")
    target = tmp_path / "www"
    result = CliRunner().invoke(cli.app, ["deploy", "--to", str(target), *further])
    assert result.exit_code == 2
    assert "--site-url https://… or OMBUD_SITE_URL" in result.output
    assert not target.exists()


def test_build_refuses_a_wrong_address(policies: Path, tmp_path: Path) -> None:
    """A wrong address exits with 2, and nothing is written."""
    out = tmp_path / "dist"
    result = CliRunner().invoke(cli.app, ["build", "--out", str(out), "--site-url", "example"])
    assert result.exit_code == 2
    assert not out.exists()


def test_templates_spell_addresses_out() -> None:
    """`absolute` prefixes a site address with the public address."""
    for tongue in site_languages():
        env = environment(tongue, {}, "https://ombud.example.com")
        made = env.from_string("{{ absolute('/track/') }} {{ site_url }}").render()
        assert made == "https://ombud.example.com/track/ https://ombud.example.com"
