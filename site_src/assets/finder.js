// Searches the list of organisations on this device; fetches the list when a search begins.
"use strict";
{
  const form = document.getElementById("finder");
  const wanted = document.getElementById("wanted");
  const kind = document.getElementById("wanted-kind");
  const count = document.getElementById("found-count");
  const list = document.getElementById("found");
  const all = document.getElementById("all");
  const { index: address, prefix } = form.dataset;
  const words = JSON.parse(form.dataset.words);
  const SHOWN = 30;
  // More results than these stay in the order of the list: nobody reads that far for the best one.
  const RANKED = 200;
  const labels = Object.fromEntries([...kind.options].map(({ value, text }) => [value, text]));

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
  const sounds = (lines) =>
    lines.split("\n").map((line) => {
      const syllables = line.split(" ");
      return [syllables, syllables.map((syllable) => syllable[0]).join("")];
    });
  const begins = (syllables, at, text) => {
    for (; text && at < syllables.length; at += 1) {
      if (syllables[at].startsWith(text)) return true;
      if (!text.startsWith(syllables[at])) return false;
      text = text.slice(syllables[at].length);
    }
    return !text;
  };
  const sounding = (text) => {
    const typed = text.toLowerCase().replace(/[\s'’]+/g, "").replaceAll("ü", "v");
    if (!/^[a-z]{2,}$/.test(typed)) return () => false;
    const short = typed.length < 3;
    return (lines) =>
      lines.some(
        ([syllables, initials]) =>
          (short ? initials.startsWith(typed) : initials.includes(typed)) ||
          syllables.some((_, at) => begins(syllables, at, typed)),
      );
  };

  let loading = null;
  function load() {
    loading ??= fetch(address)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(({ kinds, languages, rows }) => ({
        kinds,
        languages,
        rows,
        lines: rows.map(([id, , names, , , ...former]) => fold([...names, ...former, id].join(" / "))),
        matters: rows.map(([, , , matters]) => fold(matters).toLowerCase()),
        sounds: rows.map(([, , , , pinyin]) => (pinyin ? sounds(pinyin) : [])),
      }));
    // The next key press tries again.
    loading.catch(() => (loading = null));
    return loading;
  }

  // Names that match come first, then organisations where one can file about what was typed.
  function find({ kinds, rows, lines, matters, sounds: spoken }, typed) {
    const text = fold(typed);
    const place = kinds.indexOf(kind.value);
    const taken = (at) => rows[at][1].includes(place);
    const among = place < 0 ? null : [...rows.keys()].filter(taken);
    if (!text) return among ?? [];
    const fuzzy = /[^\x00-\x7f]/.test(text) ? others : latin;
    const searched = among?.map((at) => lines[at]) ?? lines;
    const [found, info, order] = fuzzy.search(searched, text, 3, RANKED);
    const best = (order ? order.map((at) => info.idx[at]) : found) ?? [];
    const named = among ? best.map((at) => among[at]) : best;
    const terms = text.toLowerCase().split(/\s+/);
    const heard = sounding(typed);
    const about = (at) => terms.every((term) => matters[at].includes(term)) || heard(spoken[at]);
    const known = new Set(named);
    const more = (among ?? [...rows.keys()]).filter((at) => !known.has(at) && about(at));
    return [...named, ...more];
  }

  function item([id, taken, names, , , ...former], { kinds, languages }) {
    const own = languages.indexOf(document.documentElement.lang);
    const said = names[own] ? own : names.findIndex(Boolean);
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${prefix}/${id}/`;
    link.textContent = names[said];
    if (said !== own) link.lang = languages[said];
    if (former.length) link.append(` (${say("former", { name: former.join(words.separator) })})`);
    entry.append(link);
    for (const place of taken) {
      const tag = document.createElement("span");
      tag.className = "tag";
      tag.textContent = labels[kinds[place]];
      entry.append(" ", tag);
    }
    return entry;
  }

  async function search() {
    const text = wanted.value.trim();
    const asked = Boolean(text || kind.value);
    let data = null;
    try {
      data = asked && (await load());
    } catch {
      count.textContent = words.failed;
      return;
    }
    // If the text has changed meanwhile, a newer search shows its own results.
    if (text !== wanted.value.trim()) return;
    if (all) all.hidden = asked;
    const found = data ? find(data, text) : [];
    list.replaceChildren(...found.slice(0, SHOWN).map((at) => item(data.rows[at], data)));
    const values = { count: found.length, shown: SHOWN };
    const message = ["none", "one"][found.length] ?? (found.length > SHOWN ? "many" : "some");
    count.textContent = asked ? say(message, values) : "";
  }

  form.classList.add("ready");
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const field of [wanted, kind]) {
    field.addEventListener("focus", () => load().catch(() => {}));
    field.addEventListener("input", search);
  }
  // When the reader comes back to the page, the browser may have kept the typed text.
  addEventListener("pageshow", search);
}
