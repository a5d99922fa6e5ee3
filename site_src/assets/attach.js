// Loaded once somebody chooses files: says at once what cannot be accepted, offers smaller copies of
// large photos, and sends files. `shared` stands before this script; see attach_script.py.
const LARGE = 5e6;
const LONGEST_SIDE = 2560; // pixels: small print on a photographed page stays readable
const QUALITY = 0.8;

const words = shared.words[document.documentElement.lang];
const signatures = shared.signatures.map(([pattern, types]) => [new RegExp(pattern, "s"), types]);
const noText = new RegExp(shared.noText);

// Photos that somebody has not yet said of how they are attached, each with its smaller copy.
let waiting = [];

const say = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);
const sized = (bytes) =>
  bytes < 1e6
    ? say("kilobytes", { value: Math.max(1, Math.round(bytes / 1e3)) })
    : say("megabytes", { value: (bytes / 1e6).toFixed(1) });
const total = (files) => files.reduce((sum, { size }) => sum + size, 0);

function isText(head) {
  for (const encoding of shared.encodings) {
    try {
      return !noText.test(new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true }));
    } catch {}
  }
  return false;
}

// The media types that a file may have; the functions read the same table, in the same way.
export async function possibleTypes(file) {
  const head = new Uint8Array(await file.slice(0, shared.head).arrayBuffer());
  let start = String.fromCharCode(...head);
  const size = head.length < 4 ? 0 : new DataView(head.buffer).getUint32(0);
  if (start.slice(4, 8) === "ftyp" && size > 1) start = start.slice(0, size);
  const signed = signatures.find(([pattern]) => pattern.test(start))?.[1];
  const types = signed ?? (isText(head) ? [shared.text] : []);
  if (!types.some((type) => shared.inside[type])) return types;
  const content = new TextDecoder("latin1").decode(await file.arrayBuffer());
  return types.filter((type) => content.includes(shared.inside[type]));
}

// A copy as JPEG, turned as the photo's data say; null if this browser cannot read the photo, or if
// the copy is not smaller.
export async function smallerPhoto(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#fff"; // JPEG has no transparency
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const copy = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return copy && copy.size < file.size ? new File([copy], `${file.name.replace(/\.\w+$/, "")}.jpg`) : null;
  } catch {
    return null;
  }
}

async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body });
  if (answer.ok) return answer.text();
  throw [422, 429].includes(answer.status) && (await answer.json()).detail;
}

// The voucher of a file that has been sent. Throws what to say, or any other error.
async function send(file, address, form) {
  const content = await file.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const sha256 = Array.from(digest, (byte) => (byte + 256).toString(16).slice(1)).join("");
  const head = btoa(String.fromCharCode(...new Uint8Array(content.slice(0, shared.head))));
  const { name, size } = file;
  const asked = JSON.stringify({ name, size, sha256, head, contract: form.contract.value, language: form.language.value });
  const { upload, url, fields } = JSON.parse(await post(address, asked));
  const body = new FormData();
  for (const key in fields) body.append(key, fields[key]);
  body.append("file", file);
  await post(url, body);
  return upload;
}

// Takes the files that were chosen in `box`, whose file input is disabled meanwhile. When it is
// done, the box hears `attached`, with whether everything was taken.
export async function attach(box, files) {
  const input = box.querySelector("[type=file]");
  const list = box.querySelector("ul");
  const status = box.querySelector("[role=status]");
  const { address, most, files: mostFiles } = box.dataset;
  const accepted = input.accept.split(",");
  const offer = box.querySelector(".offer");
  const known = {
    most: mostFiles,
    limit: box.querySelector("[data-script]").textContent,
    taken: box.querySelector("[data-taken]").textContent,
  };
  const lines = new Map();
  let isGood = true;

  const show = (current = "") => {
    const rows = [...lines, [current, false]].map(([text, isProblem]) => {
      const row = document.createElement("span");
      row.textContent = text;
      row.className = isProblem ? "problem" : "";
      return row;
    });
    status.replaceChildren(...rows);
  };
  const add = (text, isProblem) => {
    lines.set(text, isProblem);
    isGood &&= !isProblem;
  };

  async function take(file) {
    const { name, size } = file;
    const refuse = (key) => add(say(key, { name, ...known }), true);
    if (size > most) return refuse("file_too_large");
    if (list.querySelectorAll(":checked").length >= mostFiles) return refuse("file_too_many");
    show(say("upload_sending", { name }));
    try {
      const upload = await send(file, address, input.form);
      list.append(box.querySelector("template").content.cloneNode(true));
      const tick = list.lastElementChild.querySelector("input");
      tick.value = upload;
      tick.nextSibling.textContent = name;
      tick.dispatchEvent(new Event("change", { bubbles: true }));
      add(say("upload_done", { name }), false);
    } catch (said) {
      if (said.length) add(said, true);
      else refuse("upload_failed");
    }
  }

  async function takeAll(some) {
    input.disabled = true;
    for (const file of some) await take(file);
    finish();
  }

  function finish() {
    show();
    if (isGood) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
    input.value = "";
    input.disabled = false;
    box.dispatchEvent(new CustomEvent("attached", { detail: isGood && !waiting.length }));
  }

  function choice(key, values, chosen, style) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = style;
    button.textContent = say(key, values);
    button.onclick = () => {
      waiting = [];
      offer.hidden = true;
      offer.replaceChildren();
      takeAll(chosen).then(() => input.focus());
    };
    return button;
  }

  function ask() {
    const photos = waiting.map(([photo]) => photo);
    const copies = waiting.map(([, copy]) => copy);
    const values = {
      names: photos.map(({ name }) => name).join(words.list_separator),
      before: sized(total(photos)),
      after: sized(total(copies)),
    };
    const [what, note] = ["p", "p"].map((tag) => document.createElement(tag));
    what.textContent = say("photos_large", values);
    note.textContent = words.photos_details;
    note.className = "hint";
    const fit = photos.every(({ size }) => size <= most);
    const smaller = choice(fit ? "photos_smaller" : "photos_smaller_to_fit", values, copies, "button");
    const asTheyAre = choice("photos_as_they_are", values, photos, "button second");
    offer.replaceChildren(what, smaller, ...(photos.some(({ size }) => size <= most) ? [asTheyAre] : []), note);
    offer.hidden = false;
  }

  const ready = [];
  for (const file of files) {
    const { name, size } = file;
    show(say("photos_working", { name }));
    try {
      const types = size ? (await possibleTypes(file)).filter((type) => accepted.includes(type)) : [];
      const isPhoto = types.some((type) => type.startsWith("image/"));
      const copy = isPhoto && size > Math.min(LARGE, most) ? await smallerPhoto(file) : null;
      if (!types.length) add(say(size ? "file_wrong_type" : "file_empty", { name, ...known }), true);
      else if (copy) waiting.push([file, copy]);
      else ready.push(file);
    } catch {
      add(say("upload_failed", { name }), true); // a file that the device itself cannot read
    }
  }
  if (waiting.length) ask();
  await takeAll(ready);
}
