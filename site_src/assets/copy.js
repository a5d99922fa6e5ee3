// Copies the reference and the access code of a receipt, each after its name; where a browser does
// not allow that, selects both.
"use strict";
{
  const box = document.querySelector(".copy");
  const status = box.querySelector("[role=status]");

  box.querySelector("button").addEventListener("click", async () => {
    const lines = [...document.querySelectorAll(".proof code")].map((code) => {
      const name = code.closest("div").querySelector("dt").textContent;
      return name + status.dataset.between + code.textContent;
    });
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      status.textContent = status.dataset.done;
    } catch {
      getSelection().selectAllChildren(document.querySelector(".proof"));
      status.textContent = status.dataset.failed;
    }
  });
  box.hidden = false;
}
