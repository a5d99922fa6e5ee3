// Uploads files as soon as they are chosen, and keeps them attached while this tab goes back or
// reloads; without script or https, the form sends them.
"use strict";
{
  const box = document.querySelector(".upload");
  const words = JSON.parse(box.dataset.words);
  const input = box.querySelector("[type=file]");
  const { form } = input;
  const list = box.querySelector("ul");
  const status = box.querySelector("[role=status]");
  const { address, most, keep: kept = address } = box.dataset;
  // A browser restores words when it goes back, but no rows that a script has added. Any use throws
  // an error if it has no storage. (The state of the history would turn the entry of a POST into a
  // GET.)
  const keep = () => {
    try {
      sessionStorage[kept] = list.innerHTML;
    } catch {}
  };

  async function post(url, body) {
    const answer = await fetch(url, { method: "POST", body });
    if (answer.ok) return answer.text();
    throw [422, 429].includes(answer.status) && (await answer.json()).detail;
  }

  async function send(file) {
    const { name, size } = file;
    const say = (key) => words[key].replace("{name}", name);
    if (size > most) return say("file_too_large");
    status.textContent = say("upload_sending");
    try {
      const content = await file.arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
      const sha256 = Array.from(digest, (one) => (one + 256).toString(16).slice(1)).join("");
      const head = btoa(String.fromCharCode(...new Uint8Array(content.slice(0, 1024))));
      const asked = JSON.stringify({ name, size, sha256, head, contract: form.contract.value, language: form.language.value });
      const { upload, url, fields } = JSON.parse(await post(address, asked));
      const body = new FormData();
      for (const key in fields) body.append(key, fields[key]);
      body.append("file", file);
      await post(url, body);
      list.append(box.querySelector("template").content.cloneNode(true));
      const tick = list.lastElementChild.querySelector("input");
      tick.value = upload;
      tick.nextSibling.textContent = name;
      tick.dispatchEvent(new Event("change", { bubbles: true }));
      return say("upload_done");
    } catch (said) {
      return said.length ? said : say("upload_failed");
    }
  }

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
    input.onchange = async () => {
      const said = [];
      input.disabled = true;
      for (const file of input.files) said.push(await send(file));
      status.textContent = said.join(" ");
      input.value = "";
      input.disabled = false;
      then?.();
      then = null;
    };
    form.onsubmit = (event) => {
      if (!input.disabled) return;
      event.preventDefault();
      status.textContent = words.upload_wait;
      then = () => form.requestSubmit(event.submitter);
    };
  }
}
