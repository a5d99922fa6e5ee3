"""Each key of the model: a policy that uses all of them is read, and each broken twin is found."""

from pathlib import Path

import pytest

from functions.model.text import Text
from site_src.check.reference_rules import reference_findings
from site_src.policy.edition import Edition
from site_src.policy.load import load
from site_src.policy.model.limits import LimitFact
from tests.helpers.rich_policy import FACTS, TEXT
from tests.helpers.sample_policies import loaded, write

ACKNOWLEDGE = "{id: acknowledge, value: 5, unit: day, from: received, brings: acknowledged,"
SUSPENSION = "{limits: [answer], from: papers-missing, until: papers,"
CLOSED = "closed: {on: 2026-06-30"

TWINS = [
    # what stands there, what is put in its place, the finding, where, and what it says
    (ACKNOWLEDGE, "{id: acknowledge, unit: day, from: received,", "missing-key", "limits[0]", "by"),
    (ACKNOWLEDGE, ACKNOWLEDGE.replace("day", "fortnight"), "wrong-value", "limits[0].unit", ""),
    (ACKNOWLEDGE, ACKNOWLEDGE.replace("day", "term"), "wrong-value", "limits[0]", "recurring"),
    (
        ACKNOWLEDGE,
        ACKNOWLEDGE.replace("received", "accepted"),
        "reference-unknown",
        "limits[0].from",
        "there is no event 'accepted'",
    ),
    (
        ACKNOWLEDGE,
        ACKNOWLEDGE.replace("acknowledged", "thanked"),
        "reference-unknown",
        "limits[0].brings",
        "there is no event 'thanked'",
    ),
    (
        ACKNOWLEDGE,
        ACKNOWLEDGE.replace("from: received, ", ""),
        "missing-key",
        "limits[0]",
        "needs from",
    ),
    (
        "{value: 2,".replace("{value", "value"),
        "every: 2, value: 2,",
        "wrong-value",
        "limits[4]",
        "every needs recurring",
    ),
    ("extends: answer", "extends: reply", "reference-unknown", "limits[2].extends", "'reply'"),
    ("extends: answer", "extends: longer", "reference-circle", "limits[2].extends", "itself"),
    ("extends: answer", "extends: report", "wrong-value", "limits[2].extends", "no length"),
    (
        "extends: answer",
        "from: received, extends: answer",
        "wrong-value",
        "limits[2].from",
        "runs from another event",
    ),
    ("before: hearing", "before: trial", "reference-unknown", "limits[3].before", "'trial'"),
    ("before: hearing", "from: received, before: hearing", "wrong-value", "limits[3]", "remove"),
    ("before: hearing", "before: unstated", "wrong-value", "limits[3].before", "happens"),
    (
        "{later_of: [papers, hearing]}",
        "{later_of: [papers]}",
        "wrong-value",
        "limits[4].from.LaterOf.later_of",
        "at least 2",
    ),
    ("later_of: [papers", "later_of: [files", "reference-unknown", "limits[4].from", "'files'"),
    ('by: "09-30"', 'by: "09-31"', "wrong-value", "limits[5].by", "no day of the year"),
    ('by: "09-30"', 'by: "09-30", value: 3', "wrong-value", "limits[5]", "remove value"),
    (
        "from: each_period, recurring: true, action: {zh-CN: 问卷",
        "from: each_period, action: {zh-CN: 问卷",
        "wrong-value",
        "limits[7]",
        "term",
    ),
    ("not_before: true, party", "not_before: 7, party", "wrong-value", "limits[8].not_before", ""),
    ("party: respondent", "party: neighbour", "wrong-value", "limits[11].party", ""),
    ("when: {branch: west}", "when: {branch: north}", "reference-unknown", "limits[11]", "'north'"),
    (SUSPENSION, SUSPENSION.replace("answer", "x"), "reference-unknown", "suspensions[0]", "'x'"),
    (
        SUSPENSION,
        SUSPENSION.replace("until: papers", "until: papers-missing"),
        "wrong-value",
        "suspensions[0]",
        "would never stop",
    ),
    (
        SUSPENSION,
        SUSPENSION.replace("until: papers", "until: files"),
        "reference-unknown",
        "suspensions[0].until",
        "'files'",
    ),
    ("{id: hearing, name", "{id: received, name", "wrong-value", "events[1].id", "built-in"),
    (
        "{id: decide, value: 2, unit: week,",
        "{id: decide, value: 2, unit: week, not_counted: [sunday],",
        "wrong-value",
        "limits[4]",
        "not_counted leaves out weekdays",
    ),
    (
        "{id: decide, value: 2, unit: week,",
        "{id: decide, value: 0, unit: week,",
        "wrong-value",
        "limits[4]",
        "0 is the day of the event itself",
    ),
    (
        "recorded_by: authority",
        "recorded_by: court",
        "wrong-value",
        "events[5].recorded_by",
        "",
    ),
    (
        "recorded_by: filer, matter: true, question",
        "recorded_by: staff, question",
        "wrong-value",
        "events[4]",
        "recorded_by the filer",
    ),
    (
        'recorded_by: staff, clause: "4.1"}\n  - {id: hearing',
        'recorded_by: staff, matter: true, clause: "4.1"}\n  - {id: hearing',
        "wrong-value",
        "events[0]",
        "is recorded_by the filer",
    ),
    ("of: retention", "of: archive", "wrong-value", "durations[0].of", ""),
    ("{says: 六年, of", "{of", "missing-key", "durations[0].says", ""),
    ("filers: [tenant]", "filers: [guest]", "reference-unknown", "reviews[0].filers", "'guest'"),
    ("{type: letter,", "{type: pigeon,", "wrong-value", "reviews[0].contacts[0].type", ""),
    ("refund: {zh-CN", "rebate: {zh-CN", "unknown-key", "fees[0].rebate", ""),
    ("route: manager", "route: boss", "reference-unknown", "branches[0].route", "'boss'"),
    ("branch: east, clause", "branch: north, clause", "reference-unknown", "channels[0]", "north"),
    ("requires: consent", "requires: luck", "wrong-value", "representatives[0].requires", ""),
    ("at_most: 5", "at_most: 0", "wrong-value", "representatives[2].at_most", ""),
    ("after: [take]", "after: [receive]", "reference-unknown", "steps[1].after", "'receive'"),
    ("after: [take]", "after: [answer]", "reference-circle", "steps[1].after", "itself"),
    ("instead_of: answer", "instead_of: x", "reference-unknown", "steps[2].instead_of", "'x'"),
    ("instead_of: answer", "instead_of: call", "reference-circle", "steps[2].instead_of", ""),
    ("approved_by: manager", "approved_by: x", "reference-unknown", "steps[1].approved_by", "'x'"),
    ("tells: [manager]", "tells: [x]", "reference-unknown", "steps[0].tells", "'x'"),
    ("roles: [service, manager]", "roles: [x]", "reference-unknown", "steps[0].roles", "'x'"),
    ("roles: [service, manager], ", "", "wrong-value", "steps[0]", "role or roles"),
    ("fees:\n", "language: de\nfees:\n", "wrong-value", "language", ""),
    ("fees:\n", "prevails: zh-CN\nfees:\n", "wrong-value", "", "prevails"),
    ("fees:\n", f"{CLOSED}, successor: x}}\nfees:\n", "reference-unknown", "closed", "'x'"),
    ("fees:\n", f"{CLOSED}, successor: rich}}\nfees:\n", "reference-unknown", "closed", "'rich'"),
    (
        "fees:\n",
        f"{CLOSED}, successor: ftp://x.org}}\nfees:\n",
        "wrong-value",
        "closed",
        "https://",
    ),
    ("fees:\n", f'{CLOSED}, clause: "9.9"}}\nfees:\n', "clause-unknown", "closed.clause", "9.9"),
]


