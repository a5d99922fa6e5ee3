"""Compares the facts of a policy with each other and with the text they cite."""

import re
from collections import Counter
from collections.abc import Iterator

from site_src.clauses import Clause
from site_src.duration import find_durations
from site_src.facts import Placed, categories, facts
from site_src.finding import Code, Finding
from site_src.load import REVISIONS, Source
from site_src.policy import Channel, KindFact, LimitFact, Role, Route, Step
from site_src.reading import field_name

_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|\+?\b\d{3,4}-\d{3,4}-?\d{3,4}\b"  # 400-000-0000, 010-00000000
    r"|(?<=分机)\s*\d{2,6}\b"
)


def check(source: Source) -> tuple[Finding, ...]:
    """Every finding of a policy, in the order of the files."""
    found = [
        *_identity(source),
        *_standards(source),
        *_repeated_clauses(source),
        *_references(source),
        *_hours_known(source),
        *_clauses_known(source),
        *_limits_in_text(source),
        *_durations_claimed(source),
        *_contacts(source),
        *_roles_in_text(source),
        *_kinds_in_text(source),
    ]
    return tuple(sorted(found, key=lambda f: (str(f.file), f.line, f.column, f.code)))


def _in_yaml(
    source: Source, placed: Placed, key: str, code: Code, message: str, remedy: str
) -> Finding:
    at = source.position(*placed.path, key)
    return Finding(
        code=code,
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name((*placed.path, key)),
        clause=placed.fact.clause,
        message=message,
        remedy=remedy,
    )


def _in_text(
    source: Source, clause: Clause, offset: int, code: Code, message: str, remedy: str
) -> Finding:
    """A finding at `offset` of the clause's words."""
    before = clause.words[:offset]
    line = clause.lines[before.count("\n")]
    return Finding(
        code=code,
        file=line.file,
        line=line.number,
        column=line.column + offset - (before.rfind("\n") + 1),
        clause=clause.id,
        message=message,
        remedy=remedy,
    )


def _identity(source: Source) -> Iterator[Finding]:
    policy = source.policy
    folder = source.folder
    name = folder.parent.parent.name if folder.parent.name == REVISIONS else folder.name
    if policy.id != name:
        at = source.position("id")
        yield Finding(
            code="id-mismatch",
            file=at.file,
            line=at.line,
            column=at.column,
            field="id",
            message=f"the id is {policy.id!r}, the folder {name!r}",
            remedy="Give both the same name; it becomes part of the address.",
        )
    counted = Counter(
        (placed.list, placed.fact.id) for placed in facts(policy) if hasattr(placed.fact, "id")
    )
    for placed in facts(policy):
        if hasattr(placed.fact, "id") and counted[(placed.list, placed.fact.id)] > 1:
            message = f"{placed.fact.id!r} is the id of more than one of the {placed.list}"
            yield _in_yaml(source, placed, "id", "id-repeated", message, "Rename one of them.")


def _standards(source: Source) -> Iterator[Finding]:
    """ISO 10002, which GB/T 19012 adopts, leaves out employment disputes (its clause 1)."""
    if source.policy.organisation.audience != "staff":
        return
    for index, standard in enumerate(source.policy.standards):
        if standard == "gb-t-19012":
            at = source.position("standards", index)
            yield Finding(
                code="standard-for-staff",
                file=at.file,
                line=at.line,
                column=at.column,
                field=field_name(("standards", index)),
                message=f"a procedure for staff cannot be measured against {standard}",
                remedy="Remove it: the standard excludes employment disputes.",
            )


def _repeated_clauses(source: Source) -> Iterator[Finding]:
    counted = Counter(clause.id for clause in source.clauses)
    for clause in source.clauses:
        if counted[clause.id] > 1:
            message = f"the number {clause.id} stands more than once"
            yield _in_text(source, clause, 0, "clause-repeated", message, "Renumber one of them.")


def _references(source: Source) -> Iterator[Finding]:
    """Roles, categories, levels, limits and kinds that a fact names must exist."""
    policy = source.policy
    known: dict[str, set[str]] = {
        "role": {role.id for role in policy.roles},
        "category": {category.id for category in categories(policy)},
        "level": {level.id for level in policy.levels},
        "kind": {kind.id for kind in policy.kinds},
        "limits": {limit.id for limit in policy.limits},
    }
    for placed in facts(policy):
        for key, names in known.items():
            given = getattr(placed.fact, key, None)
            for name in (given,) if isinstance(given, str) else given or ():
                if name not in names:
                    message = f"there is no {key.removesuffix('s')} {name!r}"
                    remedy = f"Known are: {', '.join(sorted(names)) or 'none'}."
                    yield _in_yaml(source, placed, key, "reference-unknown", message, remedy)


