"""Checks one edition of a policy: its facts, its text, its looks and its translations."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from functions.model.language import FIRST
from site_src.bilingual import Bilingual, enumeration
from site_src.check.calendar_rules import calendar_findings
from site_src.check.clause_rules import clause_findings
from site_src.check.drafts.draft_rules import draft_findings
from site_src.check.look_rules import check_looks
from site_src.check.meaning.rules import cited_clauses, meaning_findings
from site_src.check.reference_rules import reference_findings
from site_src.check.translation_rules import translation_findings
from site_src.languages import site_languages
from site_src.numbers.days import find_days
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, in_text, in_yaml
from site_src.policy.folders import organisation_folder
from site_src.policy.translation import unknown_language


def check_edition(source: Edition) -> tuple[Finding, ...]:
    """Every finding of an edition, in the order of the files."""
    cited = tuple(cited_clauses(source))
    findings = [
        *draft_findings(source),
        *_check_ids(source),
        *_check_languages(source),
        *_check_standards(source),
        *_check_clause_numbers(source),
        *reference_findings(source),
        *calendar_findings(source),
        *check_looks(source),
        *_check_cited_clauses(source),
        *_check_effective_day(source),
        *clause_findings(source, cited),
        *meaning_findings(source, cited),
        *translation_findings(source),
    ]
    return tuple(sorted(findings, key=lambda f: (str(f.file), f.line, f.column, f.code)))


def _check_ids(source: Edition) -> Iterator[Finding]:
    policy = source.policy
    name = organisation_folder(source.folder).name
    if policy.id != name:
        message = Bilingual(
            f"the id is {policy.id!r}, but the folder is {name!r}",
            f"id 写的是“{policy.id}”，文件夹却叫“{name}”",
        )
        remedy = Bilingual(
            f"Write `id: {name}`; the name becomes part of the address. If it was published as "
            f"{policy.id}, run `build.py rename {policy.id} {name}`.",
            f"请写成 `id: {name}`；这个名称会成为网址的一部分。如果曾以 {policy.id} 公布，"
            f"请运行 `build.py rename {policy.id} {name}`。",
        )
        yield at_key(source, "id-mismatch", message, remedy, "id")
    counted = Counter((placed.list, placed.id) for placed in source.facts)
    for placed in source.facts:
        if placed.id is not None and counted[(placed.list, placed.id)] > 1:
            message = Bilingual(
                f"more than one of the {placed.list} has the id {placed.id!r}",
                f"{placed.list} 中有不止一条的 id 是“{placed.id}”",
            )
            remedy = Bilingual("Rename one of them.", "请给其中一条换一个 id。")
            yield in_yaml(source, placed, "id", "id-repeated", message, remedy)


def _check_languages(source: Edition) -> Iterator[Finding]:
    """Nobody would see a text in a language in which the site has no pages."""
    known = {tongue.language for tongue in site_languages()}
    if source.policy.prevails in known:
        named = source.policy.prevails
        message = Bilingual(
            f"prevails names {named}, which the site has pages in",
            f"prevails 写的是 {named}，而网站有这种语言的页面",
        )
        remedy = Bilingual(
            f"Write the procedure in it and set `language: {named}`, or remove prevails.",
            f"请用这种语言写 procedure.md，并写 `language: {named}`；或者删去 prevails。",
        )
        yield at_key(source, "wrong-value", message, remedy, "prevails")
    for place in source.reading.positions:
        *above, key = place or ("",)
        own = (*above, source.policy.language) in source.reading.positions
        if (own or (*above, FIRST) in source.reading.positions) and key not in known:
            message, remedy = unknown_language(str(key), known)
            yield at_key(source, "language-unknown", message, remedy, *place)


def _check_standards(source: Edition) -> Iterator[Finding]:
    """ISO 10002, which GB/T 19012 adopts, excludes employment disputes (its clause 1)."""
    if source.policy.organisation.audience != "staff":
        return
    for index, standard in enumerate(source.policy.standards):
        if standard == "gb-t-19012":
            message = Bilingual(
                f"a procedure for staff cannot be measured against {standard}",
                f"面向本单位员工的办法不能对照 {standard} 评价",
            )
            remedy = Bilingual(
                "Remove it: the standard excludes employment disputes.",
                "请删去：该标准不适用于劳动争议。",
            )
            yield at_key(source, "standard-for-staff", message, remedy, "standards", index)


def _check_clause_numbers(source: Edition) -> Iterator[Finding]:
    counted = Counter(clause.id for clause in source.clauses)
    for clause in source.clauses:
        if counted[clause.id] > 1:
            message = Bilingual(
                f"more than one clause has the number {clause.id}",
                f"有不止一条的编号是 {clause.id}",
            )
            remedy = Bilingual("Renumber one of them.", "请给其中一条重新编号。")
            yield in_text(clause, 0, "clause-repeated", message, remedy)


def _check_cited_clauses(source: Edition) -> Iterator[Finding]:
    known = {clause.id for clause in source.clauses}
    for placed in source.facts:
        if placed.fact.clause not in known:
            message, remedy = _unknown_clause(source, placed.fact.clause)
            yield in_yaml(source, placed, "clause", "clause-unknown", message, remedy)


def _check_effective_day(source: Edition) -> Iterator[Finding]:
    """The clause that is said to give the day of taking effect gives it."""
    id, day = source.policy.effective_clause, source.policy.effective_from
    if id is None:
        return
    clause = source.clause(id)
    if clause is None:
        message, remedy = _unknown_clause(source, id)
        yield at_key(source, "clause-unknown", message, remedy, "effective_clause")
    elif day not in find_days(clause.words):
        days = sorted(said.isoformat() for said in find_days(clause.words))
        listed = enumeration(days) if days else Bilingual("no day", "没有写日期")
        message = Bilingual(
            "clause {id} does not say {day}; its days: {listed}",
            "条款“{id}”没有写 {day}；该条写的日期：{listed}",
        ).filled(id=id, day=day, listed=listed)
        first = days[0] if days else "…"
        remedy = Bilingual(
            f"Write `effective_from: {first}`, or remove effective_clause: then the day is your "
            "own declaration.",
            f"请写 `effective_from: {first}`；或者删去 effective_clause，"
            "这一天就是本单位自行声明的。",
        )
        yield at_key(source, "number-not-in-text", message, remedy, "effective_from")


def _unknown_clause(source: Edition, id: str) -> tuple[Bilingual, Bilingual]:
    """The message and the remedy for a clause that is cited and not there."""
    similar = get_close_matches(id, [clause.id for clause in source.clauses], n=1)
    example = similar[0] if similar else "…"
    message = Bilingual(f"procedure.md has no clause {id!r}", f"procedure.md 里没有“{id}”这一条")
    remedy = Bilingual(
        "Cite the clause that says the fact, with its number in procedure.md: "
        f'`clause: "{example}"`.',
        f'请引用写明此事的条款，编号照 procedure.md 中的写法：`clause: "{example}"`。',
    )
    return message, remedy
