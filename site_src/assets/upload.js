// Files of a form: each is sent by itself as soon as it is chosen, where a voucher says, and its
// voucher joins the form. Without this script they travel with the form.
"use strict";
{
  const box = document.querySelector(".upload");
  const words = JSON.parse(box.dataset.words);
  const form = box.closest("form");
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector(".uploads");
  const status = box.querySelector(".sending");
  const MEGABYTE = 1e6;
  let sending = Promise.resolve();
  let waiting = 0;

  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const sizeOf = (size) => size < MEGABYTE
    ? say("kilobytes", { value: Math.max(1, Math.round(size / 1000)) })
    : say("megabytes", { value: (size / MEGABYTE).toFixed(1) });
  const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");

  function post(url, body, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.upload.onprogress = progress;
      request.onload = () => (request.status < 300 ? resolve(request) : reject(request));
      request.onerror = () => reject(request);
      request.send(body);
    });
  }

  async function send(file) {
    const { name, size } = file;
    status.textContent = say("upload_sending", { name, percent: 0 });
    const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const { contract, language } = form.elements;
    const asked = { name, size, sha256, contract: contract.value || null, language: language.value };
    const voucher = JSON.parse((await post(box.dataset.address, JSON.stringify(asked))).responseText);
    const body = new FormData();
    for (const [key, value] of Object.entries(voucher.fields)) body.append(key, value);
    body.append("file", file);
    await post(voucher.url, body, ({ loaded, total }) => {
      status.textContent = say("upload_sending", { name, percent: Math.floor(loaded / total * 100) });
    });
    list.append(row(voucher.upload, `${name}, ${sizeOf(size)}`));
    return say("upload_done", { name });
  }

  function row(token, said) {
    const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "upload", value: token, checked: true });
    const label = Object.assign(document.createElement("label"), { className: "check" });
    const span = Object.assign(document.createElement("span"), { textContent: said });
    const item = document.createElement("li");
    label.append(tick, span);
    item.append(label);
    return item;
  }

  const refusal = ({ name, size }) => {
    const { most, megabytes } = box.dataset;
    if (list.querySelectorAll(":checked").length >= most) return say("file_too_many", { most });
    return size > megabytes * MEGABYTE ? say("file_too_large", { name, megabytes }) : "";
  };

  async function sendAll(files) {
    const said = [];
    for (const file of files) {
      const wrong = refusal(file);
      said.push(wrong || await send(file).catch(() => say("upload_failed", file)));
    }
    status.textContent = [...new Set(said)].join(" ");
    waiting -= 1;
  }

  // A page that is not on https has no digest; there files travel with the form.
  if (globalThis.crypto?.subtle) {
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      waiting += 1;
      sending = sending.then(() => sendAll(files));
    });
    form.addEventListener("submit", (event) => {
      if (!waiting) return;
      event.preventDefault();
      status.textContent = words.upload_wait;
      sending.then(() => form.requestSubmit(event.submitter));
    });
  }
}
