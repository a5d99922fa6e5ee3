"""Settings are checked at the start: a typing slip or a wrong value is one sentence."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.adapters.aws import session
from functions.bootstrap import bootstrap
from functions.model.errors import SettingInvalid
from functions.settings import from_environment, from_outputs, output_of

GOOD = {
    "OMBUD_STORE": "sqlite:ombud.db",
    "OMBUD_CONTRACTS": "contracts",
    "OMBUD_MAIL": "maildir:mail",
    "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
    "OMBUD_SITE_URL": "https://ombud.example.com",
    "OMBUD_ATTACHMENTS": "files",
    "OMBUD_KEY": "00" * 32,
}

WRONG = [
    ("OMBUD_MIAL", "maildir:x", "did you mean OMBUD_MAIL"),
    ("OMBUD_STORES", "sqlite:x", "did you mean OMBUD_STORE"),
    ("OMBUD_FREQUENT_QUESTIONS_PAGE", "1", "the settings are OMBUD_STORE"),
    ("OMBUD_MAIL_FROM", "notanaddress", "the address that mails come from"),
    ("OMBUD_MAIL_FROM", "a@b", "the address that mails come from"),
    ("OMBUD_MAIL_FROM", "a@b.example\nBcc: c@d.example", "the address that mails come from"),
    ("OMBUD_MAIL_FROM", f"{'x' * 65}@b.example", "the address that mails come from"),
    ("OMBUD_SITE_URL", "ombud.example.com", "https://HOST without a path"),
    ("OMBUD_SITE_URL", "https://ombud.example.com/x", "https://HOST without a path"),
    ("OMBUD_SITE_URL", "ftp://ombud.example.com", "https://HOST without a path"),
    ("OMBUD_SITE_URL", "https://ombud.example.com:x", "https://HOST without a path"),
    ("OMBUD_STORE", "ombud.db", "sqlite:PATH or dynamodb:TABLE"),
    ("OMBUD_STORE", "sqlite:", "sqlite:PATH or dynamodb:TABLE"),
    ("OMBUD_CONTRACTS", "https://contracts", "a folder or s3://BUCKET"),
    ("OMBUD_CONTRACTS", "s3:contracts", "a folder or s3://BUCKET"),
    ("OMBUD_ATTACHMENTS", "s3://", "a folder or s3://BUCKET"),
    ("OMBUD_KEY", "not hexadecimal", "OMBUD_KEY is no key; it takes file:PATH"),
    ("OMBUD_KEY", "00", "shorter than 32 bytes"),
    ("OMBUD_KEY", "file:/dev/null", "shorter than 32 bytes"),
    ("OMBUD_KEY", "file:/nowhere", "OMBUD_KEY cannot be read: No such file or directory: /nowhere"),
    ("OMBUD_KEY", "密" * 64, "OMBUD_KEY is no key"),
    ("OMBUD_DATA_KEY", "xyz", "OMBUD_DATA_KEY is no key"),
    ("OMBUD_MAIL", "pigeon:x", "OMBUD_MAIL takes"),
    ("OMBUD_MAIL", "smtp://", "OMBUD_MAIL"),
    ("OMBUD_MAIL", "smtp://host:port", "OMBUD_MAIL"),
    ("OMBUD_MAIL", "maildir:/dev/null", "where no mail can be stored: Not a directory"),
    ("OMBUD_ATTACHMENTS", "/dev/null", "where no file can be stored: File exists"),
    ("OMBUD_ATTACHMENTS", "/dev/null/x", "where no file can be stored: Not a directory"),
    ("OMBUD_SCAN", "clam", "OMBUD_SCAN takes"),
    ("OMBUD_SCAN", "clamd:", "OMBUD_SCAN"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_wrong_setting_is_one_line(
    name: str, value: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the variable and what it takes; nothing is wired."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingInvalid) as refused:
        bootstrap(from_environment(GOOD | {name: value}, str))
    said = str(refused.value)
    assert name in said
    assert words in said
    assert "\n" not in said


def test_good_settings_are_taken() -> None:
    """A sender with a name, a port, and a site on this machine are good."""
    others = {
        "OMBUD_MAIL_FROM": "Ombud <no-reply@ombud.example.com>",
        "OMBUD_SITE_URL": "http://127.0.0.1:8000/",
        "OMBUD_DATA_KEY": "",
    }
    settings = from_environment(GOOD | others, str)
    assert settings.site_url == "http://127.0.0.1:8000"
    assert settings.mail_from == "Ombud <no-reply@ombud.example.com>"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OMBUD_STORE", "dynamodb:cases"),
        ("OMBUD_CONTRACTS", "s3://contracts"),
        ("OMBUD_ATTACHMENTS", "s3://files"),
        ("OMBUD_MAIL", "ses:ombud"),
    ],
)
@pytest.mark.parametrize("missing", ["credentials", "region", "profile"])
def test_aws_is_there_at_the_start(
    name: str, value: str, missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without credentials or a region nothing is taken that could not be stored or sent."""
    monkeypatch.chdir(tmp_path)
    for variable in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION", "DEFAULT_REGION", "PROFILE"):
        monkeypatch.delenv(f"AWS_{variable}", raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for variable in ("SHARED_CREDENTIALS_FILE", "CONFIG_FILE"):
        monkeypatch.setenv(f"AWS_{variable}", str(tmp_path / "none"))
    if missing != "credentials":
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    if missing == "profile":
        monkeypatch.setenv("AWS_PROFILE", "nobody")
    session.cache_clear()
    try:
        with pytest.raises(SettingInvalid, match=f"{name} is '{value}', but AWS .*{missing}"):
            bootstrap(from_environment(GOOD | {name: value}, str))
    finally:
        session.cache_clear()


def test_command_says_it_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command ends with 3, one line and no traceback."""
    for name, value in (GOOD | {"OMBUD_STORE": f"sqlite:{tmp_path / 'x'}"}).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "x").touch()
    monkeypatch.setenv("OMBUD_MIAL", "smtp://u:p@host")
    result = CliRunner().invoke(cli.app, ["expire"])
    assert result.exit_code == 3
    assert result.output == "OMBUD_MIAL is no setting: did you mean OMBUD_MAIL?\n"


def test_outputs_of_another_stack() -> None:
    """A stack that tells only some settings is refused, with the outputs that it lacks."""
    told = {output_of(name): value for name, value in GOOD.items()}
    with pytest.raises(SettingInvalid, match="the stack tells no SettingDataKey, SettingScan"):
        from_outputs(told | {"SiteBucket": "b"})
    more = {"SettingDataKey": "kms:key", "SettingScan": "none"}
    assert from_outputs(told | more).items() > GOOD.items()
