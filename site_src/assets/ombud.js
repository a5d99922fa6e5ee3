// Counts dates on a form by the rules of functions/model/deadlines/counting.py, with the page's own
// calendar and limits. A moment is the organisation's local time in milliseconds, as if it were
// UTC, so the device's zone has no effect. tests/helpers/counting_cases.json tests both versions.
"use strict";
{
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  const dayOf = (at) => Math.floor(at / DAY) * DAY;
  const isoOf = (at) => new Date(at).toISOString();
  const yearOf = (at) => new Date(at).getUTCFullYear();

  function dayOff(day, { holidays, workdays }) {
    const date = isoOf(day).slice(0, 10);
    if (workdays.includes(date)) return null;
    if (holidays[date]) return holidays[date];
    return [0, 6].includes(new Date(day).getUTCDay()) ? "weekend" : null;
  }

  function lastDay(day, value, unit) {
    if (unit === "day") return day + value * DAY;
    const date = new Date(day);
    const month = date.getUTCMonth() + value * (unit === "year" ? 12 : 1);
    const corresponding = Date.UTC(yearOf(day), month, date.getUTCDate());
    return Math.min(corresponding, Date.UTC(yearOf(day), month + 1, 0));
  }

  function due(start, value, unit, calendar, hours, withinHours) {
    const skipped = [];
    const isOff = (day) => {
      const reason = dayOff(day, calendar);
      if (reason) skipped.push({ day, reason });
      return reason;
    };
    const knows = (day) => calendar.first <= yearOf(day) && yearOf(day) <= calendar.last;
    let day = dayOf(start);
    let first = day + DAY;
    if (unit === "minute" || unit === "hour") {
      let left = value * (unit === "minute" ? MINUTE : HOUR);
      if (!withinHours || !hours) {
        return { at: start + left, day: dayOf(start + left), provisional: false, skipped };
      }
      for (first = day; ; day += DAY) {
        if (isOff(day)) continue;
        const opens = Math.max(day + hours.opens, start);
        const closes = day + hours.closes;
        if (opens + left <= closes) {
          return { at: opens + left, day, provisional: !(knows(first) && knows(day)), skipped };
        }
        left -= Math.max(closes - opens, 0);
      }
    }
    if (unit === "working_day") {
      for (let left = value; left > 0;) {
        day += DAY;
        if (!isOff(day)) left -= 1;
      }
    } else {
      first = day = lastDay(day, value, unit);
      while (isOff(day)) day += DAY;
    }
    const at = day + (hours ? hours.closes : DAY);
    return { at, day, provisional: !(knows(first) && knows(day)), skipped };
  }

  function now(timeZone) {
    const numeric = { hourCycle: "h23", second: "numeric", minute: "numeric", hour: "numeric" };
    const whole = { ...numeric, day: "numeric", month: "numeric", year: "numeric", timeZone };
    const parts = new Intl.DateTimeFormat("en", whole).formatToParts();
    const { year, month, day, hour, minute, second } = Object.fromEntries(
      parts.map((part) => [part.type, Number(part.value)]),
    );
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  // Formats dates as functions/model/pages/vocabulary.py and functions/views/words.py do.
  function speaker(words, calendar, language) {
    const say = (message, values = {}) =>
      words[message].replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const parts = (day) => {
      const date = new Date(day);
      return { year: yearOf(day), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    };
    const skip = ({ day, reason }) =>
      say("skipped_day", {
        date: say("short_date", parts(day)),
        reason: reason === "weekend" ? words.weekend : calendar.names[reason][language],
      });
    const date = (day) => {
      const weekday = words.weekdays[(new Date(day).getUTCDay() + 6) % 7];
      const month_name = words.months[parts(day).month - 1];
      return say("date", { ...parts(day), weekday, month_name });
    };
    const end = ({ at, day }) =>
      say("due", { date: date(day), time: dayOf(at) > day ? "24:00" : isoOf(at).slice(11, 16) });
    const note = ({ day, provisional, skipped }) => {
      const days = skipped.map(skip).join(words.list_separator);
      const { first, last } = calendar;
      const ahead = yearOf(day) > last;
      return [
        days && say("skipped", { days }),
        provisional &&
          (ahead ? say("provisional", { year: last }) : say("provisional_past", { year: first })),
      ]
        .filter(Boolean)
        .join(" ");
    };
    return { say, date, end, note };
  }

  function show(page, calendar) {
    const { timezone, opens, closes, words } = page.dataset;
    const { say, date, end, note } = speaker(
      JSON.parse(words),
      calendar,
      document.documentElement.lang,
    );
    const sinceMidnight = (time) => Date.parse(`1970-01-01T${time}Z`);
    const hours = opens && { opens: sinceMidnight(opens), closes: sinceMidnight(closes) };
    const decided = document.getElementById("decided_on");
    const box = document.getElementById("decided_on-window");
    const part = (limit, name) => limit.querySelector(`.${name}`);
    const endOf = (limit, start) => {
      const { value, unit, withinHours } = limit.dataset;
      return due(start, Number(value), unit, calendar, hours, withinHours !== undefined);
    };

    // A filer's own time to file: its last day, and whether it has passed.
    const windowLine = (limit, start, at) => {
      const ends = endOf(limit, start);
      const days = (dayOf(at) - ends.day) / DAY;
      const late = ends.at <= at;
      const line = document.createElement("p");
      line.className = late ? "notice" : "note";
      const said = say(late ? "window_over" : "window", {
        due: end(ends),
        date: date(ends.day),
        ago: say(days > 1 ? "ago_days" : days ? "ago_day" : "ago_today", { value: days }),
        limit: part(limit, "limit").textContent,
        clause: part(limit, "clause-ref").textContent,
      });
      line.textContent = `${said} ${note(ends)}`.trim();
      return line;
    };

    const refresh = () => {
      const at = now(timezone);
      for (const limit of page.querySelectorAll("[data-from=received]")) {
        const ends = endOf(limit, at);
        part(limit, "due").textContent = say("if_today", { due: end(ends) });
        part(limit, "skipped").textContent = note(ends);
      }
      if (!decided) return;
      // A year that is being typed passes through 0002 and 0020.
      const start = decided.value > "1900" ? Date.parse(decided.value) : NaN;
      const windows = start <= at ? [...page.querySelectorAll("[data-window]")] : [];
      const lines = windows.map((limit) => windowLine(limit, start, at));
      // The same words put there again would be read aloud again.
      if (lines.map((line) => line.textContent).join("") !== box.textContent) {
        box.replaceChildren(...lines);
      }
    };
    refresh();
    for (const change of ["input", "change"]) decided?.addEventListener(change, refresh);
    addEventListener("pageshow", refresh);
    setInterval(refresh, MINUTE);
  }

  globalThis.ombud = { due };

  const page = document.getElementById("after");
  if (page) {
    const answered = fetch(page.dataset.calendar).then((answer) => answer.json());
    // Without the calendar the list stands as it is.
    answered.then(
      (calendar) => show(page, calendar),
      () => {},
    );
  }
}
