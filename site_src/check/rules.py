"""Checks one edition of a policy: its facts, its text, its looks and its translations."""

from collections import Counter
from collections.abc import Iterator

from functions.model.language import FIRST
from site_src.check.calendar_rules import calendar_findings
from site_src.check.clause_rules import clause_findings
from site_src.check.look_rules import check_looks
from site_src.check.reference_rules import reference_findings
from site_src.check.translation_rules import translation_findings
from site_src.languages import site_languages
from site_src.numbers.days import find_days
from site_src.policy.facts import facts
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, in_text, in_yaml
from site_src.policy.load import REVISIONS, Edition


def check_edition(source: Edition) -> tuple[Finding, ...]:
    """Every finding of an edition, in the order of the files."""
    findings = [
        *_check_ids(source),
        *_check_languages(source),
        *_check_standards(source),
        *_check_clause_numbers(source),
        *reference_findings(source),
        *calendar_findings(source),
        *check_looks(source),
        *_check_cited_clauses(source),
        *_check_effective_day(source),
        *clause_findings(source),
        *translation_findings(source),
    ]
    return tuple(sorted(findings, key=lambda f: (str(f.file), f.line, f.column, f.code)))


def _check_ids(source: Edition) -> Iterator[Finding]:
    policy = source.policy
    folder = source.folder
    name = folder.parent.parent.name if folder.parent.name == REVISIONS else folder.name
    if policy.id != name:
        message = f"the id is {policy.id!r}, but the folder is {name!r}"
        remedy = "Give both the same name; it becomes part of the address."
        yield at_key(source, "id-mismatch", message, remedy, "id")
    counted = Counter(
        (placed.list, placed.fact.id) for placed in facts(policy) if hasattr(placed.fact, "id")
    )
    for placed in facts(policy):
        if hasattr(placed.fact, "id") and counted[(placed.list, placed.fact.id)] > 1:
            message = f"more than one of the {placed.list} has the id {placed.fact.id!r}"
            yield in_yaml(source, placed, "id", "id-repeated", message, "Rename one of them.")


def _check_languages(source: Edition) -> Iterator[Finding]:
    """Nobody would see a text in a language in which the site has no pages."""
    known = {tongue.language for tongue in site_languages()}
    if source.policy.prevails in known:
        message = f"prevails names {source.policy.prevails}, which the site has pages in"
        remedy = "Write the procedure in it and set `language:`, or remove prevails."
        yield at_key(source, "wrong-value", message, remedy, "prevails")
    for place in source.reading.positions:
        *above, key = place or ("",)
        own = (*above, source.policy.language) in source.reading.positions
        if (own or (*above, FIRST) in source.reading.positions) and key not in known:
            message = f"the site has no pages in language {key!r}"
            remedy = (
                f"Its languages are: {', '.join(sorted(known))}. "
                "docs/languages.md says how to add another."
            )
            yield at_key(source, "language-unknown", message, remedy, *place)


def _check_standards(source: Edition) -> Iterator[Finding]:
    """ISO 10002, which GB/T 19012 adopts, excludes employment disputes (its clause 1)."""
    if source.policy.organisation.audience != "staff":
        return
    for index, standard in enumerate(source.policy.standards):
        if standard == "gb-t-19012":
            message = f"a procedure for staff cannot be measured against {standard}"
            remedy = "Remove it: the standard excludes employment disputes."
            yield at_key(source, "standard-for-staff", message, remedy, "standards", index)


def _check_clause_numbers(source: Edition) -> Iterator[Finding]:
    counted = Counter(clause.id for clause in source.clauses)
    for clause in source.clauses:
        if counted[clause.id] > 1:
            message = f"more than one clause has the number {clause.id}"
            yield in_text(clause, 0, "clause-repeated", message, "Renumber one of them.")


def _check_cited_clauses(source: Edition) -> Iterator[Finding]:
    known = {clause.id for clause in source.clauses}
    for placed in facts(source.policy):
        if placed.fact.clause not in known:
            message = f"procedure.md has no clause {placed.fact.clause!r}"
            remedy = "Cite the clause that says the fact, with its number in procedure.md."
            yield in_yaml(source, placed, "clause", "clause-unknown", message, remedy)


def _check_effective_day(source: Edition) -> Iterator[Finding]:
    """The clause that is said to give the day of taking effect gives it."""
    id, day = source.policy.effective_clause, source.policy.effective_from
    if id is None:
        return
    clause = source.clause(id)
    if clause is None:
        message = f"procedure.md has no clause {id!r}"
        remedy = "Cite the clause that says the fact, with its number in procedure.md."
        yield at_key(source, "clause-unknown", message, remedy, "effective_clause")
    elif day not in find_days(clause.words):
        message = f"clause {id} does not say {day}"
        remedy = "Correct the day, or remove effective_clause: then it is your own declaration."
        yield at_key(source, "number-not-in-text", message, remedy, "effective_from")
