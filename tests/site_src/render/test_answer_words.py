"""The latest answer on pages that know no day: how long after filing, by which clauses."""

from pathlib import Path

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from site_src.compile.answer_chain import answer_chains
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_languages
from site_src.render.pages.answer_words import answer_sentences

UNSET = "程序没有规定答复的期限。"


def kind_of(built: Path, organisation: str, kind: KindId) -> Kind:
    """A kind of filing of a sample."""
    contracts = FolderContracts(str(built / "contracts"))
    digest = contracts.current().organisations[organisation]
    return contracts.contract(digest).kinds[kind]


@pytest.mark.parametrize(
    ("organisation", "kind", "certain", "possible", "clauses"),
    [
        ("housing-association", "complaint", (15, "working_day"), (25, "working_day"), "3.1 3.2"),
        ("commercial-bank", "complaint", (30, "day"), (60, "day"), "第十条"),
        ("data-service", "request", (1, "month"), (3, "month"), "5.1"),
        ("securities-brokerage", "complaint", (3, "day"), None, "第七条1"),
        ("factory-staff", "grievance", None, None, ""),
        ("accreditation-body", "appeal", None, None, ""),
        ("qa-operations", "complaint", None, None, ""),
    ],
)
def test_limits_add_up(
    organisation: str,
    kind: KindId,
    certain: tuple[int, str] | None,
    possible: tuple[int, str] | None,
    clauses: str,
    built: Path,
) -> None:
    """Steps that follow each other are added; where one has no limit, there is no length."""
    found = answer_chains(kind_of(built, organisation, kind))
    assert (found.certain and found.certain.lengths) == (certain and (certain,))
    assert (found.possible and found.possible.lengths) == (possible and (possible,))
    assert " ".join(found.certain.clauses if found.certain else ()) == clauses
    assert not found.varies


def test_only_some_filings_have_a_limit(built: Path) -> None:
    """Where a limit is for some filers alone, the page says that it depends."""
    kind = kind_of(built, "securities-brokerage", "complaint")
    limits = tuple(
        limit.model_copy(update={"filer": "customer"} if limit.kept_by else {})
        for limit in kind.limits
    )
    found = answer_chains(kind.model_copy(update={"limits": limits}))
    assert (found.certain, found.varies) == (None, True)
    assert found.possible is not None
    assert found.possible.lengths == ((3, "day"),)


def test_different_units_stay_apart(built: Path) -> None:
    """Months and working days are no sum: both are told."""
    kind = kind_of(built, "housing-association", "complaint")
    limits = tuple(
        limit.model_copy(update={"value": 2, "unit": "month"} if limit.id == "respond" else {})
        for limit in kind.limits
    )
    found = answer_chains(kind.model_copy(update={"limits": limits}))
    assert found.certain is not None
    assert found.certain.lengths == ((5, "working_day"), (2, "month"))


def test_page_and_form_say_it(built: Path) -> None:
    """Both say the same sentence; where the procedure sets no time, both say that."""
    for path in ("housing-association/index.html", "housing-association/complaint/index.html"):
        page = (built / path).read_text(encoding="utf-8")
        assert "每一步都用满时间的，最迟自提交之日起15个工作日内答复。" in page
        assert "延长的（投诉复杂），最迟自提交之日起25个工作日内答复。" in page
    for path in ("factory-staff/index.html", "factory-staff/grievance/index.html"):
        assert UNSET in (built / path).read_text(encoding="utf-8")


def test_time_from_an_act_without_limit(built: Path) -> None:
    """Where no day follows, the limits for the answer are told, each with its level and clause."""
    kind = kind_of(built, "commercial-bank", "complaint")
    limits = tuple(
        limit.model_copy(update={"starts": "registered"} if limit.starts == "received" else {})
        for limit in kind.limits
    )
    undated = kind.model_copy(update={"limits": limits})
    chains = answer_chains(undated)
    assert (chains.certain, chains.possible) == (None, None)
    simple, complex_ = (choice.label.words("zh-CN") for choice in kind.levels)
    said = answer_sentences(undated, words(site_languages()[0]), lambda limit: f"{limit.value}天")
    assert [(str(each.words), each.clauses) for each in said] == [
        (f"{simple}：15天", ("第九条",)),
        (f"{complex_}：30天", ("第十条",)),
    ]
    nothing = kind.model_copy(update={"limits": ()})
    (unset,) = answer_sentences(nothing, words(site_languages()[0]), lambda limit: limit.id)
    assert unset.words == UNSET