def _hours_known(source: Source) -> Iterator[Finding]:
    """A limit within business hours needs the hours, else it would run through the night."""
    for placed in facts(source.policy):
        fact = placed.fact
        if (
            isinstance(fact, LimitFact)
            and fact.within_hours
            and not source.policy.organisation.hours
        ):
            message = "the organisation has no business hours"
            remedy = 'Add them: `organisation: {hours: {opens: "09:00", closes: "17:00"}}`.'
            yield _in_yaml(source, placed, "within_hours", "reference-unknown", message, remedy)


def _clauses_known(source: Source) -> Iterator[Finding]:
    known = {clause.id for clause in source.clauses}
    for placed in facts(source.policy):
        if placed.fact.clause not in known:
            message = f"procedure.md has no clause {placed.fact.clause!r}"
            remedy = "Cite the clause that says it, by the number it has in procedure.md."
            yield _in_yaml(source, placed, "clause", "clause-unknown", message, remedy)


def _limits_in_text(source: Source) -> Iterator[Finding]:
    for placed in facts(source.policy):
        fact, clause = placed.fact, source.clause(placed.fact.clause)
        if not isinstance(fact, LimitFact) or clause is None:
            continue
        durations = tuple(find_durations(clause.words))
        if not any(found.same(fact.value, fact.unit, fact.recurring) for found in durations):
            message = f"clause {clause.id} does not say {fact.value} {fact.unit}"
            said = "、".join(found.words for found in durations)
            remedy = f"It says: {said or 'no length of time'}. Mend the fact or the text."
            yield _in_yaml(source, placed, "value", "limit-not-in-text", message, remedy)


def _durations_claimed(source: Source) -> Iterator[Finding]:
    for clause in source.clauses:
        limits = [limit for limit in source.policy.limits if limit.clause == clause.id]
        for found in find_durations(clause.words):
            if not any(found.same(limit.value, limit.unit, limit.recurring) for limit in limits):
                message = f"clause {clause.id} says {found.words}, and no limit cites it for that"
                remedy = "Add the limit to policy.yaml, or mend the number in the text."
                yield _in_text(source, clause, found.start, "duration-unclaimed", message, remedy)


def _contacts(source: Source) -> Iterator[Finding]:
    """Telephone numbers, extensions and e-mail addresses, both ways."""
    channels = [placed for placed in facts(source.policy) if isinstance(placed.fact, Channel)]
    claimed: set[tuple[str, str]] = set()
    for placed in channels:
        channel = placed.fact
        assert isinstance(channel, Channel)
        clause = source.clause(channel.clause)
        if channel.value is None or clause is None:
            continue
        claimed.add((clause.id, channel.value))
        if channel.value not in clause.words:
            message = f"clause {clause.id} does not say {channel.value!r}"
            remedy = "Mend the channel's value or the text."
            yield _in_yaml(source, placed, "value", "contact-not-in-text", message, remedy)
    for clause in source.clauses:
        for match in _CONTACT.finditer(clause.words):
            if (clause.id, match[0].strip()) not in claimed:
                message = f"clause {clause.id} says {match[0].strip()}, and no channel claims it"
                remedy = "Add the channel to policy.yaml, or mend the text."
                yield _in_text(source, clause, match.start(), "contact-unclaimed", message, remedy)


def _roles_in_text(source: Source) -> Iterator[Finding]:
    """A role is named in the clause that gives it its duty and in those of its acts."""
    roles = {role.id: role for role in source.policy.roles}
    for placed in facts(source.policy):
        fact, clause = placed.fact, source.clause(placed.fact.clause)
        if clause is None or not isinstance(fact, Role | Route | Step | LimitFact):
            continue
        role = fact if isinstance(fact, Role) else roles.get(fact.role or "")
        if role is None:
            continue
        names = (role.name.words("zh-CN"), *role.says)
        if not any(name in clause.words for name in names):
            key = "name" if isinstance(fact, Role) else "role"
            message = f"clause {clause.id} does not name {' or '.join(names)}"
            remedy = "Cite the clause that names the role, or list the text's word under says."
            yield _in_yaml(source, placed, key, "role-not-in-text", message, remedy)


def _kinds_in_text(source: Source) -> Iterator[Finding]:
    for placed in facts(source.policy):
        fact, clause = placed.fact, source.clause(placed.fact.clause)
        if isinstance(fact, KindFact) and clause is not None:
            name = fact.name.words("zh-CN")
            if name not in clause.words:
                message = f"clause {clause.id} does not name {name}"
                remedy = "Cite the clause that says what this kind is, in the text's own word."
                yield _in_yaml(source, placed, "name", "kind-not-in-text", message, remedy)
