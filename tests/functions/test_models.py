"""The models: frozen, and closed against keys that they do not know."""

import inspect
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from functions.adapters.aws import session
from functions.adapters.contracts.folder import FolderContracts
from functions.bootstrap import environment_settings
from functions.cases.ports import ports
from functions.model import contract
from functions.model.answers import submission
from functions.model.deadlines.calendar import BusinessHours
from functions.model.errors import SecretUnavailable, SettingInvalid
from functions.model.text import Text
from functions.views import form_page as pages
from site_src.check import conformance
from site_src.check import fact_table as listing
from site_src.places import POLICIES
from site_src.policy import finding
from site_src.policy import model as policy
from site_src.policy.edition import Edition
from site_src.policy.load import load

MODELS = [
    model
    for module in (contract, pages, ports, submission, policy, finding, conformance, listing)
    for _, model in inspect.getmembers(module, inspect.isclass)
    if issubclass(model, BaseModel) and model.__module__ == module.__name__
    if "[" not in model.__name__
]
ENVIRONMENT = {
    "OMBUD_STORE": "sqlite:x",
    "OMBUD_CONTRACTS": "contracts",
    "OMBUD_MAIL": "maildir:x",
    "OMBUD_MAIL_FROM": "a@example.com",
    "OMBUD_ATTACHMENTS": "files",
    "OMBUD_SITE_URL": "https://example.com/",
    "OMBUD_KEY": "00" * 32,
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_are_frozen_and_closed(model: type[BaseModel]) -> None:
    """Every model is frozen, and refuses unknown keys unless it is a bare value."""
    assert model.model_config["frozen"]
    if "root" not in model.model_fields:
        assert model.model_config["extra"] == "forbid"


def test_errors_do_not_repeat_the_input() -> None:
    """What somebody wrote does not get into a log by way of an error message."""
    with pytest.raises(ValidationError) as raised:
        submission.Submission.model_validate({"name": ["王五"]})
    assert "王五" not in str(raised.value)


def test_text_falls_back_and_says_so() -> None:
    """Words missing in a language come in the site's first, and the text says in which."""
    text = Text.model_validate("投诉")
    assert text.words("en") == "投诉"
    assert text.spoken("en") == "zh-CN"
    assert Text({"zh-CN": "投诉", "en": "Complaint"}).words("en") == "Complaint"


@pytest.mark.parametrize("value", ["", {}, {"zh-CN": " "}, {"Chinese": "投诉"}, 3])
def test_text_needs_words(value: object) -> None:
    """No text without words, none in what is no language."""
    with pytest.raises(ValidationError):
        Text.model_validate(value)


def test_text_of_a_policy_needs_words_in_its_language() -> None:
    """A policy's own language decides; a contract takes the words that there are."""
    english = {"en": "Complaint"}
    with pytest.raises(ValidationError):
        Text.model_validate(english, context={"language": "zh-CN"})
    assert Text.model_validate(english, context={"language": "en"}).words("zh-CN") == "Complaint"
    assert Text.model_validate(english).spoken("zh-CN") == "en"


def test_business_hours_close_after_they_open() -> None:
    """Hours that close before they open are an error."""
    with pytest.raises(ValidationError, match="closes before it opens"):
        BusinessHours(opens=time(17), closes=time(9))


def test_settings(tmp_path: Path) -> None:
    """Six variables, the key also from a file."""
    assert environment_settings(ENVIRONMENT).site_url == "https://example.com"
    (tmp_path / "key").write_text("00" * 32)
    read = environment_settings(ENVIRONMENT | {"OMBUD_KEY": f"file:{tmp_path / 'key'}"})
    assert read.key == bytes(32)


@pytest.mark.usefixtures("ministack")
def test_key_from_a_secret() -> None:
    """The key may be an SSM parameter; one that is not there is named by its error."""
    ssm: Any = session().create_client("ssm")
    ssm.put_parameter(Name="/ombud/key", Value="00" * 32 + "\n", Type="SecureString")
    read = environment_settings(ENVIRONMENT | {"OMBUD_KEY": "secret:/ombud/key"})
    assert read.key == bytes(32)
    for name, reason in {"/other": "ParameterNotFound", "other": "not the ARN"}.items():
        with pytest.raises(SecretUnavailable, match=reason):
            environment_settings(ENVIRONMENT | {"OMBUD_KEY": f"secret:{name}"})


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_missing_setting_is_named(name: str) -> None:
    """A missing variable is named with what it takes."""
    with pytest.raises(SettingInvalid, match=f"{name} is not set; it takes"):
        environment_settings({key: value for key, value in ENVIRONMENT.items() if key != name})


@pytest.mark.parametrize("key", ["00" * 31, "no hex", "file:/nowhere"])
def test_bad_key_is_refused(key: str) -> None:
    """A key that is too short or unreadable is refused, without repeating it."""
    with pytest.raises(SettingInvalid) as raised:
        environment_settings(ENVIRONMENT | {"OMBUD_KEY": key})
    assert key not in str(raised.value)


@pytest.mark.parametrize(
    ("received", "years", "until"),
    [
        ("2026-03-02T02:00:00+00:00", 3, "2029-03-02T02:00:00+00:00"),
        ("2028-02-29T02:00:00+00:00", 4, "2032-02-29T02:00:00+00:00"),
        ("2028-02-29T02:00:00+00:00", 1, "2029-03-01T02:00:00+00:00"),
    ],
)
def test_retention_is_whole_years(built: Path, received: str, years: int, until: str) -> None:
    """A case is kept for the policy's years to the day, and never a day less."""
    contracts = FolderContracts(str(built / "contracts"))
    organisation = contracts.current().organisations["factory-staff"]
    kept = contracts.contract(organisation).model_copy(update={"retention_years": years})
    assert kept.retained_until(datetime.fromisoformat(received)) == datetime.fromisoformat(until)


def test_contract_retains_as_the_policy_declares(built: Path) -> None:
    """The retention that the page tells is the one that the store gets."""
    contracts = FolderContracts(str(built / "contracts"))
    for organisation, digest in contracts.current().organisations.items():
        source = load(POLICIES / organisation)
        assert isinstance(source, Edition)
        declared = source.policy.privacy.retention_years
        assert contracts.contract(digest).retention_years == declared
