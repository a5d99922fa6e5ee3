// Checks a receipt against the published keys without the network; site_src/receipts/verify.py does
// the same for `build.py verify`. Without script the page names other ways to check.
(async () => {
  const LABELS = ["Ombud-Receipt", "Organisation", "Reference", "Received", "Policy-Version", "Contract", "Content-SHA256", "Key", "Signature"];
  const NAMED = ["Organisation", "Policy-Version", "Reference", "Received"];
  const [BEGIN, PROOF, END] = ["-----BEGIN OMBUD RECEIPT-----", "-----BEGIN OMBUD PROOF-----", "-----END OMBUD RECEIPT-----"];
  const tool = document.getElementById("check");
  const verdict = document.getElementById("verdict");
  const unable = document.getElementById("unable");
  const words = JSON.parse(tool.dataset.words);
  const keys = JSON.parse(tool.dataset.keys);
  const bytes = (text) => new TextEncoder().encode(text);

  function decoded(text) {
    const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  }

  const imported = (x) => crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x }, "Ed25519", false, ["verify"]);

  const canonical = (text) =>
    text.split(/\r\n|\r|\n/).map((line) => line.replace(/[ \t]+$/, "")).join("\n").replace(/^\n+|\n+$/g, "");

  function read(text) {
    const lines = canonical(text.replace(/^\ufeff/, "")).split("\n");
    // The last match: a filer's own words may contain such lines.
    const start = lines.findLastIndex((line) => line.startsWith(`${LABELS[0]}: `));
    if (start < 0) return { problems: [words.none] };
    const said = {};
    for (const [index, label] of LABELS.entries()) {
      const line = lines[start + index] ?? "";
      if (!line.startsWith(`${label}: `)) return { problems: [`${words.damaged} ${label}`] };
      said[label] = line.slice(label.length + 2);
    }
    const begin = lines.indexOf(BEGIN);
    const whole = begin >= 0 && begin < start && lines[start - 1] === PROOF;
    const others = [...lines.slice(0, start), ...lines.slice(start + LABELS.length)];
    const stray = !whole && others.some((line) => line.trim() && line !== PROOF && line !== END);
    return { said, stray, content: whole ? canonical(lines.slice(begin + 1, start - 1).join("\n")) : null };
  }

  async function fits(said, key) {
    const signed = LABELS.slice(0, -1).map((label) => `${label}: ${said[label]}\n`).join("");
    try {
      return await crypto.subtle.verify("Ed25519", await imported(key.x), decoded(said.Signature), bytes(signed));
    } catch {
      return false; // not base64, or not the length of a signature
    }
  }

  async function problems({ said, stray, content }) {
    if (said["Ombud-Receipt"] !== "1") return [words["Ombud-Receipt"]];
    const found = stray ? [words.stray] : [];
    if (content !== null) {
      const known = content.split("\n", 1)[0].split(" / ");
      NAMED.forEach((label, index) => {
        if (known[index] !== undefined && known[index] !== said[label]) found.push(words[label]);
      });
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(content)));
      const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (hex !== said["Content-SHA256"]) found.push(words["Content-SHA256"]);
    }
    const held = Object.hasOwn(keys, said.Organisation) ? keys[said.Organisation] : [];
    const key = held.find((one) => one.kid === said.Key);
    if (!key) found.push(words.Key);
    else if (!(await fits(said, key))) found.push(words.Signature);
    else if (key.until && Date.parse(said.Received) >= Date.parse(key.until)) found.push(words.until);
    return found;
  }

  function element(name, text, className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
  }

  async function check(text) {
    const receipt = read(text);
    const found = receipt.problems ?? (await problems(receipt));
    if (found.length) {
      const list = document.createElement("ul");
      list.append(...found.map((problem) => element("li", problem)));
      verdict.replaceChildren(element("p", words.false, "bad"), list);
    } else if (receipt.content === null) {
      verdict.replaceChildren(element("p", words.proof_only, "good"));
    } else {
      verdict.replaceChildren(element("p", words.genuine, "good"), element("pre", receipt.content));
    }
  }

  try {
    // A key from RFC 8032 shows whether this browser supports Ed25519.
    await imported("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
  } catch {
    unable.textContent = words.unable;
    return;
  }
  unable.hidden = true;
  tool.hidden = false;
  const pasted = document.getElementById("pasted");
  document.getElementById("file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    pasted.value = await file.text();
    await check(pasted.value);
  });
  tool.querySelector("button").addEventListener("click", () => check(pasted.value));
})();
