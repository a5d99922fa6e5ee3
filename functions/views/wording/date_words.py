"""How dates are said: the end of a period, why it lies there, whether it moved, how late one is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from functions.model.contract.contract import Contract
from functions.model.contract.kind import NamedEvent
from functions.model.contract.limit import Limit
from functions.model.deadlines.calendar import Calendar
from functions.model.deadlines.counting import Due, Skipped
from functions.model.deadlines.milestones import Milestone, Stop
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import InWords, Text
from functions.views.wording.citations import cite
from functions.views.wording.timings import timing_words

if TYPE_CHECKING:  # a form says nothing of how a case stands
    from functions.model.deadlines.lateness import Lateness
    from functions.model.deadlines.latest_answer import LatestAnswer
    from functions.model.progress import LimitProgress

_HOUR_MINUTES = 60


@dataclass(frozen=True)
class DateWords:
    """Says the dates of one contract in one language, on the days off that are known now.

    `events` are those that the policy names for the kind of filing.
    """

    words: Vocabulary
    contract: Contract
    calendar: Calendar
    events: tuple[NamedEvent, ...]

    def zone(self, at: datetime) -> str:
        """The time zone of a moment: `China time (UTC+8)`; of old contracts the offset alone."""
        minutes = round((at.utcoffset() or timedelta()).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), _HOUR_MINUTES)
        sign = "+" if minutes >= 0 else "−"
        offset = f"{sign}{hours}" + (f":{rest:02}" if rest else "")
        if self.contract.zone_name is None:
            return self.words.say("zone_unnamed", offset=offset)
        name = self.contract.zone_name.words(self.words.language)
        return self.words.say("zone", name=name, offset=offset)

    def zone_name(self, at: datetime) -> str:
        """The time zone in a sentence: `China time`; of old contracts the offset."""
        if self.contract.zone_name is None:
            return self.zone(at)
        return self.contract.zone_name.words(self.words.language)

    def moment(self, at: datetime) -> str:
        """A moment, local to the organisation, with its time zone."""
        return self.words.say("moment_in", moment=self.words.moment(at), zone=self.zone(at))

    def due(self, due: Due) -> str:
        """The end of a period; midnight is the end of its last day (Civil Code, article 203)."""
        date, zone = self.words.day(due.day), self.zone(due.at)
        form = "open" if due.provisional else "due"
        if due.at.date() != due.day:
            return self.words.say(f"{form}_end", date=date, zone=zone)
        return self.words.say(f"{form}_at", date=date, time=f"{due.at:%H:%M}", zone=zone)

    def ends(self, milestone: Milestone, due: Due, in_words: InWords = Text.words) -> str:
        """The end of a limit, where no sentence says what it is: with its condition, if any."""
        limit, words = milestone.limit, self.words
        if not limit.is_conditional:
            message = "not_before" if limit.not_before else self._last_day("by", due)
            return words.say(message, due=self.due(due))
        message = "if_extended" if limit.extends else "if_condition"
        if limit.extends and limit.condition:
            message = "if_extended_condition"
        message = f"{message}_open" if limit.not_before else self._last_day(message, due)
        template = words.messages[message]
        if limit.condition is None:
            return template.format(due=self.due(due))
        condition = in_words(limit.condition, words.language)
        return type(condition)(template).format(condition=condition, due=self.due(due))

    def latest_answer(self, answer: "LatestAnswer") -> str:
        """By when there must be an answer, and by when at the latest if its time is extended.

        Empty in the words of contracts before 0.2.0, which lack the sentence.
        """
        words, certain, possible = self.words, answer.certain, answer.possible
        if "answer_unset" not in words.messages:
            return ""
        said: list[str] = []
        if certain is not None and certain.due is not None:
            said.append(words.say(self._last_day("by", certain.due), due=self.due(certain.due)))
        if possible is not None and possible.due is not None and possible != certain:
            said.append(self.ends(possible, possible.due))
        unknown = "not_yet" if answer.undated and "not_yet" in words.messages else "answer_unset"
        return words.say("sentence_separator").join(said) or words.say(unknown)

    def _last_day(self, message: str, due: Due) -> str:
        """The message of an end; one that may move is the earliest that the last day can be."""
        if not due.provisional:
            return message
        if f"{message}_provisional" in self.words.messages:
            return f"{message}_provisional"
        return "not_before" if message == "by" else f"{message}_open"  # Before 0.2.0.

    def undated(self, milestone: Milestone, in_words: InWords = Text.words) -> str:
        """Why a limit has no date: its event has not happened, or the procedure names none.

        While a clock is stopped, since when and why.
        """
        stop = milestone.stopped
        if stop is not None:
            reason = in_words(stop.suspension.text, self.words.language)
            return type(reason)(self.words.messages["clock_stopped"]).format(
                date=self.words.day(stop.begins.date()),
                reason=reason,
                clause=stop.suspension.clause,
                cited=cite(self.words, stop.suspension.clause),
            )
        unstated = milestone.limit.counted_from == "unstated"
        return self.words.say("no_last_day" if unstated else "not_yet")

    def note(self, milestone: Milestone) -> str:
        """Which days were passed over and why, and what moved the date or may still move it."""
        due = milestone.due
        if due is None:
            return ""
        notes = [self._stood_still(stop, stop.ends) for stop in milestone.stops if stop.ends]
        if due.skipped:
            message = "skipped_end" if due.moved else "skipped"
            notes.append(self.words.say(message, days=self._days(due.skipped)))
        if milestone.moved_from is not None:
            notes.append(self._moved(milestone.moved_from, due))
        if due.provisional:
            ahead = due.day.year >= self.calendar.last
            code, year = (
                ("_open", self.calendar.last + 1) if ahead else ("_past", self.calendar.first)
            )
            notes.append(self.words.say(f"provisional{code}", year=year))
        return " ".join(notes)

    def late_by(self, lateness: "Lateness") -> str:
        """How late something is, in the unit of its limit."""
        if lateness.unit != "minute":
            if lateness.value == 0:
                return self.words.say("less_than_a_day")
            return self.words.length(lateness.value, lateness.unit)
        return timing_words(self.words, lateness.value, "minute")

    def progress(self, progress: "LimitProgress") -> str:
        """When a limit was kept, was to be kept or is due, in a sentence."""
        due = progress.milestone.due
        if progress.milestone.limit.is_window:
            return self.window(progress.milestone)
        if progress.done:
            return self._done(progress, progress.done)
        if due is None:
            return self.undated(progress.milestone)
        if progress.overdue and progress.lateness:
            late = self.late_by(progress.lateness)
            return self.words.say("overdue", due=self.due(due), late=late)
        limit = progress.milestone.limit
        if limit.not_before and not limit.is_conditional:
            return self.words.say("due_provisional", due=self.due(due))
        if limit.is_conditional or due.provisional:
            return self.words.say("sentence", words=self.ends(progress.milestone, due))
        return self.words.say("was_due" if progress.passed else "due_by", due=self.due(due))

    def window(self, milestone: Milestone, named: bool = False) -> str:
        """Whether the filing was in time; empty if the end of its time to file is unknown.

        If the procedure names no start, there is no last day, and that is said. `named` says which
        time it is, where there are several.
        """
        if milestone.limit.counted_from == "unstated":
            return self.words.say("sentence", words=self.undated(milestone))
        if milestone.due is None or milestone.due.provisional:
            return ""
        message = "window_missed" if milestone.late else "window_used"
        due, clause = self.due(milestone.due), milestone.limit.clause
        cited = cite(self.words, clause)
        if named:
            limit = self.words.limit(milestone.limit, self.events)
            cited = self.words.say("nested", group=cited, label=limit)
        said = self.words.say(message, due=due, clause=clause, cited=cited)
        return self._in_case(milestone.limit, said)

    def window_over(self, milestone: Milestone, at: datetime) -> str:
        """That the time to file has ended before `at`, and that one may still file."""
        due = milestone.due
        if due is None or not milestone.late:
            return ""
        ago = self._ago((at.astimezone(due.at.tzinfo).date() - due.day).days)
        return self._time_to_file(milestone, "window_over", date=self.words.day(due.day), ago=ago)

    def window_until(self, milestone: Milestone, at: datetime) -> str:
        """Until when one can file, or that the time has ended; empty if no day is known."""
        due = milestone.due
        if due is None or milestone.late:
            return self.window_over(milestone, at)
        message = "window_open" if due.provisional else "window"
        return self._time_to_file(milestone, message, due=self.due(due))

    def _time_to_file(self, milestone: Milestone, message: str, **values: str) -> str:
        """What is said of a time to file, with its length and its clause."""
        limit = milestone.limit
        length, clause = self.words.limit(limit, self.events), cite(self.words, limit.clause)
        said = self.words.say(message, limit=length, clause=clause, **values)
        return self._in_case(limit, said)

    def _in_case(self, limit: Limit, said: str) -> str:
        """What is said of a time to file, after the condition on which it holds."""
        if limit.condition is None:
            return said
        condition = limit.condition.words(self.words.language)
        case = self.words.say("sentence", words=self.words.say("condition", condition=condition))
        return case + self.words.between_sentences + said

    def received(self, at: datetime, dated: tuple[Milestone, ...]) -> str:
        """When the filing was received, and whether that was in time."""
        moment = self.moment(at)
        found = [each for each in dated if each.limit.is_window]
        windows = (self.window(each, named=len(found) > 1) for each in found)
        said = " ".join(filter(None, windows))
        return self.words.say("received_and", moment=moment, window=said) if said else moment

    def reason(self, skipped: Skipped) -> str:
        """Why a day is off."""
        if skipped.reason == "weekend":
            return self.words.say("weekend")
        return self.calendar.names[skipped.reason].words(self.words.language)

    def _done(self, progress: "LimitProgress", done: datetime) -> str:
        """An act that staff date back is told with the day of its record."""
        day = self.words.day(done.date())
        kept = progress.kept
        recorded = kept.at.astimezone(done.tzinfo) if kept else done
        message = "done_said" if progress.recorded_late else "done_on"
        message = "done_late" if progress.lateness else message
        late = self.late_by(progress.lateness) if progress.lateness else ""
        if progress.milestone.limit.is_exact:
            day = self.moment(done)
        return self.words.say(
            message, date=day, late=late, recorded=self.words.day(recorded.date())
        )

    def _stood_still(self, stop: Stop, ends: datetime) -> str:
        """When a clock that goes on or runs anew was stopped, and why."""
        return self.words.say(
            "clock_ran_anew" if stop.suspension.restarts else "clock_stood_still",
            first=self.words.day(stop.begins.date()),
            last=self.words.day(ends.date()),
            reason=stop.suspension.text.words(self.words.language),
            clause=stop.suspension.clause,
            cited=cite(self.words, stop.suspension.clause),
        )

    def _ago(self, days: int) -> str:
        message = "ago_days" if days > 1 else "ago_day" if days else "ago_today"
        return self.words.say(message, value=days)

    def _moved(self, before: Due, now: Due) -> str:
        """From what to what a date moved, and the days that moved it."""
        new = tuple(skip for skip in now.skipped if skip not in before.skipped)
        old = tuple(skip for skip in before.skipped if skip not in now.skipped)
        message = "moved_off" if new else "moved_on"
        return self.words.say(
            message,
            before=self.words.day(before.day),
            now=self.words.day(now.day),
            days=self._days(new or old),
        )

    def _days(self, skipped: tuple[Skipped, ...]) -> str:
        """Days with their reasons; a run of days with one reason is told by its ends."""
        runs: list[list[Skipped]] = []
        for skip in skipped:
            last = runs[-1][-1] if runs else None
            follows = last is not None and skip.day - last.day == timedelta(days=1)
            if follows and last is not None and last.reason == skip.reason:
                runs[-1].append(skip)
            else:
                runs.append([skip])
        return self.words.say("list_separator").join(self._run(run) for run in runs)

    def _run(self, run: list[Skipped]) -> str:
        days = [
            self.words.say(
                "short_date",
                month=skip.day.month,
                day=skip.day.day,
                month_name=self.words.months[skip.day.month - 1],
            )
            for skip in run
        ]
        dates = days[0]
        if len(days) > 1:
            dates = self.words.say("days_to", first=days[0], last=days[-1])
        return self.words.say("skipped_day", date=dates, reason=self.reason(run[0]))
