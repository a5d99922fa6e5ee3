"""Defines the messages that put dates and time limits into words, for functions and script."""

from site_src.languages import _

DATES: dict[str, str] = {
    "date": _("{weekday} {day} {month_name} {year}"),
    "short_date": _("{day} {month_name}"),
    "days_to": _("{first} to {last}"),
    "moment": _("{date}, {time}"),
    "moment_in": _("{moment}, {zone}"),
    "zone": _("{name} (UTC{offset})"),
    "zone_unnamed": _("UTC{offset}"),
    "due_end": _("the end of {date}, {zone}"),
    "due_at": _("{time} on {date}, {zone}"),
    "open_end": _("the end of the day on {date}, {zone}"),
    "open_at": _("{date} at {time}, {zone}"),
    "by": _("By {due}"),
    "not_before": _("Not before {due}"),
    "not_yet": _("No date yet"),
    "no_last_day": _("No last day: the procedure does not say from when it runs"),
    "limit_unstated": _("{length} ({event})"),
    "times_month": _("{value} times a month"),
    "times_year": _("{value} times a year"),
    "length_minute_one": _("1 minute"),
    "length_minute": _("{value} minutes"),
    "length_hour_one": _("1 hour"),
    "length_hour": _("{value} hours"),
    "length_day_one": _("1 day"),
    "length_day": _("{value} days"),
    "length_working_day_one": _("1 working day"),
    "length_working_day": _("{value} working days"),
    "length_month_one": _("1 month"),
    "length_month": _("{value} months"),
    "length_year_one": _("1 year"),
    "length_year": _("{value} years"),
    "list_separator": _(", "),
    "skipped": _("Not counted: {days}."),
    "skipped_end": _("The last day moves to the next working day, because of: {days}."),
    "moved_off": _("Moved from {before} to {now}, because of days off: {days}."),
    "moved_on": _("Moved from {before} to {now}, because these days are worked: {days}."),
    "skipped_day": _("{date} ({reason})"),
    "weekend": _("weekend"),
    "provisional_open": _(
        "Provisional: this site does not yet know how days off are arranged in {year}."
    ),
    "provisional_past": _(
        "Provisional: this site does not know how days off were arranged before {year}."
    ),
    "late": _(
        "Late: the time to file had ended when this arrived. It is accepted all the same; staff "
        "will decide whether it is in time."
    ),
    "if_today": _("If you file now: by {due}"),
    "if_today_open": _("If you file now: not before {due}"),
    "window_open": _("You can file at least until {due}. Reason: {limit}, {clause}."),
    "window": _("You can file until {due}. Reason: {limit}, {clause}."),
    "window_over": _(
        "The time to file ended on {date} ({ago}). You may still send your filing; staff will "
        "decide whether it is in time. Reason: {limit}, {clause}."
    ),
    "ago_today": _("earlier today"),
    "ago_day": _("1 day ago"),
    "ago_days": _("{value} days ago"),
}

SCRIPT = (
    "date",
    "short_date",
    "days_to",
    "zone",
    "due_end",
    "due_at",
    "open_end",
    "open_at",
    "list_separator",
    "skipped",
    "skipped_end",
    "skipped_day",
    "weekend",
    "provisional_open",
    "provisional_past",
    "if_today",
    "if_today_open",
    "window",
    "window_open",
    "window_over",
    "ago_today",
    "ago_day",
    "ago_days",
)
"""The messages of `ombud.js`, which fills in values in the same way as `Vocabulary.say`."""
