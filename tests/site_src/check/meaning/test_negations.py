"""A fact negates what its clause negates, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

FEE = "The fee is refunded if the complaint is sustained. It is not refunded on withdrawal."


def principle(text: str) -> dict[str, Any]:
    """A provision that says this."""
    return {"topic": "principle", "text": text}


@pytest.mark.parametrize(
    ("clause", "name", "fact"),
    [
        ("投诉不收取任何费用。", "fees", {"text": "投诉收取费用"}),
        (
            "客服部应当保密，不得将投诉材料转给被投诉人。",
            "provisions",
            principle("可以将投诉材料转给被投诉人"),
        ),
        (
            "匿名投诉有线索的，予以核查，但不作个别答复。",
            "provisions",
            principle("匿名投诉予以核查，并作个别答复"),
        ),
        (
            "任何人不得因客户提出投诉而对其实行差别待遇。",
            "provisions",
            principle("可以因提出投诉而实行差别待遇"),
        ),
        ("投诉由客服部登记。", "steps", {"id": "a", "role": "service", "action": "投诉不予登记"}),
        ("There is no fee for an appeal.", "fees", {"text": "There is a fee for an appeal"}),
        (
            FEE,
            "fees",
            {"text": "The fee", "refund": "It is refunded if the complaint is not sustained"},
        ),
        (
            "The fee is not refunded on withdrawal.",
            "fees",
            {"text": "The fee is refunded on withdrawal"},
        ),
        (
            "When a complaint is filed before award, the County shall not award the contract "
            "until it is resolved.",
            "provisions",
            principle("The County shall award the contract until it is resolved"),
        ),
        (
            "Where the complaint is complex, the Officer explains why.",
            "levels",
            {"id": "complex", "name": "complex", "definition": "The complaint is not complex"},
        ),
    ],
)
def test_opposites_are_found(tmp_path: Path, clause: str, name: str, fact: dict[str, Any]) -> None:
    """A negation that is dropped or added turns a fact round."""
    assert "negation-differs" in codes_of(tmp_path, clause, {name: [fact]})


@pytest.mark.parametrize(
    ("clause", "name", "fact"),
    [
        ("投诉不收取任何费用。", "fees", {"text": "不收费用"}),
        ("处理不了的，由客服部登记。", "provisions", principle("处理不了的由客服部登记")),
        (
            "能够当场解决的当场解决；不能当场解决的，应当引导客户，不得推诿。",
            "provisions",
            principle("能够当场解决的当场解决，不得推诿"),
        ),
        (
            "未经经理批准，客服部不得公开投诉。",
            "provisions",
            principle("经经理批准可以公开投诉"),
        ),
        (
            "首位接待的人员应当热情接待，不得推诿。",
            "provisions",
            principle("首位接待的人员不得推诿"),
        ),
        ("The service is free of charge.", "fees", {"text": "No charge is made"}),
        (FEE, "fees", {"text": "The fee is not refunded on withdrawal"}),
        (
            "A client who is not satisfied can ask the Chief Officer.",
            "provisions",
            principle("A client who is not satisfied can ask the Chief Officer"),
        ),
    ],
)
def test_the_same_in_other_words_is_not(
    tmp_path: Path, clause: str, name: str, fact: dict[str, Any]
) -> None:
    """Whatever negates the words in both texts will do."""
    assert "negation-differs" not in codes_of(tmp_path, clause, {name: [fact]})
