"""The published figures: who publishes, what is told, and that it says so as OpenAPI has it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import validator_for
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.cases.statistics.nightly import count_organisation
from tests.conftest import StoppedClock
from tests.helpers.desk.casebook import Casebook
from tests.helpers.desk.counted_year import fill_year

BANK = "/cases/commercial-bank/statistics.json"


@pytest.fixture
def book(ports: Ports, clock: StoppedClock) -> Casebook:
    """The bank's cases; it publishes its figures by a clause."""
    return Casebook(ports, clock, "commercial-bank")


@pytest.fixture
def told(book: Casebook, client: TestClient) -> Callable[[], dict[str, Any]]:
    """Counts, and returns what is published then."""

    def published() -> dict[str, Any]:
        directory = book.ports.contracts.directory(book.organisation)
        assert directory is not None
        assert count_organisation(directory, book.ports)
        content = client.get(BANK).json()
        assert isinstance(content, dict)
        return content

    return published


@pytest.mark.parametrize("name", ["accreditation-body", "nobody", "%00"])
def test_who_publishes_nothing_has_no_figures(client: TestClient, name: str) -> None:
    """An organisation that does not publish answers as one that does not exist."""
    answer = client.get(f"/cases/{name}/statistics.json")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_before_the_first_night_there_are_none(client: TestClient) -> None:
    """It is said that they come, and nothing is counted for whoever asks."""
    answer = client.get(BANK)
    assert answer.status_code == 404
    assert "come at night" in answer.json()["detail"]


def test_figures_may_be_kept_for_an_hour(
    client: TestClient, told: Callable[[], dict[str, Any]]
) -> None:
    """They change once a night, so whoever passes them on may keep them."""
    told()
    answer = client.get(BANK)
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["content-type"] == "application/json"


def test_small_numbers_cannot_be_computed(
    book: Casebook, told: Callable[[], dict[str, Any]]
) -> None:
    """Of twelve, ten answered: neither says how many are open, nor do the results."""
    for _ in range(10):
        book.answered(outcome="upheld")
    for _ in range(2):
        book.file()
    found = told()
    assert (found["received"], found["answered"], found["open"]) == (12, ">=8", "<5")
    assert found["overdue"] == "<5"
    numbers = [number for number in found["results"].values() if isinstance(number, int)]
    assert sum(numbers) <= 8
    assert found["changed"] == found["reviews"] == "<5"


def test_no_share_below_ten(book: Casebook, told: Callable[[], dict[str, Any]]) -> None:
    """Nine that ended say nothing of the limit; the tenth does."""
    for _ in range(9):
        case = book.file()
        book.act(case, "classified", level="simple")
        book.act(case, "decision", outcome="upheld")
    (nine,) = [limit for limit in told()["limits"] if limit["id"] == "decide"]
    assert (nine["measured"], nine["kept_share"], nine["median"]) == (">=5", None, None)
    case = book.file()
    book.act(case, "classified", level="simple")
    book.act(case, "decision", outcome="upheld")
    (ten,) = [limit for limit in told()["limits"] if limit["id"] == "decide"]
    assert (ten["measured"], ten["kept_share"]) == (">=10", 1.0)
    assert (ten["median"], ten["percentile_90"], ten["timing_unit"]) == (0, 0, "day")
    assert (ten["clause"], ten["value"], ten["unit"]) == ("第九条", 15, "day")


def test_what_is_older_than_a_year_is_left_out(
    book: Casebook, told: Callable[[], dict[str, Any]]
) -> None:
    """Figures are of this month and the eleven before; the period begins with the first case."""
    for _ in range(6):
        book.answered(outcome="upheld")
    assert told()["since"] == "2026-03-01"
    book.clock.forward(days=365)
    for _ in range(5):
        book.file()
    found = told()
    assert (found["since"], found["received"]) == ("2027-03-01", 5)


def test_answer_fits_its_schema(
    ports: Ports, clock: StoppedClock, client: TestClient, built: Path
) -> None:
    """What is told of a year is as openapi.json says, and every key is described there."""
    fill_year(ports, clock)
    document = json.loads((built / "commercial-bank" / "openapi.json").read_text("utf-8"))
    assert BANK in document["paths"]
    schema = {"$ref": "#/components/schemas/Statistics", "components": document["components"]}
    found = client.get(BANK).json()
    assert list(validator_for(schema).iter_errors(found)) == []
    assert found.keys() == document["components"]["schemas"]["Statistics"]["properties"].keys()
    assert found["received"] > 100


def test_only_who_publishes_documents_it(built: Path) -> None:
    """The document of an organisation without figures has no such path."""
    document = json.loads((built / "accreditation-body" / "openapi.json").read_text("utf-8"))
    assert not any("statistics" in path for path in document["paths"])
