// Searches the list of organisations on this device; fetches the list when a search begins.
"use strict";
{
  const form = document.getElementById("finder");
  const wanted = document.getElementById("wanted");
  const kind = document.getElementById("wanted-kind");
  const count = document.getElementById("found-count");
  const list = document.getElementById("found");
  const all = document.getElementById("all");
  const clear = form.querySelector("[type=reset]");
  const { index: address, prefix } = form.dataset;
  const words = JSON.parse(form.dataset.words);
  const SHOWN = 30;
  // More results than these stay in the order of the list: nobody reads that far for the best one.
  const RANKED = 200;

  // Latin words may have one wrong letter. People leave characters out of Chinese names, such as
  // 检测中心 for 检验检测中心, so other characters may stand between the typed ones.
  const letters = {
    unicode: true,
    interSplit: "[^\\p{L}\\d]+",
    intraSplit: "\\p{Ll}\\p{Lu}",
    intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
    intraChars: "[\\p{L}\\d]",
  };
  const latin = new uFuzzy({ intraMode: 1 });
  const others = new uFuzzy({ ...letters, intraIns: Infinity });

  const say = (message, values) =>
    words[message].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // People write 4s店 and ４Ｓ 店 for 4S 店: width and spaces beside Chinese characters say nothing.
  const fold = (text) =>
    text
      .normalize("NFKC")
      .replace(/([^\x00-\x7f]) +/g, "$1")
      .replace(/ +([^\x00-\x7f])/g, "$1");

  // 示例认可机构 is found by shilirenke, by shi li ren ke and by its initials slrk; a syllable may be
  // left unfinished at the end. Two letters at least: one would find nearly everybody.
  const begins = (sounds, at, text) =>
    !text ||
    (at < sounds.length &&
      sounds[at].some(
        (sound) =>
          sound.startsWith(text) ||
          (text.startsWith(sound) && begins(sounds, at + 1, text.slice(sound.length))),
      ));
  const initials = (sounds, at, text) =>
    at + text.length <= sounds.length &&
    [...text].every((letter, next) => sounds[at + next].some((sound) => sound[0] === letter));
  // Initials of one word of two characters stand in many names, so two letters begin the name.
  const sounding = (sounds, text) =>
    sounds.some(
      (_, at) => begins(sounds, at, text) || ((!at || text.length > 2) && initials(sounds, at, text)),
    );

  let loading = null;
  function load() {
    loading ??= fetch(address)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(({ kinds, languages, rows, readings, closed }) => {
        const spoken = new Map();
        for (const [sound, characters] of Object.entries(readings))
          for (const character of characters)
            spoken.set(character, [...(spoken.get(character) ?? []), sound]);
        const sounds = (line) =>
          [...line].some((character) => spoken.has(character))
            ? [...line.toLowerCase().matchAll(/[\p{L}\d]/gu)].map(([one]) => spoken.get(one) ?? [one])
            : [];
        const called = rows.map(([, , names, sector, , ...former]) => [...names, ...sector, ...former]);
        return {
          kinds,
          languages,
          rows,
          closed,
          lines: rows.map(([id], at) => fold([...called[at], id].join(" / "))),
          names: called.map((names) => names.map(sounds)),
          matters: rows.map(([, , , , matters]) =>
            matters.split("\n").map((words) => [words, fold(words).toLowerCase(), sounds(words)]),
          ),
        };
      });
    // The next key press tries again.
    loading.catch(() => (loading = null));
    return loading;
  }

  // Names that match come first, then names that sound so, then where one can file about it.
  // Gives the index of each organisation and the words that were found, unless it is its name.
  function find({ kinds, rows, lines, names, matters }, typed) {
    const text = fold(typed);
    const place = kinds.indexOf(kind.value);
    const among = [...rows.keys()].filter((at) => place < 0 || rows[at][1].includes(place));
    if (!text) return among.map((at) => [at]);
    const fuzzy = /[^\x00-\x7f]/.test(text) ? others : latin;
    const searched = place < 0 ? lines : among.map((at) => lines[at]);
    const [found, info, order] = fuzzy.search(searched, text, 3, RANKED);
    const best = ((order ? order.map((at) => info.idx[at]) : found) ?? []).map((at) => among[at]);
    const terms = text.toLowerCase().split(/\s+/);
    // "Brake" is about brakes before it is a slip in "brokerage".
    const slips = best.filter(
      (at) => fuzzy === latin && !terms.every((term) => lines[at].toLowerCase().includes(term)),
    );
    const results = new Map(best.filter((at) => !slips.includes(at)).map((at) => [at, ""]));
    const spelt = typed.toLowerCase().replace(/[\s'’]+/g, "").replaceAll("ü", "v");
    const heard = /^[a-z\d]{2,}$/.test(spelt) ? (sounds) => sounding(sounds, spelt) : () => false;
    const rest = () => among.filter((at) => !results.has(at));
    for (const at of rest()) if (names[at].some(heard)) results.set(at, "");
    for (const at of rest()) {
      const about = matters[at].find(
        ([, folded, sounds]) => terms.every((term) => folded.includes(term)) || heard(sounds),
      );
      if (about) results.set(at, about[0]);
    }
    for (const at of slips) if (!results.has(at)) results.set(at, "");
    return [...results];
  }

  function item(at, about, { kinds, languages, rows, closed }) {
    const [id, taken, names, sector, , ...former] = rows[at];
    const own = languages.indexOf(document.documentElement.lang);
    const said = names[own] ? own : names.findIndex(Boolean);
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${prefix}/${id}/`;
    link.textContent = names[said];
    if (said !== own) link.lang = languages[said];
    if (former.length) link.append(` (${say("former", { name: former.join(words.separator) })})`);
    entry.append(link);
    const add = (className, textContent) =>
      entry.append(Object.assign(document.createElement("span"), { className, textContent }));
    if (sector[said]) add("note", sector[said]);
    if (about) add("note", say("about", { matter: about }));
    if (closed.includes(at)) add("tag", words.closed);
    for (const place of taken) add("tag", kind.querySelector(`[value=${kinds[place]}]`).text);
    return entry;
  }

  async function search() {
    const text = wanted.value.trim();
    const asked = text || kind.value;
    let data = null;
    try {
      data = asked && (await load());
    } catch {
      count.textContent = words.failed;
      return;
    }
    // If the text has changed meanwhile, a newer search shows its own results.
    if (text !== wanted.value.trim()) return;
    const found = data ? find(data, text) : [];
    if (all) all.hidden = found.length > 0;
    clear.hidden = !asked;
    list.replaceChildren(
      ...found.slice(0, SHOWN).map(([at, about]) => item(at, about, data)),
    );
    const message = found.length ? (found.length > SHOWN ? "many" : "some") : "none";
    const values = { count: found.length, total: data && data.rows.length, shown: SHOWN };
    count.textContent = asked ? say(message, values) : words.all;
  }

  form.classList.add("ready");
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const field of [wanted, kind]) {
    field.addEventListener("focus", () => load().catch(() => {}));
    field.addEventListener("input", search);
  }
  form.addEventListener("reset", () => {
    setTimeout(search);
    wanted.focus();
  });
  // When the reader comes back to the page, the browser may have kept the typed text.
  addEventListener("pageshow", search);
}
