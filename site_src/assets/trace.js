// Shows the text of a clause beside the fact that cites it, on hover, focus or tap.
// Without script the link leads to the clause in the text below.
(() => {
  const card = document.createElement("div");
  card.className = "says";
  card.id = "says";
  card.hidden = true;
  card.setAttribute("role", "tooltip");
  document.body.append(card);
  let shown = null;

  const cited = (target) => target instanceof Element && target.closest("a.clause-ref[href^='#']");

  function words(link) {
    const clause = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!clause) return [];
    const parts = [clause.cloneNode(true)];
    for (let next = clause.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.matches(".clause, .drawn, .notice")) break;
      parts.push(next.cloneNode(true));
    }
    parts[0].removeAttribute("id");
    return parts;
  }

  function show(link) {
    const parts = words(link);
    if (!parts.length || shown === link) return;
    card.replaceChildren(...parts);
    card.lang = document.querySelector(".procedure").lang;
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    card.style.maxWidth = `${Math.min(448, width - 16)}px`;
    card.style.left = `${scrollX + Math.max(8, Math.min(at.left, width - card.offsetWidth - 8))}px`;
    const below = at.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.top = `${scrollY + (below ? at.bottom + 6 : at.top - card.offsetHeight - 6)}px`;
    link.setAttribute("aria-describedby", "says");
    if (shown) shown.removeAttribute("aria-describedby");
    shown = link;
  }

  function hide() {
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || card.contains(event.target)) return;
    const link = cited(event.target);
    if (link) show(link);
    else if (shown && shown !== document.activeElement) hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = cited(event.target);
    if (link) show(link);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", (event) => {
    const link = cited(event.target);
    if (link && event.pointerType === "touch" && link.dataset.tapped !== "yes") {
      event.preventDefault();
      link.dataset.tapped = "yes";
      show(link);
    } else if (!card.contains(event.target)) {
      hide();
    }
  });
})();
