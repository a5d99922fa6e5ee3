"""Pages and mails as the build left them, with slots that only a filing can fill.

A skeleton is a page cut at its slots, so that what a filer gets back is the very page they
opened, under any version, and no template engine runs when a filing is accepted.
"""

from collections.abc import Mapping
from datetime import date, datetime

from markupsafe import Markup, escape
from pydantic import ConfigDict, RootModel

from functions.clock import Due
from functions.contract import (
    LANGUAGES,
    Contract,
    FormField,
    Frozen,
    Kind,
    KindId,
    Language,
    Limit,
    Unit,
)
from functions.receipt import Milestone
from functions.submission import Problem, Submission

Values = Mapping[str, str]

HIDDEN = Markup(" hidden")
"""The attribute of a part that has nothing to say."""


class Skeleton(RootModel[tuple[str, ...]]):
    """Literal text and slot names, alternating; it starts and ends with text."""

    model_config = ConfigDict(frozen=True)

    def html(self, values: Values) -> Markup:
        """The page; a value that is not Markup is escaped, a slot without value is empty."""
        return Markup(
            "".join(
                escape(values.get(part, "")) if index % 2 else part
                for index, part in enumerate(self.root)
            )
        )

    def text(self, values: Values) -> str:
        """The same as plain text."""
        return "".join(
            values.get(part, "") if index % 2 else part for index, part in enumerate(self.root)
        )


