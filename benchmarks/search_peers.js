// Other ways to search the same list: each function takes the rows, builds its index and returns
// a function that answers a query with the number of matches.
(() => {
  const bigrams = (text) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\d]+/u)
      .flatMap((word) =>
        /\p{Script=Han}/u.test(word)
          ? [...word].map((sign, at, all) => sign + (all[at + 1] ?? ""))
          : [word],
      );
  const han = /\p{Script=Han}/u;
  return {
    includes(lines) {
      const low = lines.map((line) => line.toLowerCase());
      return (query) => {
        const words = query.toLowerCase().split(/\s+/);
        return low.filter((line) => words.every((word) => line.includes(word))).length;
      };
    },
    uFuzzy(lines) {
      const chars = {
        unicode: true,
        interSplit: "[^\\p{L}\\d']+",
        intraSplit: "\\p{Ll}\\p{Lu}",
        intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
        intraChars: "[\\p{L}\\d']",
        intraContr: "'\\p{L}{1,2}\\b",
      };
      const latin = new uFuzzy({ intraMode: 1 });
      const chinese = new uFuzzy({ ...chars, intraMode: 0, intraIns: Infinity });
      return (query) => {
        const fuzzy = han.test(query) ? chinese : latin;
        return fuzzy.search(lines, query, 3, 1e3)[0]?.length ?? 0;
      };
    },
    MiniSearch(lines) {
      const index = new MiniSearch({ fields: ["text"], tokenize: bigrams });
      index.addAll(lines.map((text, id) => ({ id, text })));
      const options = { prefix: true, fuzzy: 0.2, combineWith: "AND" };
      return (query) => index.search(query, options).length;
    },
    FlexSearch(lines) {
      const index = new FlexSearch.Index({ encode: bigrams, tokenize: "forward" });
      lines.forEach((line, id) => index.add(id, line));
      return (query) => index.search(query, 100).length;
    },
  };
})()
