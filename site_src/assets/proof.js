// Solves a challenge of ALTCHA, version 2, while the filer checks the answers; the form needs the
// solution to be sent. The browser runs its own PBKDF2 off the main thread, so no worker is needed.
"use strict";
{
  const box = document.getElementById("proof");
  const { address, wait, failed } = box.dataset;
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const { form } = input;

  // Half the lifetime of a challenge, measured as a difference: the device's clock may be wrong.
  const FRESH = 3_600_000;
  const LANES = Math.min(navigator.hardwareConcurrency || 2, 8);

  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) =>
    Array.from(new Uint8Array(buffer), (one) => (one + 256).toString(16).slice(1)).join("");

  async function solve({ algorithm, cost, keyLength, keyPrefix, nonce, salt }) {
    const how = { name: "PBKDF2", hash: algorithm.split("/")[1], salt: bytes(salt), iterations: cost };
    let found;
    const lane = async (first) => {
      for (let counter = first; !found; counter += LANES) {
        const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
        new DataView(password.buffer).setUint32(password.length - 4, counter);
        const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
        const derivedKey = hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
        if (derivedKey.startsWith(keyPrefix)) found = { counter, derivedKey };
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
    return found;
  }

  async function work() {
    const answer = await fetch(address);
    // Proof of work has been disabled: the form is accepted without a solution.
    if (answer.status === 404) return;
    const challenge = await answer.json();
    const solution = await solve(challenge.parameters);
    input.value = btoa(JSON.stringify({ challenge, solution }));
  }

  let begun, worked, done;
  const begin = () => {
    begun = Date.now();
    done = false;
    worked = work().then(() => (done = true));
    // A failure is reported only when the form is sent, which also tries again.
    worked.catch(() => (begun = -Infinity));
  };
  begin();

  let waiting = false;
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (submitter?.value !== "send") return;
    if (Date.now() - begun > FRESH) begin();
    if (done) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    status.textContent = wait;
    try {
      await worked;
      status.textContent = "";
      form.requestSubmit(submitter);
    } catch {
      status.textContent = failed;
    }
    waiting = false;
  });
}
