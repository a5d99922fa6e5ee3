"""How many files, and how large: one limit, said in one sentence."""

import pytest

from functions.model.attachment import AttachmentRules, Flaw
from functions.views.wording.words import file_limit_words, flaw_words
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_language
from site_src.places import ROOT

ENGLISH = words(site_language("en"))


@pytest.mark.parametrize(
    ("most", "megabytes", "alone", "with_form"),
    [
        (5, 10, "Up to 5 files of at most 10 MB each.", "Up to 5 files, 4 MB together."),
        (5, 4, "Up to 5 files of at most 4 MB each.", "Up to 5 files, 4 MB together."),
        (
            3,
            2,
            "Up to 3 files of at most 2 MB each.",
            "Up to 3 files of at most 2 MB each, 4 MB together.",
        ),
        (2, 2, "Up to 2 files of at most 2 MB each.", "Up to 2 files of at most 2 MB each."),
        (1, 10, "One file of at most 10 MB.", "One file of at most 4 MB."),
    ],
)
def test_only_a_limit_that_can_be_reached_is_said(
    most: int, megabytes: int, alone: str, with_form: str
) -> None:
    """Files by themselves may be as large as the policy says, those with a form 4 MB together."""
    rules = AttachmentRules(most=most, megabytes=megabytes)
    assert file_limit_words(ENGLISH, rules) == alone
    assert file_limit_words(ENGLISH, rules, with_form=True) == with_form


def test_errors_and_documentation_say_the_same_sentence() -> None:
    """Who reads the refusal reads the limit that the form showed."""
    rules = AttachmentRules()
    alone, with_form = (file_limit_words(ENGLISH, rules, with_form=form) for form in (False, True))
    assert alone in flaw_words(ENGLISH, rules, Flaw("a.mp4", "too_large"))
    assert with_form in flaw_words(ENGLISH, rules, Flaw("a.mp4", "too_large_together"))
    documented = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert alone in documented
    assert with_form in documented
