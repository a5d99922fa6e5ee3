"""The lists that a case stands in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from functions.model.case_log import CaseState
from functions.model.desk.summary import CaseSummary, DueConsent, DueLimit, Entry, sort_key
from tests.conftest import MORNING


def summary(state: CaseState = "handling", waiting: bool = False, **more: object) -> CaseSummary:
    """The summary of a case of two roles with limits of one and of three days."""
    limits = tuple(
        DueLimit(limit=id, start=MORNING, due=MORNING + timedelta(days=days), exact=False)
        for id, days in (("answer", 3), ("hand-over", 1))
    )
    fields = {
        "reference": "SEC-22222-22222",
        "organisation": "car-dealer",
        "kind": "complaint",
        "category": None,
        "level": None,
        "state": state,
        "waiting": waiting,
        "received_at": MORNING,
        "answered_at": None,
        "holders": ("customer-service", "sales-manager"),
        "readers": ("general-manager",),
        "limits": limits,
    }
    return CaseSummary.model_validate(fields | more)


@pytest.mark.parametrize(
    ("state", "waiting", "bucket"),
    [
        ("received", False, "open"),
        ("handling", True, "waiting"),
        ("review", False, "open"),
        ("answered", False, "answered"),
        ("closed", False, "over"),
        ("withdrawn", True, "over"),
    ],
)
def test_bucket_follows_from_the_state(state: CaseState, waiting: bool, bucket: str) -> None:
    """Who must act next decides; what is over waits for nobody."""
    assert summary(state, waiting).bucket == bucket


def test_open_case_stands_where_its_first_limit_ends() -> None:
    """Each holder and the organisation list it by the limit that ends first; readers do not."""
    due = f"{sort_key(MORNING + timedelta(days=1))} {sort_key(MORNING)}"
    assert summary().entries == (
        Entry(holder="*", bucket="filed", sort=sort_key(MORNING)),
        Entry(holder="*", bucket="open", sort=due),
        Entry(holder="customer-service", bucket="open", sort=due),
        Entry(holder="sales-manager", bucket="open", sort=due),
    )


def test_answered_case_stands_by_its_answer_and_by_what_is_left() -> None:
    """While a limit is left it is among what is open, too, by when that ends; else it is not."""
    answered = MORNING + timedelta(hours=2)
    left = summary("answered", answered_at=answered)
    by_answer = f"{sort_key(answered)} {sort_key(MORNING)}"
    by_limit = f"{sort_key(MORNING + timedelta(days=1))} {sort_key(MORNING)}"
    assert left.entries[1:] == tuple(
        Entry(holder=holder, bucket=bucket, sort=sort)
        for holder in ("*", "customer-service", "sales-manager")
        for bucket, sort in (("answered", by_answer), ("open", by_limit))
    )
    assert {entry.bucket for entry in summary("answered", limits=()).entries} == {
        "filed",
        "answered",
    }
    assert {entry.bucket for entry in summary("closed").entries} == {"filed", "over"}


def test_roles_that_must_consent_list_it_as_holders_do() -> None:
    """They have it where holders have it, and among what waits for consent; each role once."""
    consents = [
        DueConsent(role=role, proposed_by="a-mark")
        for role in ("general-manager", "sales-manager", "general-manager")
    ]
    waiting = summary(consents=consents)
    assert [(entry.holder, entry.bucket) for entry in waiting.entries] == [
        ("*", "filed"),
        ("*", "open"),
        ("customer-service", "open"),
        ("sales-manager", "open"),
        ("general-manager", "open"),
        ("general-manager", "consent"),
        ("sales-manager", "consent"),
    ]
    assert {entry.sort for entry in waiting.entries[1:]} == {waiting.sort}


@pytest.mark.parametrize(
    ("roles", "marks", "awaits"),
    [
        (("general-manager",), ("mine",), True),
        (("general-manager",), ("mine", "a-mark"), False),
        (("customer-service",), ("mine",), False),
    ],
)
def test_nobody_consents_to_their_own(
    roles: tuple[str, ...], marks: tuple[str, ...], awaits: bool
) -> None:
    """It awaits people of the role, but nobody who proposed it, under an earlier key neither."""
    consent = DueConsent(role="general-manager", proposed_by="a-mark")
    assert summary(consents=(consent,)).awaits(roles, marks) is awaits


def test_case_without_a_limit_stands_last() -> None:
    """What has no date comes after everything that has one."""
    [*_, last] = summary(limits=()).entries
    assert last.sort > sort_key(datetime.max.replace(tzinfo=UTC) - timedelta(days=366 * 7999))
    assert last.sort == f"9999 {sort_key(MORNING)}"


def test_sort_key_is_the_order_of_time() -> None:
    """Moments sort by time whatever their zone."""
    east = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    assert sort_key(east) == "2026-03-02T01:00:00.000000Z"
    assert sort_key(east) < sort_key(datetime(2026, 3, 2, 8, tzinfo=UTC)) < sort_key(None)
