"""Who must do what by a time limit, as sentences whose verbs agree."""

import pytest

from functions.model.contract.terms import Modal, Party
from functions.model.text import Text
from functions.views.wording.sentences import duty
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_languages

SPOKEN = {tongue.language: words(tongue) for tongue in site_languages()}


def text(chinese: str, english: str) -> Text:
    """A text of a policy in both languages."""
    return Text.model_validate({"zh-CN": chinese, "en": english})


@pytest.mark.parametrize(
    ("role", "action", "sentence"),
    [
        ("Office", "Pass the appeal on", "The office must pass the appeal on"),
        ("Customer service", "Assign the complaint", "Customer service must assign the complaint"),
        ("Any member of staff", "Hand it over", "Any member of staff must hand it over"),
        ("The superior's superior", "Rule", "The superior's superior must rule"),
        ("QA department", "Investigate", "The QA department must investigate"),
        (
            "HR administration department",
            "Mediate",
            "The HR administration department must mediate",
        ),
        ("Head of customer service", "Answer", "The head of customer service must answer"),
        ("Salesperson", "Visit the customer", "The salesperson must visit the customer"),
    ],
)
def test_english_verbs_agree(role: str, action: str, sentence: str) -> None:
    """A label of a role and one of an action become a sentence."""
    said = duty(SPOKEN["en"], text("角色", role), "organisation", text("做事", action))
    assert f"{said.who} {said.does}" == sentence


def test_filers_may_and_are_addressed() -> None:
    """The filer may, and only the filer is addressed as you."""
    action = text("提出申诉", "File the appeal")
    said = [
        duty(SPOKEN[language], None, "filer", action, reader)
        for language in ("en", "zh-CN")
        for reader in ("filer", "organisation")
    ]
    assert [f"{each.who} {each.does}" for each in said] == [
        "You can file the appeal",
        "The filer can file the appeal",
        "您 可以提出申诉",
        "提出人 可以提出申诉",
    ]


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("转呈申诉", "办公室应当转呈申诉"),
        ("不能确定怎样答复的，转给主管", "办公室不能确定怎样答复的，应当转给主管"),
        ("调查，答复", "办公室应当调查，答复"),
    ],
)
def test_chinese_verb_follows_its_condition(action: str, sentence: str) -> None:
    """What must be done stands after the condition on which it must."""
    said = duty(SPOKEN["zh-CN"], text("办公室", "Office"), "organisation", text(action, "Do"))
    assert said.who + said.does == sentence


@pytest.mark.parametrize(
    ("party", "modal", "english", "chinese"),
    [
        ("organisation", "may", "The organisation may answer", "该单位可以答复"),
        ("filer", "may", "You can answer", "您可以答复"),
        ("filer", "must", "You must answer", "您应当答复"),
        ("filer", "unsaid", "You: answer", "由您答复"),
        ("filer", None, "You can answer", "您可以答复"),
        ("organisation", None, "The organisation must answer", "该单位应当答复"),
    ],
)
def test_sentences_bind_as_the_clause_does(
    party: Party, modal: Modal | None, english: str, chinese: str
) -> None:
    """What the clause leaves open is said so that it is true for both."""
    action = text("答复", "Answer")
    said = [duty(SPOKEN[each], None, party, action, modal=modal) for each in ("en", "zh-CN")]
    assert f"{said[0].who} {said[0].does}" == english
    assert said[1].who + said[1].does == chinese
