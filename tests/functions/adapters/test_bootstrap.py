"""The wiring: each scheme of a setting gives its adapter, and anything else is refused."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.contracts.s3 import S3Contracts
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.sqlite.store import SqliteStore
from functions.bootstrap import bootstrap
from functions.model.errors import SettingInvalid
from functions.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of one machine."""
    return Settings(
        store=f"sqlite:{tmp_path / 'ombud.db'}",
        contracts=str(tmp_path),
        mail=f"maildir:{tmp_path / 'mail'}",
        mail_from="no-reply@ombud.example.com",
        site_url="https://ombud.example.com",
        key=bytes(32),
        attachments=str(tmp_path / "files"),
        scan="none",
    )


def test_one_machine(settings: Settings) -> None:
    """A file, a folder and a maildir."""
    ports = bootstrap(settings)
    assert isinstance(ports.store, SqliteStore)
    assert isinstance(ports.contracts, FolderContracts)
    ports.store.close()


@pytest.mark.parametrize("contracts", ["s3://contracts", "s3://contracts/site"])
def test_beyond_one_machine(
    settings: Settings, contracts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table and a bucket; nothing is asked of them yet."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    ports = bootstrap(replace(settings, store="dynamodb:cases", contracts=contracts))
    assert isinstance(ports.store, DynamoStore)
    assert isinstance(ports.contracts, S3Contracts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("store", "dynamodb:"),
        ("store", "sqlite:"),
        ("store", "redis:cases"),
        ("contracts", "s3://"),
        ("contracts", "s3:contracts"),
        ("contracts", "s3:///site"),
    ],
)
def test_unknown_scheme_is_refused(
    settings: Settings, name: Literal["store", "contracts"], value: str
) -> None:
    """What no adapter takes is named together with what would do."""
    wrong = (
        replace(settings, store=value) if name == "store" else replace(settings, contracts=value)
    )
    with pytest.raises(SettingInvalid, match=f"OMBUD_{name.upper()} is .*it takes"):
        bootstrap(wrong)
