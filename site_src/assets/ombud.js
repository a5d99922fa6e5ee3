// Computes the dates on a form by the rules of functions/model/deadlines/counting.py, from the
// page's own calendar and limits. `at` is a moment in UTC; a `day` is 00:00 of a date, written as if
// it were UTC, so the device's time zone has no effect. tests/helpers/deadlines/oracle.py tests both
// implementations.
"use strict";
{
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;

  const dayOf = (at) => Math.floor(at / DAY) * DAY;
  const isoOf = (at) => new Date(at).toISOString();
  const yearOf = (at) => new Date(at).getUTCFullYear();

  // The clock of a time zone: `local` and `utc` convert both ways, `offset` is in milliseconds.
  const clocks = new Map();
  function clock(timeZone) {
    if (!clocks.has(timeZone)) clocks.set(timeZone, newClock(timeZone));
    return clocks.get(timeZone);
  }

  function newClock(timeZone) {
    const numeric = { hourCycle: "h23", second: "numeric", minute: "numeric", hour: "numeric" };
    const whole = { ...numeric, day: "numeric", month: "numeric", year: "numeric", timeZone };
    const format = new Intl.DateTimeFormat("en", whole);
    const local = (at) => {
      const parts = format.formatToParts(at).map((part) => [part.type, Number(part.value)]);
      const { year, month, day, hour, minute, second } = Object.fromEntries(parts);
      return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
    };
    const offset = (at) => local(at) - at;
    // A time that the clock shows twice is its first; one that it skips counts on from before.
    const utc = (wall) => {
      const [before, after] = [wall - DAY, wall + DAY].map(offset);
      if (offset(wall - before) === before) return wall - before;
      return offset(wall - after) === after ? wall - after : wall - before;
    };
    return { local, offset, utc };
  }

  function dayOff(day, { code, holidays, workdays = [] }) {
    const date = isoOf(day).slice(0, 10);
    if (code === "none" || workdays.includes(date)) return null;
    if (date in holidays) return holidays[date];
    return [0, 6].includes(new Date(day).getUTCDay()) ? "weekend" : null;
  }

  function knows(day, { code, first, last, open_from }) {
    const ahead = open_from && isoOf(day).slice(0, 10) >= open_from;
    return code === "none" || (first <= yearOf(day) && yearOf(day) <= last && !ahead);
  }

  const FAMILIES = { week: ["day", 7], year: ["month", 12] };

  // Lengths that follow each other in one family are one: a month and two months are three.
  function summed(lengths) {
    const sums = [];
    for (const { value, unit } of lengths) {
      const [family, times] = FAMILIES[unit] ?? [unit, 1];
      const before = sums.at(-1);
      if (before?.unit === family) before.value += value * times;
      else sums.push({ value: value * times, unit: family });
    }
    return sums;
  }

  function lastDay(day, { value, unit }) {
    if (unit === "day") return day + value * DAY;
    const date = new Date(day);
    const month = date.getUTCMonth() + value;
    const corresponding = Date.UTC(yearOf(day), month, date.getUTCDate());
    return Math.min(corresponding, Date.UTC(yearOf(day), month + 1, 0));
  }

  // `rules` has the calendar, the hours ({opens, closes} since midnight), the counting law and the
  // time zone. `extended` is what the period is added to; it has the same sort of units.
  function due(start, value, unit, rules, withinHours = false, extended = []) {
    const { calendar, hours, law, timeZone } = rules;
    const { local, utc } = clock(timeZone);
    const skipped = [];
    const isOff = (day) => {
      const reason = dayOff(day, calendar);
      if (reason !== null) skipped.push({ day, reason });
      return reason !== null;
    };
    const known = (...days) => days.every((day) => knows(day, calendar));
    let day = dayOf(local(start));
    if (unit === "minute" || unit === "hour") {
      let left = value * (unit === "minute" ? MINUTE : HOUR);
      if (withinHours && hours) {
        const first = day;
        for (; ; day += DAY) {
          if (isOff(day)) continue;
          const opens = Math.max(utc(day + hours.opens), start);
          const closes = utc(day + hours.closes);
          if (opens + left <= closes) {
            const at = opens + left;
            return { at, day, provisional: !known(first, day), skipped, moved: false };
          }
          left -= Math.max(closes - opens, 0);
        }
      }
      const from =
        law === "eu-1182-71" && unit === "hour" ? nextHour(start, local(start)) : start;
      const at = from + left;
      return { at, day: dayOf(local(at)), provisional: false, skipped, moved: false };
    }
    const endOf = (last) =>
      hours && law === "cn-civil-code" ? utc(last + hours.closes) : utc(last + DAY);
    if (unit === "working_day") {
      const first = day + DAY;
      const whole = extended.reduce((sum, length) => sum + length.value, value);
      for (let left = whole; left > 0;) {
        day += DAY;
        if (!isOff(day)) left -= 1;
      }
      return { at: endOf(day), day, provisional: !known(first, day), skipped, moved: false };
    }
    const from = day;
    const first = summed([...extended, { value, unit }]).reduce((last, length) => lastDay(last, length), day);
    day = first;
    if (law === "plain") return { at: endOf(day), day, provisional: false, skipped, moved: false };
    if (law === "eu-1182-71" && value >= 2) day = Math.max(day, secondWorkingDay(from, calendar));
    while (isOff(day)) day += DAY;
    if (day > first && !skipped.length) {
      for (let passed = first; passed < day; passed += DAY) isOff(passed);
    }
    return { at: endOf(day), day, provisional: !known(first, day), skipped, moved: day > first };
  }

  const nextHour = (at, wall) => at + (Math.floor(wall / HOUR) + 1) * HOUR - wall;

  function secondWorkingDay(start, calendar) {
    let day = start;
    for (let left = 2; left > 0;) {
      day += DAY;
      if (dayOff(day, calendar) === null) left -= 1;
    }
    return day;
  }

  // Puts dates into words in the same way as functions/views/date_words.py.
  function speaker(words, calendar, language, { offset }, zoneName) {
    const say = (message, values = {}) =>
      words[message].replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const parts = (day) => {
      const date = new Date(day);
      const month = date.getUTCMonth() + 1;
      return { year: yearOf(day), month, month_name: words.months[month - 1], day: date.getUTCDate() };
    };
    const date = (day) => {
      const weekday = words.weekdays[(new Date(day).getUTCDay() + 6) % 7];
      return say("date", { ...parts(day), weekday });
    };
    const zone = (at) => {
      const minutes = offset(at) / MINUTE;
      const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
      const more = rest ? `:${String(rest).padStart(2, "0")}` : "";
      return say("zone", { name: zoneName, offset: `${minutes < 0 ? "−" : "+"}${hours}${more}` });
    };
    const end = ({ at, day, provisional }) => {
      const form = provisional ? "open" : "due";
      const wall = at + offset(at);
      const values = { date: date(day), zone: zone(at), time: isoOf(wall).slice(11, 16) };
      return say(dayOf(wall) > day ? `${form}_end` : `${form}_at`, values);
    };
    const run = ({ first, last, reason }) => {
      const [from, to] = [first, last].map((day) => say("short_date", parts(day)));
      return say("skipped_day", {
        date: first === last ? from : say("days_to", { first: from, last: to }),
        reason: reason === "weekend" ? words.weekend : calendar.names[reason][language],
      });
    };
    const runs = (skipped) => {
      const found = [];
      for (const { day, reason } of skipped) {
        const before = found.at(-1);
        if (before && day - before.last === DAY && before.reason === reason) before.last = day;
        else found.push({ first: day, last: day, reason });
      }
      return found.map(run).join(words.list_separator);
    };
    const note = ({ day, provisional, skipped, moved }) => {
      const { first, last } = calendar;
      const ahead = yearOf(day) >= last;
      return [
        skipped.length && say(moved ? "skipped_end" : "skipped", { days: runs(skipped) }),
        provisional &&
          (ahead
            ? say("provisional_open", { year: last + 1 })
            : say("provisional_past", { year: first })),
      ]
        .filter(Boolean)
        .join(" ");
    };
    return { say, date, end, note };
  }

  function show(page, calendar) {
    const { timezone, zone, counting, opens, closes, words } = page.dataset;
    const time = clock(timezone);
    const { say, date, end, note } = speaker(
      JSON.parse(words),
      calendar,
      document.documentElement.lang,
      time,
      zone,
    );
    const sinceMidnight = (time) => Date.parse(`1970-01-01T${time}Z`);
    const hours = opens && { opens: sinceMidnight(opens), closes: sinceMidnight(closes) };
    const rules = { calendar, hours, law: counting, timeZone: timezone };
    const part = (limit, name) => limit.querySelector(`.${name}`);
    const endOf = (limit, start) => {
      const { value, unit, withinHours, extended = "[]" } = limit.dataset;
      const within = withinHours !== undefined;
      return due(start, Number(value), unit, rules, within, JSON.parse(extended));
    };

    // The filer's time to file: its last day, and whether that has passed.
    const windowLine = (limit, start, at) => {
      const ends = endOf(limit, start);
      const days = (dayOf(time.local(at)) - ends.day) / DAY;
      const late = ends.at <= at && !ends.provisional;
      const line = document.createElement("p");
      line.className = late ? "notice" : "note";
      const open = ends.provisional ? "window_open" : "window";
      const said = say(late ? "window_over" : open, {
        due: end(ends),
        date: date(ends.day),
        ago: say(days > 1 ? "ago_days" : days ? "ago_day" : "ago_today", { value: days }),
        limit: part(limit, "limit").textContent,
        clause: part(limit, "clause-ref").textContent,
      });
      line.textContent = `${said} ${note(ends)}`.trim();
      return line;
    };

    // The filer's times to file, by the question that asks when they began.
    const windows = new Map();
    for (const limit of page.querySelectorAll("[data-window]")) {
      const name = limit.dataset.window;
      if (document.getElementById(name)) windows.set(name, [...(windows.get(name) ?? []), limit]);
    }

    const refresh = () => {
      const at = Date.now();
      for (const limit of page.querySelectorAll("[data-from=received]")) {
        const ends = endOf(limit, at);
        const message = ends.provisional ? "if_today_open" : "if_today";
        part(limit, "due").textContent = say(message, { due: end(ends) });
        part(limit, "skipped").textContent = note(ends);
      }
      for (const [name, limits] of windows) {
        const box = document.getElementById(`${name}-window`);
        const { value } = document.getElementById(name);
        // While a year is typed, it is 0002 and 0020 for a moment.
        const start = value > "1900" ? time.utc(Date.parse(value)) : NaN;
        const lines = start <= at ? limits.map((limit) => windowLine(limit, start, at)) : [];
        // A screen reader would read unchanged text aloud again if it were replaced.
        if (lines.map((line) => line.textContent).join("") !== box.textContent) {
          box.replaceChildren(...lines);
        }
      }
    };
    refresh();
    for (const name of windows.keys()) {
      const field = document.getElementById(name);
      for (const change of ["input", "change"]) field.addEventListener(change, refresh);
    }
    addEventListener("pageshow", refresh);
    setInterval(refresh, MINUTE);
  }

  globalThis.ombud = { due };

  const page = document.getElementById("after");
  if (page) {
    const answered = fetch(page.dataset.calendar).then((answer) => answer.json());
    // Without the calendar the list stays as it is.
    answered.then(
      (calendar) => show(page, calendar),
      () => {},
    );
  }
}