class Words(Frozen):
    """The function's own vocabulary in one language."""

    language: Language
    messages: dict[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def say(self, message: str, **values: object) -> str:
        """A message with its values in place."""
        return self.messages[message].format(**values)

    def day(self, day: date) -> str:
        """A date with its weekday."""
        return self.say(
            "date",
            year=day.year,
            month=day.month,
            month_name=self.months[day.month - 1],
            day=day.day,
            weekday=self.weekdays[day.weekday()],
        )

    def moment(self, at: datetime) -> str:
        """A date with the time of day."""
        return self.say("moment", date=self.day(at.date()), time=f"{at:%H:%M}")

    def length(self, value: int, unit: Unit, recurring: bool = False) -> str:
        """A length of time, `1 day` or `2 days`, or a frequency, `4 times a year`."""
        if recurring:
            return self.say(f"times_{unit}", value=value)
        return self.say(f"length_{unit}{'_one' if value == 1 else ''}", value=value)

    def due(self, due: Due) -> str:
        """The end of a period; midnight is 24:00 of its last day (Civil Code article 203)."""
        at_end = due.at.date() != due.day
        time = "24:00" if at_end else f"{due.at:%H:%M}"
        return self.say("due", date=self.day(due.day), time=time)


class KindSkeletons(Frozen):
    """What one kind of filing shows and sends."""

    form: Skeleton
    receipt: Skeleton
    receipt_text: Skeleton
    status: Skeleton
    acknowledgement_subject: Skeleton
    acknowledgement_text: Skeleton
    acknowledgement_html: Skeleton
    notice_subject: Skeleton
    notice_text: Skeleton
    undelivered_subject: Skeleton
    undelivered_text: Skeleton


class Fragments(Frozen):
    """Pieces that repeat: one each for an error, an answer and a milestone."""

    problem: Skeleton
    field_problem: Skeleton
    answer: Skeleton
    answer_text: Skeleton
    milestone: Skeleton
    milestone_text: Skeleton


class KindPages(Frozen):
    """The pages of one contract in one language."""

    words: Words
    fragments: Fragments
    kinds: dict[KindId, KindSkeletons]


class SitePages(Frozen):
    """The pages that belong to no organisation, in one language."""

    words: Words
    track: Skeleton
    notice: Skeleton


def limit_words(words: Words, limit: Limit) -> str:
    """The limit itself: `5 working days from …`."""
    length = words.length(limit.value, limit.unit, limit.recurring)
    return words.say("limit", length=length, event=words.say("from_" + limit.starts))


def note_words(words: Words, contract: Contract, due: Due) -> str:
    """Which days were skipped and why, and whether the date could still move."""
    skipped = words.say("list_separator").join(
        words.say(
            "skipped_day",
            date=words.say("short_date", month=skip.day.month, day=skip.day.day),
            reason=words.say("weekend")
            if skip.reason == "weekend"
            else contract.calendar.names[skip.reason].words(words.language),
        )
        for skip in due.skipped
    )
    notes = [words.say("skipped", days=skipped)] if skipped else []
    if due.provisional:
        known = contract.calendar
        code, year = ("", known.last) if due.day.year > known.last else ("_past", known.first)
        notes.append(words.say(f"provisional{code}", year=year))
    return " ".join(notes)


def answer_words(words: Words, field: FormField, submission: Submission) -> str:
    """An answer as a person reads it; empty where there is none."""
    value = getattr(submission, field.name)
    if value is None or value is False:
        return ""
    if value is True:
        return words.say("yes")
    if isinstance(value, date):
        return words.day(value)
    for choice in field.choices:
        if choice.value == value:
            label = choice.label.words(words.language)
            group = choice.group and choice.group.words(words.language)
            return words.say("nested", group=group, label=label) if group else label
    return str(value)


def answers_html(pages: KindPages, kind: Kind, submission: Submission) -> Markup:
    """What was received, question by question."""
    return Markup().join(
        pages.fragments.answer.html({"label": label, "value": value})
        for label, value in _answers(pages.words, kind, submission)
    )


def answers_text(pages: KindPages, kind: Kind, submission: Submission) -> str:
    """What was received, as plain text."""
    return "".join(
        pages.fragments.answer_text.text({"label": label, "value": value})
        for label, value in _answers(pages.words, kind, submission)
    )


def _answers(words: Words, kind: Kind, submission: Submission) -> list[tuple[str, str]]:
    rows = (
        (field.label.words(words.language), answer_words(words, field, submission))
        for field in kind.fields
    )
    return [(label, value) for label, value in rows if value]


def milestones_html(
    pages: KindPages, contract: Contract, dated: tuple[Milestone, ...], site: str = ""
) -> Markup:
    """What happens next, each with its clause."""
    return Markup().join(
        pages.fragments.milestone.html(milestone_words(pages.words, contract, milestone, site))
        for milestone in dated
    )


def milestones_text(pages: KindPages, contract: Contract, dated: tuple[Milestone, ...]) -> str:
    """What happens next, as plain text."""
    return "".join(
        pages.fragments.milestone_text.text(milestone_words(pages.words, contract, milestone))
        for milestone in dated
    )


def milestone_words(
    words: Words, contract: Contract, milestone: Milestone, site: str = ""
) -> dict[str, str]:
    """What is said of a milestone, slot by slot; `site` makes its link absolute."""
    limit = milestone.limit
    prefix = "" if words.language == LANGUAGES[0] else f"/{words.language}"
    page = f"{site}{prefix}/{contract.organisation}/versions/{contract.version}/"
    note = note_words(words, contract, milestone.due) if milestone.due else ""
    if limit.note:
        note = " ".join(filter(None, (limit.note.words(words.language), note)))
    late = words.say("late") if milestone.late else ""
    note_text = " ".join(filter(None, (late, note)))
    return {
        "action": limit.action.words(words.language),
        "role": limit.role.words(words.language) if limit.role else words.say(limit.party),
        "clause": limit.clause,
        "href": f"{page}#clause-{limit.clause}",
        "limit": limit_words(words, limit),
        "due": words.due(milestone.due) if milestone.due else words.say("not_yet"),
        "datetime": Markup(' datetime="{}"').format(milestone.due.at.isoformat())
        if milestone.due
        else "",
        "late": late,
        "note": note,
        "note_text": f"\n  {note_text}" if note_text else "",
    }


def problem_words(words: Words, kind: Kind, problem: Problem) -> str:
    """What is wrong with an answer and what to do about it."""
    for field in kind.fields:
        if field.name == problem.name:
            label = field.label.words(words.language)
            chosen = problem.code == "required" and field.input == "choice"
            code = "choose" if chosen else problem.code
            return words.say(f"problem_{code}", label=label, longest=field.longest)
    return words.say("problem_" + problem.code, label=problem.name, longest=0)


def form_page(
    pages: KindPages,
    contract: str,
    kind_id: KindId,
    kind: Kind,
    answers: Values,
    problems: tuple[Problem, ...],
    notice: str = "",
) -> Markup:
    """The form with every word that was sent, and what is wrong beside each answer."""
    values: dict[str, str] = {"contract": contract, "notice": notice}
    for field in kind.fields:
        answer = answers.get(field.name, "")
        values[f"value.{field.name}"] = answer
        if answer:
            values[f"selected.{field.name}.{answer}"] = Markup(" selected")
            values[f"checked.{field.name}.{answer}"] = Markup(" checked")
    summary: list[Markup] = []
    for problem in problems:
        said = {"name": problem.name, "words": problem_words(pages.words, kind, problem)}
        summary.append(pages.fragments.problem.html(said))
        values[f"problem.{problem.name}"] = pages.fragments.field_problem.html(said)
        values[f"invalid.{problem.name}"] = Markup(' aria-invalid="true"')
        values[f"described.{problem.name}"] = Markup(f" {escape(problem.name)}-problem")
    if problems:
        values["title_prefix"] = pages.words.say("title_prefix")
        values["problems"] = Markup().join(summary)
        values["summary_hidden"] = ""
    else:
        values["summary_hidden"] = HIDDEN
    values["notice_hidden"] = "" if notice else HIDDEN
    return pages.kinds[kind_id].form.html(values)