def test_every_key_is_read(tmp_path: Path) -> None:
    """A policy that uses every key is read, and what it names exists."""
    source = loaded(write(tmp_path, "rich", FACTS, TEXT))
    assert list(reference_findings(source)) == []
    policy = source.policy
    assert policy.steps[0].role_ids == ("service", "manager")
    assert policy.branches[0].contacts[0].clause == "2.2"
    assert policy.reviews[0].contacts[0].clause == "5.2"
    assert policy.categories[0].words == (Text({"zh-CN": "漏水", "en": "leak"}), _plain("停电"))


def _plain(words: str) -> Text:
    return Text({"zh-CN": words})


@pytest.mark.parametrize(("old", "new", "code", "field", "says"), TWINS)
def test_broken_twin_is_found(
    tmp_path: Path, old: str, new: str, code: str, field: str, says: str
) -> None:
    """Each wrong value, unknown name and circle is a finding at its key."""
    assert old in FACTS
    folder = write(tmp_path, "rich", FACTS.replace(old, new, 1), TEXT)
    read = load(folder)
    findings = list(reference_findings(read)) if isinstance(read, Edition) else list(read)
    found = [one for one in findings if one.code == code and (one.field or "").startswith(field)]
    assert found, findings
    assert says in found[0].message.en


@pytest.mark.parametrize(
    ("limit", "starts", "later_of"),
    [
        ("value: 1, unit: day, from: received", "received", ()),
        ("value: 1, unit: day, from: {later_of: [decision, report]}", None, ("decision", "report")),
        ("value: 1, unit: day, before: decision", None, ()),
        ('by: "09-30"', "each_period", ()),
        ('by: "09-30", from: decision', "decision", ()),
    ],
)
def test_what_a_limit_runs_from(
    tmp_path: Path, limit: str, starts: str | None, later_of: tuple[str, ...]
) -> None:
    """One event, the later of several, none before an event, every year with a day alone."""
    line = f'  - {{id: x, {limit}, action: 甲, clause: "1.1"}}\n'
    facts = FACTS.replace("limits:\n", f"limits:\n{line}", 1)
    fact: LimitFact = loaded(write(tmp_path, "rich", facts, TEXT)).policy.limits[0]
    assert (fact.starts, fact.later_of) == (starts, later_of)


def test_plain_words_are_in_the_policys_language(tmp_path: Path) -> None:
    """A plain string of an English policy is English, and Chinese may be missing."""
    folder = write(tmp_path, "rich", f"language: en\n{FACTS}", TEXT)
    policy = loaded(folder).policy
    assert policy.title.root == {"en": "投诉办法"}
    assert policy.title.words("zh-CN") == "投诉办法"


def test_words_in_the_policys_language_are_needed(tmp_path: Path) -> None:
    """An English policy whose text is in Chinese alone is refused."""
    facts = FACTS.replace("who: {zh-CN: 业主, en: Owners}", "who: {zh-CN: 业主}")
    findings = load(write(tmp_path, "rich", f"language: en\n{facts}", TEXT))
    assert not isinstance(findings, Edition)
    assert [(one.field, "en" in one.message.en) for one in findings] == [("filers[1].who", True)]
