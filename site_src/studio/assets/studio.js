/* What the pages of the studio do besides: nothing here is needed to use them. */
"use strict";
(() => {
  const PAUSE = 400;

  /* Checks a form while somebody types; the answer to what was typed last wins. */
  for (const form of document.querySelectorAll("form[data-check]")) {
    const live = form.querySelector(".live");
    let timer, asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const number = ++asked;
        const body = new URLSearchParams(new FormData(form));
        try {
          const answer = await fetch(form.dataset.check, { method: "POST", body });
          const words = await answer.text();
          if (answer.ok && number === asked) live.innerHTML = words;
        } catch {
          /* The server is gone; what was typed stays in the form. */
        }
      }, PAUSE);
    });
  }

  /* Brings the marked words into view, without moving the focus. */
  const mark = document.querySelector(".text mark") || document.querySelector(".clause.current");
  if (mark && matchMedia("(min-width: 62rem)").matches) mark.scrollIntoView({ block: "center" });

  /* Words that are marked in a clause come into the form for a new fact. */
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = String(selection).trim();
    const clause = words && selection.anchorNode.parentElement.closest(".clause");
    const link = clause && clause.querySelector("a.add");
    if (!link) return;
    const address = new URL(link.href);
    address.searchParams.set("words", words.slice(0, 200));
    link.href = address;
  });
})();
