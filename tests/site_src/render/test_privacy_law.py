"""The privacy notice says what its law wants told, and a form asks for the consent it needs."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from pydantic import ValidationError

from site_src.policy.edition import Editions
from site_src.policy.load import load_editions
from site_src.policy.model.organisation import Privacy
from site_src.render.site_renderer import render
from tests.conftest import MORNING, SITE_URL
from tests.helpers.english_site import LIBRARY

DECLARED = {
    "handler": {"en": "Sample library"},
    "contact": "privacy@library.example.com",
    "purpose": {"en": "To answer"},
    "method": {"en": "Sent encrypted"},
    "data": {"en": "Name"},
    "retention_years": 3,
}


def form(folder: Path, law: str, basis: str = "", prefix: str = "") -> str:
    """The form of the library under another law."""
    facts = (LIBRARY / "policy.yaml").read_text("utf-8")
    facts = facts.replace("law: uk-gdpr", f"law: {law}")
    if basis:
        facts = facts.replace("basis: public-task", f"basis: {basis}")
    else:
        facts = re.sub(r"  (basis|officer|recipients): .*\n", "", facts)
    policy = folder / "library"
    policy.mkdir()
    (policy / "policy.yaml").write_text(facts, "utf-8")
    (policy / "procedure.md").write_bytes((LIBRARY / "procedure.md").read_bytes())
    editions = load_editions(policy)
    assert isinstance(editions, Editions), editions
    files = render((editions,), MORNING.date(), SITE_URL).files
    return files[f"{prefix}library/complaint/index.html"].decode()


def said(page: str) -> str:
    """The words of the notice."""
    section = page.split('<section class="privacy"')[1].split("</section>")[0]
    return str(Markup(f"<p{section}").striptags())


def test_notice_of_pipl(tmp_path: Path) -> None:
    """PIPL has a consent, a separate one for sensitive data, and the rights of that law."""
    page = form(tmp_path, "pipl", prefix="en/")
    assert 'name="consent"' in page
    assert 'name="sensitive_consent"' in page
    assert "withdraw your consent" in said(page)
    assert "supervisory authority" not in said(page)


@pytest.mark.parametrize(
    ("law", "basis", "says"),
    [
        ("gdpr", "legal-obligation", "A legal obligation of the controller (article 6(1)(c) GDPR)"),
        ("gdpr", "contract", "(article 6(1)(b) GDPR)"),
        ("uk-gdpr", "public-task", "(article 6(1)(e) UK GDPR)"),
        ("uk-gdpr", "vital-interests", "(article 6(1)(d) UK GDPR)"),
        ("gdpr", "legitimate-interests", "Legitimate interests (article 6(1)(f) GDPR)"),
        ("gdpr", "", "The controller has not named it here"),
    ],
)
def test_notice_of_article_13(tmp_path: Path, law: str, basis: str, says: str) -> None:
    """Controller, basis, recipients, storage, rights and complaint are told; no box is shown."""
    page = form(tmp_path, law, basis, prefix="en/")
    notice = said(page)
    for part in (
        "Controller",
        "Legal basis",
        says,
        "Who receives your data",
        "3 years",
        "access",
        "corrected or erased",
        "restricted",
        "object",
        "supervisory authority",
    ):
        assert part in notice, part
    assert ("United Kingdom" in notice) == (law == "uk-gdpr")
    assert "withdraw" not in notice
    assert 'name="consent"' not in page
    assert 'name="sensitive_consent"' not in page
    assert "tick your consent" not in page


def test_basis_of_consent(tmp_path: Path) -> None:
    """Where consent is the basis, the form asks for it and the notice says how it ends."""
    page = form(tmp_path, "gdpr", "consent", prefix="en/")
    assert 'name="consent"' in page
    assert "You may withdraw your consent at any time" in said(page)


def test_notice_in_chinese(tmp_path: Path) -> None:
    """The Chinese page says the same in Chinese."""
    notice = said(form(tmp_path, "gdpr", "legal-obligation"))
    assert "数据控制者" in notice
    assert "数据控制者的法定义务（欧盟《通用数据保护条例》第六条第一款（c）项）" in notice
    assert "监管机构" in notice


def test_no_law(tmp_path: Path) -> None:
    """Without a law the notice tells what the organisation declares, and promises no right."""
    page = form(tmp_path, "none", prefix="en/")
    assert "Name, contact and what you write" in said(page)
    assert "Your rights" not in said(page)
    assert 'name="consent"' not in page


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"basis": "contract"}, "basis belongs to law: gdpr or law: uk-gdpr"),
        ({"law": "none", "officer": "a@example.com"}, "officer belongs to law"),
        (
            {"law": "gdpr", "basis": "contract", "interests": {"en": "Peace"}},
            "interests belong to basis: legitimate-interests",
        ),
        ({"law": "gdpr", "basis": "because"}, "legitimate-interests"),
    ],
)
def test_keys_of_another_law(keys: dict[str, object], says: str) -> None:
    """A key that the law of the notice does not know is refused: no page would show it."""
    with pytest.raises(ValidationError, match=says):
        Privacy.model_validate(DECLARED | keys, context={"language": "en"})
