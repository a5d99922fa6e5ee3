// Uploads files as soon as they are chosen; without script or https, the form sends them.
"use strict";
{
  const box = document.querySelector(".upload");
  const words = JSON.parse(box.dataset.words);
  const input = box.querySelector("[type=file]");
  const { form } = input;
  const status = box.querySelector("[role=status]");

  async function post(url, body) {
    const answer = await fetch(url, { method: "POST", body });
    if (answer.ok) return answer.text();
    throw [422, 429].includes(answer.status) && (await answer.json()).detail;
  }

  async function send(file) {
    const { name, size } = file;
    const say = (key) => words[key].replace("{name}", name);
    status.textContent = say("upload_sending");
    try {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      const sha256 = Array.from(digest, (one) => (one + 256).toString(16).slice(1)).join("");
      const asked = JSON.stringify({ name, size, sha256, contract: form.contract.value, language: form.language.value });
      const { upload, url, fields } = JSON.parse(await post(box.dataset.address, asked));
      const body = new FormData();
      for (const key in fields) body.append(key, fields[key]);
      body.append("file", file);
      await post(url, body);
      const row = box.querySelector("template").content.cloneNode(true);
      row.querySelector("input").value = upload;
      row.querySelector("span").textContent = name;
      box.querySelector("ul").append(row);
      return say("upload_done");
    } catch (said) {
      return said.length ? said : say("upload_failed");
    }
  }

  if (crypto.subtle) {
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
