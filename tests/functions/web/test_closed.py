"""A form that was open when its organisation closed gives every word back, in its language."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from site_src.policy.load import Editions, load_editions
from site_src.render.site_renderer import render
from tests.conftest import MORNING, SITE_URL
from tests.helpers.rich_policy import FACTS, TEXT
from tests.helpers.sample_policies import write
from tests.site_src.render.test_rich_facts import CLOSED, HEIR

ANSWERS = {
    "category": "repair",
    "branch": "east",
    "account": "三楼漏水已经两个星期。",
    "name": "张三",
    "email": "zhang@example.com",
    "consent": "yes",
}
SAID = {
    "zh-CN": (
        "示例单位自2026年3月1日（星期日）起不再受理",
        '请向<a href="/heir/">示例单位</a>提出。',
    ),
    "en": ("takes no more filings since Sunday 1 March 2026", '<a href="/en/heir/">示例单位</a>'),
}


@pytest.fixture
def open_form(ports: Ports, tmp_path: Path) -> Iterator[tuple[TestClient, str]]:
    """The pages after the closing, and the contract of a form that was opened before."""
    policies, out = tmp_path / "policies", tmp_path / "site"
    write(policies, "heir", HEIR, "# 办法\n\n1 用户的投诉由客服部受理。\n")
    folder = write(policies, "rich", FACTS, TEXT)
    before = _built(policies, out)
    digest = before.current().organisations["rich"]
    file = folder / "policy.yaml"
    file.write_text(CLOSED + file.read_text("utf-8"), "utf-8")
    contracts = _built(policies, out)
    assert contracts.current().organisations["rich"] != digest
    with TestClient(create_app(replace(ports, contracts=contracts))) as client:
        yield client, digest


def _built(policies: Path, out: Path) -> FolderContracts:
    """The contracts of all policies of a folder, beside those that are there."""
    loaded = [load_editions(folder) for folder in sorted(policies.iterdir())]
    editions = tuple(each for each in loaded if isinstance(each, Editions))
    assert len(editions) == len(loaded)
    for name, content in render(editions, MORNING.date(), SITE_URL).files.items():
        if name.startswith("contracts/"):
            file = out / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return FolderContracts(str(out / "contracts"))


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("step", ["check", "send"])
def test_every_word_comes_back(open_form: tuple[TestClient, str], language: str, step: str) -> None:
    """The page says since when and who takes filings now; nothing is stored."""
    client, digest = open_form
    page = {"contract": digest, "language": language, "step": step}
    answer = client.post("/cases/rich/complaint", data=ANSWERS | page)
    assert answer.status_code == 410
    since, successor = SAID[language]
    assert since in answer.text
    assert successor in answer.text
    assert ANSWERS["account"] in answer.text
    assert 'value="east" required checked' in answer.text


def test_program_is_told(open_form: tuple[TestClient, str]) -> None:
    """A program gets problem details with the successor's address."""
    client, _ = open_form
    answer = client.post("/cases/rich/complaint", json=ANSWERS | {"language": "en"})
    assert answer.status_code == 410
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "No more filings are accepted here"
    assert "(/en/heir/)" in answer.json()["detail"]


def test_others_go_on(open_form: tuple[TestClient, str]) -> None:
    """The successor takes filings."""
    client, _ = open_form
    answers = {key: ANSWERS[key] for key in ("account", "name", "email", "consent")}
    assert client.post("/cases/heir/complaint", json=answers).status_code == 201
