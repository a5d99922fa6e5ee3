"""The form of one act: its questions, and what the procedure fixes of the answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from functions.model.acts import KEEPS, PERSON, TELLS
from functions.model.contract.terms import INSIDE, StaffAct
from functions.model.desk.staff import StaffMember
from functions.model.progress import LimitProgress
from functions.views.case_file import CaseFile
from functions.views.desk.case.act_questions import ACT_QUESTIONS, NEEDS_TEXT
from functions.views.desk.case.clauses import ClauseMark, clause_mark
from functions.views.desk.case.limits import LimitRow, limit_row, limit_sentence
from functions.views.desk.case.people import People
from functions.views.desk.case.replies import ReadyReply
from functions.views.desk.case.thread import ThreadRow
from functions.views.desk.case.turn import StepRow


@dataclass(frozen=True)
class ActOption:
    """One answer to choose; `hint` says when it is the right one, by the `clause`.

    It is `near` if the procedure names it; the others are behind a word. `late` is how late a limit
    is.
    """

    value: str
    label: str | Markup
    hint: str = ""
    clause: ClauseMark | None = None
    is_chosen: bool = False
    is_near: bool = False
    late: str = ""


@dataclass(frozen=True)
class ActForm:
    """The form: the answers that were sent go back into it, each with what is wrong with it.

    `values` are answers by the name of the field, `problems` are words by the name of the field.
    `rows` are the entries that the act is about: what is taken back, consented to or sent.
    `keeps` are limits that people can say the act kept, `kept` those that it keeps by itself.
    `replies` are texts that the written one can begin with.
    """

    act: StaffAct
    is_inside: bool
    needs_text: bool
    questions: tuple[str, ...]
    values: Mapping[str, str]
    problems: tuple[tuple[str, str], ...]
    once: str
    steps: tuple[StepRow, ...]
    kept: tuple[LimitRow, ...]
    keeps: tuple[ActOption, ...]
    levels: tuple[ActOption, ...]
    events: tuple[ActOption, ...]
    roles: tuple[ActOption, ...]
    colleagues: tuple[ActOption, ...]
    tells: tuple[ActOption, ...]
    extends: tuple[ActOption, ...]
    answers: bool
    barred: tuple[ActOption, ...]
    rows: tuple[ThreadRow, ...]
    measures: tuple[ActOption, ...]
    replies: tuple[ReadyReply, ...]
    first_day: str
    today: str

    @property
    def shown_proposals(self) -> str:
        """The moments of the proposals that the form shows, for SHOWN_PROPOSALS."""
        proposed = (row.at.isoformat() for row in self.rows if row.act == "proposed")
        return " ".join(proposed) if self.act != "corrected" else ""

    def value(self, name: str) -> str:
        """The answer that goes back into a field."""
        return self.values.get(name, "")

    def problem(self, name: str) -> str:
        """What is wrong with an answer; empty if nothing is."""
        return next((words for field, words in self.problems if field == name), "")


@dataclass(frozen=True)
class Choices:
    """What the form of an act can offer on this case.

    `suggested` is whom the procedure has the case handed on to; `tells` are the roles that it has
    told. `kept` are the limits that the act keeps by itself, `may_keep` those that the steps of the
    procedure have it keep. `extensions` are the limits that make another longer; with `answers`,
    the act can be about an answer in place of one. `conditions` say for which roles the procedure
    names a condition, each with its clause. `barred` are the people who can be kept from the case.
    `rows` are the entries that the act is about; it is `fixed` if nothing of them can be changed.
    `measures` are those of which nobody has said that they were carried out, `replies` what the
    organisation has ready to write.
    """

    staff: Mapping[str, StaffMember]
    roles: tuple[str, ...]
    suggested: str | None
    tells: tuple[str, ...]
    kept: tuple[LimitProgress, ...]
    may_keep: tuple[LimitProgress, ...]
    events: tuple[str, ...]
    conditions: Mapping[str, tuple[str, str]]
    extensions: tuple[LimitProgress, ...] = ()
    answers: bool = False
    barred: Mapping[str, StaffMember] = field(default_factory=dict)
    rows: tuple[ThreadRow, ...] = ()
    measures: tuple[ActOption, ...] = ()
    replies: tuple[ReadyReply, ...] = ()
    fixed: bool = False


def level_options(file: CaseFile, values: Mapping[str, str]) -> tuple[ActOption, ...]:
    """The levels that staff can give to the case."""
    language = file.pages.words.language
    return tuple(
        ActOption(x.value, x.label.words(language), is_chosen=values.get("level") == x.value)
        for x in file.kind.levels
    )


def event_options(
    file: CaseFile, known: tuple[str, ...], values: Mapping[str, str]
) -> tuple[ActOption, ...]:
    """The events of the policy that can be recorded now."""
    language = file.pages.words.language
    return tuple(
        ActOption(x.id, x.name.words(language), is_chosen=values.get("event") == x.id)
        for x in file.kind.events
        if x.id in known
    )


def role_options(
    file: CaseFile, people: People, choices: Choices, values: Mapping[str, str]
) -> tuple[ActOption, ...]:
    """The roles that the case can be handed on to, first whom the procedure names."""
    wanted = values.get("to", choices.suggested)
    ordered = sorted(choices.roles, key=lambda role: role != choices.suggested)
    found: list[ActOption] = []
    for role in ordered:
        hint, clause = choices.conditions.get(role, ("", ""))
        mark = clause_mark(file, clause) if clause else None
        near = role == choices.suggested or bool(clause)
        chosen = role == wanted
        found.append(ActOption(role, people.role(role), hint, mark, chosen, near))
    return tuple(found)


def colleague_options(
    people: People, choices: Choices, values: Mapping[str, str]
) -> tuple[ActOption, ...]:
    """The people that the case can be handed on to, with their roles."""
    return tuple(
        ActOption(
            f"{PERSON}{mark}",
            member.name,
            hint=", ".join(people.list_roles(member.roles)),
            is_chosen=values.get("to") == f"{PERSON}{mark}",
        )
        for mark, member in choices.staff.items()
    )


def told_options(
    people: People, choices: Choices, values: Mapping[str, str], is_sent: bool
) -> tuple[ActOption, ...]:
    """The roles that can be told, with those ticked that the procedure has told."""
    ordered = sorted(choices.roles, key=lambda role: role not in choices.tells)
    return tuple(
        ActOption(
            f"{TELLS}{role}",
            people.role(role),
            is_chosen=(values.get(f"{TELLS}{role}") == "yes" if is_sent else role in choices.tells),
            is_near=role in choices.tells,
        )
        for role in ordered
    )


def keep_options(
    file: CaseFile, act: StaffAct, choices: Choices, values: Mapping[str, str], is_sent: bool
) -> tuple[ActOption, ...]:
    """The organisation's open limits that the act does not keep by itself.

    Those are ticked that the steps of the procedure have it keep.
    """
    kept = {step.milestone.limit.id for step in choices.kept}
    near = {step.milestone.limit.id for step in choices.may_keep}
    ticked = near if act != "done" else set()
    found = [step for step in file.progress.open_steps if step.milestone.limit.id not in kept]
    return tuple(
        _limit_option(file, step, values, is_sent, ticked, near)
        for step in sorted(found, key=lambda step: step.milestone.limit.id not in near)
    )


def extension_options(
    file: CaseFile, choices: Choices, values: Mapping[str, str]
) -> tuple[ActOption, ...]:
    """The limits by which another can be made longer; the only one is chosen."""
    found = choices.extensions
    only = found[0].milestone.limit.id if len(found) == 1 and not choices.answers else None
    wanted = values.get("extends", only)
    return tuple(
        ActOption(
            step.milestone.limit.id,
            limit_sentence(file, step.milestone.limit),
            hint=limit_row(file, step).length,
            clause=clause_mark(file, step.milestone.limit.clause),
            is_chosen=step.milestone.limit.id == wanted,
        )
        for step in found
    )


def barred_options(choices: Choices, values: Mapping[str, str]) -> tuple[ActOption, ...]:
    """The members of staff who can be kept from the case, besides the reader."""
    return tuple(
        ActOption(mark, member.name, is_chosen=values.get("barred") == mark)
        for mark, member in choices.barred.items()
    )


def _limit_option(
    file: CaseFile,
    step: LimitProgress,
    values: Mapping[str, str],
    is_sent: bool,
    ticked: Collection[str],
    near: Collection[str],
) -> ActOption:
    row, id_ = limit_row(file, step), step.milestone.limit.id
    return ActOption(
        f"{KEEPS}{id_}",
        row.duty,
        row.when,
        row.clause,
        is_chosen=values.get(f"{KEEPS}{id_}") == "yes" if is_sent else id_ in ticked,
        is_near=id_ in near,
        late=row.late,
    )


def act_form(
    file: CaseFile,
    people: People,
    act: StaffAct,
    choices: Choices,
    values: Mapping[str, str],
    problems: tuple[tuple[str, str], ...],
    once: str,
    steps: tuple[StepRow, ...] = (),
    is_sent: bool = False,
) -> ActForm:
    """The form of an act; `is_sent` says that `values` come from it and were not recorded."""
    asked = ACT_QUESTIONS[act]
    if choices.fixed:
        asked = tuple(each for each in asked if each in ("delivered", "when"))
    elif act == "proposed" and not choices.answers:
        asked = ("extends", "text")
    elif act == "measure" and file.progress.state == "closed":
        asked = ("carried_out", "text")
    return ActForm(
        act=act,
        is_inside=act in INSIDE or any(row.is_inside for row in choices.rows),
        needs_text=act in NEEDS_TEXT,
        questions=asked,
        values=values,
        problems=problems,
        once=once,
        steps=steps,
        kept=tuple(limit_row(file, step) for step in choices.kept),
        keeps=keep_options(file, act, choices, values, is_sent),
        levels=level_options(file, values),
        events=event_options(file, choices.events, values),
        roles=role_options(file, people, choices, values),
        colleagues=colleague_options(people, choices, values),
        tells=told_options(people, choices, values, is_sent),
        extends=extension_options(file, choices, values),
        answers=choices.answers,
        barred=barred_options(choices, values),
        rows=choices.rows,
        measures=choices.measures,
        replies=choices.replies,
        first_day=file.local(file.case.received_at).date().isoformat(),
        today=file.today.isoformat(),
    )
