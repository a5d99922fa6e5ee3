// Helps with the questions of a form: counts the characters left, shows the questions that apply,
// and focuses the field that a link leads to. Without script the hints state the limits.
"use strict";
{
  // The script of the dates is asked for in the second frame: so it holds up no first paint.
  const { later } = document.currentScript.dataset;
  if (later) requestAnimationFrame(() => requestAnimationFrame(() => import(later)));

  const form = document.querySelector("form.filing");
  const words = JSON.parse(form.dataset.words);
  const say = (message, value) => words[message].replace("{value}", value);

  // A screen reader announces the count only when 75 %, 90 % or 100 % of the characters are used.
  const THRESHOLDS = [0.75, 0.9, 1];

  for (const field of form.querySelectorAll("[data-longest]")) {
    const longest = Number(field.dataset.longest);
    const shown = document.createElement("p");
    shown.className = "count";
    shown.setAttribute("aria-hidden", "true");
    const aloud = document.createElement("p");
    aloud.className = "sr";
    aloud.setAttribute("role", "status");
    field.after(shown, aloud);
    let passed = 0;
    const count = () => {
      const length = [...field.value.normalize("NFC").trim()].length;
      const left = longest - length;
      const said = left < 0 ? say("count_over", -left) : say("count_left", left);
      shown.textContent = length ? said : "";
      shown.classList.toggle("over", left < 0);
      const now = THRESHOLDS.filter((part) => length >= part * longest).length + (left < 0 ? 1 : 0);
      if (now !== passed) aloud.textContent = now ? said : "";
      passed = now;
    };
    field.addEventListener("input", count);
    addEventListener("pageshow", count);
    count();
  }

  const others = ["represented", "representative", "capacity"]
    .map((name) => document.getElementById(name))
    .filter(Boolean);
  if (others.length) {
    const answered = (part) =>
      part.matches("fieldset") ? part.querySelector(":checked") : part.value;
    const apply = () => {
      const other = form.querySelector("[name=acting_for][value=other]").checked;
      for (const part of others) {
        // A question with an answer stays visible whatever else is ticked.
        part.closest(".field").hidden = !other && !answered(part);
      }
    };
    form.addEventListener("input", apply);
    addEventListener("pageshow", apply);
    apply();
  }

  const follow = () => {
    const field = form.querySelector(`#${CSS.escape(decodeURIComponent(location.hash.slice(1)))}`);
    field?.focus();
  };
  if (location.hash) follow();
  addEventListener("hashchange", follow);

  // Tells this tab from others. Last: where storage is blocked, it fails.
  sessionStorage.tab ??= Math.random();
  form.addEventListener("formdata", ({ formData }) => formData.set("browser", sessionStorage.tab));
}
