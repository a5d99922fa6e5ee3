// Searches the facts and clauses of the page of a procedure; each result leads to its place.
"use strict";
{
  const form = document.querySelector(".search");
  const [field, count, list] = form.querySelectorAll("input, [role=status], ol");
  const AROUND = 40;
  const PLACES = ".body :is(li, tr, article, .roles > div)[id], .procedure .clause";

  // Width says nothing, nor does how much space stands between words.
  const plain = (text) => text.normalize("NFKC").replace(/\s+/g, " ").trim();

  let places = null;
  const read = () =>
    (places ??= [...document.querySelectorAll(PLACES)]
      .filter((place) => !place.querySelector(PLACES))
      .map((place) => [place, plain(place.textContent)])
      .map(([place, text]) => [place, text, text.toLowerCase()]));

  function item([place, text, small], term) {
    const at = Math.max(0, small.indexOf(term));
    const from = Math.max(0, at - AROUND);
    const to = at + term.length + 2 * AROUND;
    const link = document.createElement("a");
    link.href = `#${place.id}`;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + term.length);
    link.append((from ? "…" : "") + text.slice(from, at), mark);
    link.append(text.slice(at + term.length, to) + (to < text.length ? "…" : ""));
    link.lang = place.closest("[lang]").lang;
    const entry = document.createElement("li");
    entry.append(link);
    return entry;
  }

  function search() {
    const terms = plain(field.value).toLowerCase().split(" ").filter(Boolean);
    const found = terms.length
      ? read().filter(([, , small]) => terms.every((term) => small.includes(term)))
      : [];
    const { none, some } = form.dataset;
    const said = found.length ? some.replace("{count}", found.length) : none;
    count.textContent = terms.length ? said : "";
    list.replaceChildren(...found.map((place) => item(place, terms[0])));
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", search);
  addEventListener("pageshow", search);
}
