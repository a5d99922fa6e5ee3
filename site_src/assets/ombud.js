// Computes the dates on a form by the rules of functions/model/deadlines/counting.py, from the
// page's own calendar and limits; a form shows no stopped clocks. `at` is a moment in UTC; a `day` is 00:00 of a date, written as if
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

  const CLOCK = { minute: MINUTE, hour: HOUR };
  const DAYS = { day: 1, week: 7 };
  const MONTHS = { month: 1, year: 12 };
  // Units that are summed with a smaller one: hours, weeks and years.
  const FAMILIES = { hour: ["minute", 60], week: ["day", 7], year: ["month", 12] };

  function lastDay(day, value, unit) {
    if (unit in DAYS) return day + value * DAYS[unit] * DAY;
    const date = new Date(day);
    return inMonth(yearOf(day), date.getUTCMonth() + value * MONTHS[unit], date.getUTCDate());
  }

  const inMonth = (year, month, day) =>
    Math.min(Date.UTC(year, month, day), Date.UTC(year, month + 1, 0));

  // The next such day of the year, `09-30`, on or after a day.
  function dayOfTheYear(start, monthDay) {
    const [month, day] = monthDay.split("-").map(Number);
    const thisYear = inMonth(yearOf(start), month - 1, day);
    return thisYear >= start ? thisYear : inMonth(yearOf(start) + 1, month - 1, day);
  }

  // Lengths of one family that follow each other are one: a month and two months are three.
  function summed(lengths) {
    const sums = [];
    for (const [value, unit, withinHours = false] of lengths) {
      const [family, times] = FAMILIES[unit] ?? [unit, 1];
      const before = sums.at(-1);
      if (before?.family === family && before.withinHours === withinHours) {
        if (before.unit !== unit) Object.assign(before, { value: before.sum, unit: family });
        before.value += before.unit === unit ? value : value * times;
        before.sum += value * times;
      } else {
        sums.push({ value, unit, withinHours, family, sum: value * times });
      }
    }
    return sums;
  }

  // The hours of a day, since midnight: [opens, closes] between its breaks.
  function openings(day, reason, { usual, own }) {
    const spans = own[(new Date(day).getUTCDay() + 6) % 7];
    if (reason !== null && (reason !== "weekend" || !spans)) return [];
    return spans ?? usual;
  }

  // `rules` has the calendar, the hours ({usual, own} by weekday), the counting law and the
  // time zone.
  function counter({ calendar, hours, law, timeZone }) {
    const { local, utc } = clock(timeZone);
    const isKnown = (...days) => days.every((day) => knows(day, calendar));
    const isOff = (day, skipped) => {
      const reason = dayOff(day, calendar);
      if (reason !== null) skipped.push({ day, reason });
      return reason !== null;
    };
    // What begins after closing time, and ends on that day, has until midnight.
    const endOf = (day, start) => {
      const closing =
        hours && law === "cn-civil-code" && openings(day, dayOff(day, calendar), hours).at(-1);
      return closing && local(start) < day + closing[1] ? utc(day + closing[1]) : utc(day + DAY);
    };
    const stay = (day, start) => ({ at: endOf(day, start), day, provisional: false, skipped: [], moved: false });

    function withinOpenings(start, length) {
      const skipped = [];
      const first = dayOf(local(start));
      for (let day = first, left = length; ; day += DAY) {
        const reason = dayOff(day, calendar);
        const spans = openings(day, reason, hours);
        if (!spans.length && reason !== null) skipped.push({ day, reason });
        for (const [from, to] of spans) {
          const opens = Math.max(utc(day + from), start);
          const closes = utc(day + to);
          if (opens + left <= closes) {
            const provisional = !isKnown(first, day);
            return { at: opens + left, day, provisional, skipped, moved: false };
          }
          left -= Math.max(closes - opens, 0);
        }
      }
    }

    // No working day at all is the day itself, or the next that is worked.
    function workingDays(start, value) {
      const skipped = [];
      const first = dayOf(local(start));
      let day = first;
      for (let left = value || Number(isOff(day, skipped)); left > 0;) {
        day += DAY;
        if (!isOff(day, skipped)) left -= 1;
      }
      const provisional = !isKnown(Math.min(first + DAY, day), day);
      return { at: endOf(day, start), day, provisional, skipped, moved: false };
    }

    // The last day, moved as the law says; `least` is the earliest that article 3(5) allows.
    function move(start, first, least = first) {
      if (law === "plain") return stay(first, start);
      const skipped = [];
      let day = Math.max(first, least);
      while (isOff(day, skipped)) day += DAY;
      if (day > first && !skipped.length) {
        for (let passed = first; passed < day; passed += DAY) isOff(passed, skipped);
      }
      const provisional = !isKnown(first, day);
      return { at: endOf(day, start), day, provisional, skipped, moved: day > first };
    }

    // Only from an event do hours begin with the next whole one.
    function count(start, { value, unit, withinHours }, moves, wholeHours) {
      if (unit in CLOCK) {
        const length = value * CLOCK[unit];
        if (withinHours && hours) return withinOpenings(start, length);
        const next = law === "eu-1182-71" && unit === "hour" && wholeHours;
        const at = (next ? nextHour(start, local(start)) : start) + length;
        return { at, day: dayOf(local(at)), provisional: false, skipped: [], moved: false };
      }
      if (unit === "working_day") return workingDays(start, value);
      const from = dayOf(local(start));
      const nominal = lastDay(from, value, unit);
      if (!moves) return stay(nominal, start);
      const two = law === "eu-1182-71" && (value >= 2 || unit !== "day");
      return move(start, nominal, two ? secondWorkingDay(from, calendar) : nominal);
    }

    return { count, move, local, utc };
  }

  // The end of several lengths, [value, unit, withinHours], that follow each other; only the very
  // last day moves. Without `moves` it stays, as in a minimum.
  function dueAfter(start, lengths, rules, moves = true) {
    const { count, utc } = counter(rules);
    const [first, ...more] = summed(lengths);
    let end = count(start, first, moves && !more.length, true);
    more.forEach((part, index) => {
      const before = end;
      const follows = part.unit in CLOCK ? end.at : utc(end.day);
      end = count(follows, part, moves && index === more.length - 1, false);
      if (!end.moved) end.skipped = [...before.skipped, ...end.skipped];
      end.provisional ||= before.provisional;
    });
    return end;
  }

  function dueBy(start, monthDay, rules) {
    const { move, local } = counter(rules);
    return move(start, dayOfTheYear(dayOf(local(start)), monthDay));
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

  // Puts dates into words in the same way as functions/views/wording/date_words.py.
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

  function inMilliseconds({ usual, own }) {
    const spans = (minutes) => minutes.map((span) => span.map((at) => at * MINUTE));
    const days = Object.entries(own).map(([day, minutes]) => [day, spans(minutes)]);
    return { usual: spans(usual), own: Object.fromEntries(days) };
  }

  function show(page, calendar) {
    const { timezone, zone, counting, hours, words } = page.dataset;
    const time = clock(timezone);
    const { say, date, end, note } = speaker(
      JSON.parse(words),
      calendar,
      document.documentElement.lang,
      time,
      zone,
    );
    const rules = {
      calendar,
      hours: hours && inMilliseconds(JSON.parse(hours)),
      law: counting,
      timeZone: timezone,
    };
    const part = (limit, name) => limit.querySelector(`.${name}`);
    const endOf = (limit, start) => {
      const { by, lengths, least } = limit.dataset;
      if (by) return dueBy(start, by, rules);
      return dueAfter(start, JSON.parse(lengths), rules, least === undefined);
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
      line.textContent = `${limit.dataset.case ?? ""}${said} ${note(ends)}`.trim();
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
        const least = limit.dataset.least !== undefined;
        const message = least ? "if_today_open" : ends.provisional ? "if_today_provisional" : "if_today";
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

  globalThis.ombud = { dueAfter, dueBy };

  const page = document.getElementById("after");
  if (page) {
    const begin = () => {
      const answered = fetch(page.dataset.calendar).then((answer) => answer.json());
      // A clock takes a slow phone 50 ms: in a task of its own it holds up no key in between.
      setTimeout(clock, 0, page.dataset.timezone);
      // Without the calendar the list stays as it is.
      answered.then(
        (calendar) => show(page, calendar),
        () => {},
      );
    };
    // In the second frame: the calendar and the clock hold up no first paint.
    requestAnimationFrame(() => requestAnimationFrame(begin));
  }
}
