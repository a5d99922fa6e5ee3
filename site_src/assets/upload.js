// Takes files as soon as they are chosen, and keeps them attached while this tab goes back or
// reloads; without script or https, the form sends them. What it takes to send them is loaded then.
"use strict";
{
  const box = document.querySelector(".upload");
  const words = JSON.parse(box.dataset.words);
  const input = box.querySelector("[type=file]");
  const { form } = input;
  const list = box.querySelector("ul");
  const status = box.querySelector("[role=status]");
  const { address, module, keep: kept = address } = box.dataset;
  // A browser restores words when it goes back, but no rows that a script has added. Any use throws
  // an error if it has no storage. (The state of the history would turn the entry of a POST into a
  // GET.)
  const keep = () => {
    try {
      sessionStorage[kept] = list.innerHTML;
    } catch {}
  };

  if (crypto.subtle) {
    const rules = box.querySelector("[data-script]");
    rules.textContent = rules.dataset.script;
    try {
      if (performance.getEntriesByType("navigation")[0].type !== "navigate")
        list.innerHTML = sessionStorage[kept] || list.innerHTML;
    } catch {}
    keep();
    list.onchange = ({ target }) => {
      target.defaultChecked = target.checked;
      keep();
    };

    let then;
    box.addEventListener("attached", ({ detail: isGood }) => {
      if (isGood) then?.();
      then = null;
    });
    input.onchange = async () => {
      const files = [...input.files];
      input.disabled = true;
      try {
        const { attach } = await import(module);
        await attach(box, files);
      } catch {
        status.textContent = words.upload_failed.replace("{name}", files.map(({ name }) => name));
        input.value = "";
        input.disabled = false;
      }
    };
    form.onsubmit = (event) => {
      const open = box.querySelector(".offer button");
      if (!input.disabled && !open) return;
      event.preventDefault();
      if (open) return open.focus();
      status.textContent = words.upload_wait;
      then = () => form.requestSubmit(event.submitter);
    };
  }
}
