"""Writes the section on facts of docs/import-quality.md."""

from tests.helpers.import_quality.counting import FactCount, count_all

_FACTS = """## Facts

From the text of each procedure alone, `site_src/proposing/` proposes facts; they are compared
with the policy that people wrote for it. A folder that extends another is measured with the text
of both.

- *Found*: a proposal for the same clause, or for a clause in it, means the fact: a limit of the
  same length, a channel of the same type, a contact of the same value, otherwise most of the same
  words. A role may cite any clause that lets it act.
- *Right*: a limit also has the same start, party and markers; a channel the same value and kind; a
  kind the same id; a step the same role; a provision the same topic; a duration the same `of`. An
  event that the policy names is the built-in one that its words stand for.
- *Wrong*: proposals that mean no fact of the policy, or do not say it right. How many of them
  say what the authors said elsewhere, or not at all, was not counted.
- *Missed*: facts that no proposal means. Authors wrote many categories in a filer's words, which no
  rule finds.

The rules were made while looking at these procedures, so that others fare worse.
`tests/site_src/proposing/procedures/` has a school, a hospital, a leisure centre, a
library and a university; rules were mended after the first look at them, too.
"""

_HEADS = {"asks": "details asked for", "contacts": "contacts (numbers, addresses)"}


def facts_section(counts: dict[str, FactCount] | None = None) -> str:
    """The section on facts: a row for each type of fact."""
    rows = [
        "| facts | in the policies | proposed | found | | right | | wrong | missed |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, one in (counts or count_all()).items():
        found = f"{one.share_found:.0%}" if one.facts else "–"
        right = f"{one.share_right:.0%}" if one.found else "–"
        rows.append(
            f"| {_HEADS.get(name, name)} | {one.facts} | {one.proposed} | {one.found} | {found} | "
            f"{one.right} | {right} | {one.proposed - one.right} | {one.facts - one.found} |"
        )
    return f"{_FACTS}\n" + "\n".join(rows) + "\n"
