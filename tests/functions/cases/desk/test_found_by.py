"""A person's cases are found by keyed hashes, whenever they were filed, and no other is opened."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.adapters.encryption.codec import Codec
from functions.cases.desk.found_by import (
    cases_found_by,
    found_by,
    index_case,
    index_new_cases,
    traits,
    traits_of,
)
from functions.cases.desk.index import record, refresh
from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import cases_of
from functions.model.answers.submission import Submission
from functions.model.case import Case, CaseEvent, Unreadable
from functions.model.errors import ContractError
from tests.conftest import KEY, MORNING
from tests.functions.adapters.test_store import case, key

NEW = bytes(range(100, 132))
ANSWERS = Submission(
    account="words",
    email="Wang.Wu@Example.com",
    phone="138 0000 0000 / 021-5555 5555 转801",
    plate="京A·00000",
)


@pytest.fixture
def desk(stored: Ports) -> Ports:
    """The ports over each store."""
    return stored


def file(ports: Ports, reference: str = "ACB-22222-22222", **answers: str) -> Case:
    """A case of the accreditation body with these answers, else with ANSWERS."""
    digest = ports.contracts.current().organisations["accreditation-body"]
    filed = case(reference).model_copy(
        update={
            "organisation": "accreditation-body",
            "contract": digest,
            "submission": Submission(account="words", **answers) if answers else ANSWERS,
        }
    )
    ports.store.accept(filed, (), key(reference, reference))
    return filed


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (" wang.wu@EXAMPLE.com", True),
        ("mailto:Wang.Wu@example.com", True),
        ("+86 13800000000", True),
        ("(021) 55555555", True),
        ("021-55555555 ext 9", True),
        ("wu@example.com", False),
        ("138 0000 0001", False),
        ("京A·00000", False),
        ("王五", False),
    ],
)
def test_person_is_found_however_they_write(person: str, found: bool) -> None:
    """Address and numbers are compared as they are read, not as they are typed."""
    filed = case().model_copy(update={"submission": ANSWERS})
    assert (not traits(filed).isdisjoint(traits_of(person))) == found


def test_hashes_are_keyed() -> None:
    """Another key gives other hashes; an answer of one sort is never taken for another's."""
    filed = case().model_copy(update={"submission": ANSWERS})
    assert len(set(found_by(filed, KEY))) == 4
    assert set(found_by(filed, KEY)).isdisjoint(found_by(filed, NEW))
    plate = Submission(account="words", plate="13800000000")
    assert traits(case().model_copy(update={"submission": plate})).isdisjoint(
        traits_of("13800000000")
    )


def test_case_is_found_by_each_of_its_traits(desk: Ports) -> None:
    """After the sweep saw it: by address, by each number and by the plate, in every spelling."""
    filed = file(desk)
    file(desk, "ACB-33333-33333", email="other@example.com")
    assert cases_found_by(traits(filed), desk) == ()
    for reference in ("ACB-22222-22222", "ACB-33333-33333"):
        assert refresh(reference, desk)
    for trait in traits(filed):
        assert cases_found_by({trait}, desk) == (filed.reference,)
    other = Submission(account="words", plate="京a 00000")
    again = case().model_copy(update={"submission": other})
    assert cases_found_by(traits(again), desk) == (filed.reference,)


def test_case_is_found_before_a_sweep(desk: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's copy has what was filed a moment ago; later, no other case is decrypted."""
    filed = file(desk)
    others = [
        file(desk, f"ACB-33333-3333{number}", email="o@example.com") for number in range(2, 6)
    ]
    assert list(cases_of("13800000000", desk)) == [filed]
    for reference in (filed.reference, *(other.reference for other in others)):
        refresh(reference, desk)
    opened: list[str] = []
    read = Codec.read_case

    def noting(self: Codec, stored: str, reference: str) -> Case | None:
        opened.append(reference)
        return read(self, stored, reference)

    monkeypatch.setattr(Codec, "read_case", noting)
    assert list(cases_of("wang.wu@example.com", desk)) == [filed]
    assert opened == [filed.reference]


def test_act_before_a_sweep_makes_a_case_findable(desk: Ports) -> None:
    """Staff may act first; the case has a summary then, and no sweep looks at it soon."""
    filed = file(desk)
    event = CaseEvent(at=MORNING, type="message", detail="{}")
    assert record(filed, event, (), "once", desk) is True
    assert desk.lists.summary(filed.reference) is not None
    assert cases_found_by(traits_of("13800000000"), desk) == (filed.reference,)


def test_case_without_a_contract_is_found(desk: Ports) -> None:
    """No summary can be made of it, and it is findable all the same."""
    lost = case().model_copy(update={"submission": ANSWERS})
    desk.store.accept(lost, (), key())
    with pytest.raises(ContractError):
        refresh(lost.reference, desk)
    assert cases_found_by(traits(lost), desk) == (lost.reference,)


def test_new_key_finds_cases_of_the_earlier_one(desk: Ports) -> None:
    """Both keys are tried; hashes under the new key take the place of the others."""
    filed = file(desk)
    index_new_cases(desk)
    today = replace(desk, key=NEW)
    assert cases_found_by(traits(filed), today) == ()
    both = replace(today, earlier_keys=(KEY,))
    assert cases_found_by(traits(filed), both) == (filed.reference,)
    index_case(filed.reference, both)
    assert cases_found_by(traits(filed), today) == (filed.reference,)
    assert cases_found_by(traits(filed), desk) == ()


def test_unreadable_case_may_be_anybodys(desk: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy names a case that could not be read when it was filed, until it can be."""
    filed = file(desk)
    with monkeypatch.context() as lost:
        lost.setattr(Codec, "read_case", _unreadable)
        index_new_cases(desk)
        (found,) = cases_of("nobody@example.com", desk)
        assert isinstance(found, Unreadable)
        assert found.what == f"case {filed.reference}"
    assert list(cases_of("nobody@example.com", desk)) == []
    index_case(filed.reference, desk)
    assert list(cases_of("wang.wu@example.com", desk)) == [filed]


def _unreadable(self: Codec, stored: str, reference: str) -> Case | None:
    self.read_event(reference, CaseEvent(at=MORNING, type="message", detail="1.0.damaged"))
    return None


def test_rekey_command_brings_hashes_under_the_new_key(
    ports: Ports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier key may go afterwards, and every person is still found."""
    # By the machine's clock the case may be past its retention, and nobody is found by it.
    monkeypatch.setattr("functions.bootstrap._now", ports.now)
    filed = file(ports)
    index_new_cases(ports)
    ports.store.close()
    for name in ("OMBUD_STORE", "OMBUD_ATTACHMENTS", "OMBUD_DATA_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMBUD_KEY", f"{NEW.hex()} {KEY.hex()}")
    result = CliRunner().invoke(cli.app, ["rekey", "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output
    with closing(sqlite3.connect(tmp_path / "ombud.db")) as db:
        stored = {hash_ for (hash_,) in db.execute("SELECT key FROM found_by")}
    assert stored == set(found_by(filed, NEW))
