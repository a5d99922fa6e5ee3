"""Facts that name a role which is no longer there say what it was called."""

from html import unescape

from tests.site_src.studio.conftest import Clerk


def test_removed_role_keeps_its_name(clerk: Clerk) -> None:
    """The form of a step whose role was removed offers its name, not its id, and keeps it."""
    clerk.decide("roles.0", "reject")
    page = clerk.get("?fact=steps.0")
    assert '<option value="service" selected>读者服务部 (removed)</option>' in page
    assert "“service”" not in unescape(page)


def test_page_leads_to_facts_that_name_it(clerk: Clerk) -> None:
    """What was decided before a role was removed is listed; what is not is asked for anyway."""
    clerk.decide("steps.0")
    clerk.decide("roles.0", "reject")
    page = clerk.get()
    said = page.partition("“读者服务部” was removed. These facts still name it:")[2].partition(
        "</p>"
    )[0]
    assert "?fact=steps.0" in said
    assert "?fact=limits.0" not in said
    clerk.decide("steps.0", role="director")
    assert "was removed" not in clerk.get()


def test_finding_says_the_name(clerk: Clerk) -> None:
    """The finding on such a fact has the name, too."""
    clerk.decide("roles.0", "reject")
    findings = unescape(clerk.get("?fact=steps.0")).partition('class="findings"')[2]
    assert "读者服务部" in findings.partition("</ul>")[0]


def test_removed_by_hand(clerk: Clerk) -> None:
    """Of a role that was never there, the id is all that can be said."""
    path = clerk.folder / "policy.yaml"
    path.write_text(clerk.facts.replace("role: service, action", "role: nobody, action"), "utf-8")
    page = clerk.get("?fact=steps.0")
    assert '<option value="nobody" selected>nobody (removed)</option>' in page
