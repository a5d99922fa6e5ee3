"""Renders the part of the handling page that depends on who reads it: acts and their fields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from functions.model.acts import SHOWN_PROPOSALS
from functions.model.contract.procedure import Step
from functions.model.contract.terms import Outcome, StaffAct
from functions.model.pages.vocabulary import Vocabulary
from functions.views.case_file import CaseFile
from functions.views.status.act_words import kind_of_act
from functions.views.wording.citations import cite

_ACT = Markup(
    '<label class="check"><input type="radio" name="act" value="{act}" required{checked}>'
    "<span>{name}{steps}</span></label>"
)
_STEP = Markup('<br><small class="note">{action} ({clause})</small>')
_FIELD = Markup('<div class="field"><label for="{name}">{label}</label>{problem}{field}</div>')
_GROUP = Markup(
    '<fieldset class="field" id="{name}" tabindex="-1"><legend>{label}</legend>{problem}{field}'
    "</fieldset>"
)
_SELECT = Markup('<select id="{name}" name="{name}"><option value="">{none}</option>{options}')
_OPTION = Markup('<option value="{value}"{selected}>{label}</option>')
_TICK = Markup(
    '<label class="check"><input type="checkbox" name="{name}" value="yes"{checked}>'
    "<span>{label}</span></label>"
)
_LINE = Markup('<input id="{name}" name="{name}" type="{type}" value="{value}" maxlength="{most}">')
_HIDDEN = Markup('<input type="hidden" name="{}" value="{}">')
_TEXT = Markup('<textarea id="{name}" name="{name}" rows="3" maxlength="5000">{value}</textarea>')
_ANSWERS: frozenset[StaffAct] = frozenset(("decision", "proposed"))
_JUDGED: frozenset[StaffAct] = frozenset(("accepted", "not_accepted"))


@dataclass(frozen=True)
class Option:
    """Something to choose: the value that the form sends, and what people read."""

    value: str
    label: str


@dataclass(frozen=True)
class OfferedAct:
    """An act that the reader may record, with the steps that have it come next."""

    act: StaffAct
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class StaffForm:
    """What the reader of a staff link may record, and what there is to choose for it.

    `once` is a random text that tells a form that is sent twice. `shown_proposals` are the moments
    of the proposals that the page shows and its reader can consent to or send. `keeps` says whether
    the reader can say which time limits an act keeps.
    """

    acts: tuple[OfferedAct, ...]
    to: tuple[Option, ...] = ()
    tells: tuple[Option, ...] = ()
    extends: tuple[Option, ...] = ()
    corrects: tuple[Option, ...] = ()
    barred: tuple[Option, ...] = ()
    once: str = ""
    shown_proposals: tuple[str, ...] = ()
    keeps: bool = True

    def offers(self, acts: Iterable[StaffAct]) -> bool:
        """Whether one of these acts is offered."""
        return not {offered.act for offered in self.acts}.isdisjoint(acts)


def acts_html(file: CaseFile, form: StaffForm, fields: Mapping[str, str]) -> Markup:
    """The acts to choose from, those that come next with their steps and clauses."""
    words = file.pages.words
    return Markup().join(
        _ACT.format(
            act=offered.act,
            checked=Markup(" checked") if fields.get("act") == offered.act else "",
            name=kind_of_act(words, offered.act, "organisation"),
            steps=Markup().join(
                _STEP.format(
                    action=step.action.marked(words.language), clause=cite(words, step.clause)
                )
                for step in offered.steps
            ),
        )
        for offered in form.acts
    )


def staff_fields_html(
    words: Vocabulary, form: StaffForm, fields: Mapping[str, str], problems: Mapping[str, str]
) -> Markup:
    """The fields of the acts that are offered; `problems` are messages by `problem.<name>`."""
    shown = Markup().join(_Fields(words, form, fields, problems).each())
    hidden = {"once": form.once, SHOWN_PROPOSALS: " ".join(form.shown_proposals)}
    return shown + Markup().join(_HIDDEN.format(*each) for each in hidden.items() if each[1])


@dataclass(frozen=True)
class _Fields:
    """The fields of one form, with what was sent and what was wrong with it."""

    words: Vocabulary
    form: StaffForm
    sent: Mapping[str, str]
    problems: Mapping[str, str]

    def each(self) -> Iterator[Markup]:
        """The fields, as far as an act that needs them is offered."""
        form = self.form
        if form.offers(("forwarded",)):
            yield self._select("to", form.to)
        if form.offers(("told",)) and form.tells:
            yield self._ticks("tells", form.tells)
        if form.offers(_ANSWERS):
            outcomes = (Option(each, self.words.say(f"outcome_{each}")) for each in _OUTCOMES)
            yield self._select("outcome", tuple(outcomes))
            yield self._field("remedy", _TEXT.format(name="remedy", value=self._value("remedy")))
        if form.offers(_JUDGED):
            yield self._line("clause", most=40)
        if form.extends:
            yield self._select("extends", form.extends)
        if form.offers(("measure",)):
            yield self._line("owner")
            yield self._line("until", type_="date")
        if form.barred:
            yield self._select("barred", form.barred)
        if form.corrects:
            yield self._select("corrects", form.corrects)

    def _select(self, name: str, options: tuple[Option, ...]) -> Markup:
        chosen = self._value(name)
        listed = Markup().join(
            _OPTION.format(
                value=option.value,
                label=option.label,
                selected=Markup(" selected") if option.value == chosen else "",
            )
            for option in options
        )
        none = self.words.say("please_choose")
        field = _SELECT.format(name=name, none=none, options=listed) + Markup("</select>")
        return self._field(name, field)

    def _ticks(self, name: str, options: tuple[Option, ...]) -> Markup:
        ticks = Markup().join(
            _TICK.format(
                name=f"{name}.{option.value}",
                label=option.label,
                checked=Markup(" checked")
                if self._value(f"{name}.{option.value}") == "yes"
                else "",
            )
            for option in options
        )
        return self._field(name, ticks, _GROUP)

    def _line(self, name: str, type_: str = "text", most: int = 200) -> Markup:
        field = _LINE.format(name=name, type=type_, value=self._value(name), most=most)
        return self._field(name, field)

    def _field(self, name: str, field: Markup, shape: Markup = _FIELD) -> Markup:
        return shape.format(
            name=name,
            label=self.words.say(f"staff_{name}"),
            problem=self.problems.get(f"problem.{name}", ""),
            field=field,
        )

    def _value(self, name: str) -> str:
        return self.sent.get(name, "")


_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
