/* Search that forgives, second part: what stands between the search box and the theme's worker before this. */
(() => {
  const SPELT = [[/iz(?=[aei])/g, "is"], [/yz(?=e)/g, "ys"], [/ae|oe/g, "e"], [/ens(?=e|i|$)/g, "enc"], [/our(?=$|s$|ed|ing|al)/g, "or"]];
  const ENDING = /(ies|ing|ed|es|s|e|en|et|ar|er|or|na)$/;
  const LONGEST = 300; // letters of an excerpt
  const fold = (word) =>
    SPELT.reduce((left, [a, b]) => left.replace(a, b), word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, ""));
  const split = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const tells = (word) => lunr.stopWordFilter(word.toLowerCase()) && !own.ignored.includes(word.toLowerCase());
  let setup, words, common;

  /* The index: its words without marks, in one spelling; and how common each is. */
  const { add, build } = lunr.Builder.prototype;
  const folded = (token) => token.update(fold);
  lunr.Pipeline.registerFunction(folded, "folded");
  lunr.Builder.prototype.add = function (entry, how) {
    if (!words) this.pipeline.add(folded);
    words = [];
    add.call(this, entry, how);
  };
  lunr.Builder.prototype.build = function () {
    const index = build.call(this), count = (fields) => Object.keys(fields || {}).length;
    common = {};
    for (const [word, { text, title, keywords }] of Object.entries(index.invertedIndex))
      common[word] = count(text) + 3 * count(title) + 3 * count(keywords);
    words = Object.keys(common).sort();
    return index;
  };

  /* How many letters are wrong, missing, too many or swapped; more than `most` is not counted. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return 9;
    let before, last = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return 9;
      [before, last] = [last, row];
    }
    return last[b.length];
  };
  const begins = (start) => {
    let low = 0, high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle] < start) low = middle + 1;
      else high = middle;
    }
    return (words[low] || "").startsWith(start);
  };
  /* A word that the index has: as typed, with another ending, the nearest, or its beginning; else as typed. */
  const known = (word) => {
    if (begins(word)) return word;
    const stem = word.replace(ENDING, "");
    if (stem.length > 3 && begins(stem)) return stem;
    const most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
    let best = word, least = most + 0.5;
    for (const other of words) {
      const far = distance(word, other, most) + (other[0] === word[0] ? 0 : 0.4);
      if (far < least || (far === least && common[other] > common[best])) [best, least] = [other, far];
    }
    /* A compound, as in Swedish, is found by its beginning. */
    for (let end = word.length - 1; best === word && end > 3; end--) if (begins(word.slice(0, end))) best = word.slice(0, end);
    return best;
  };

  /* The theme cuts off the signs after the last word of a paragraph. */
  const ended = (text) => text + (/\([^)]*$/.test(text) ? ")" : "") + (/[\p{L}\p{N}%)>]$/u.test(text) ? "." : "");
  /* An excerpt: a sentence or two around the first mark. */
  const excerpt = (text) => {
    const plain = text.replace(/([^.:;!?·\s])\s*<\/li>(?=\s*<li>)/g, "$1;").replace(/<(?!\/?mark>)[^>]*>/g, " ").replace(/\s+/g, " ").trim();
    if (plain.length <= LONGEST + 30) return `<p>${ended(plain)}</p>`;
    const at = Math.max(0, plain.indexOf("<mark>"));
    const sentence = Math.max(...[". ", "? ", ": "].map((end) => plain.lastIndexOf(end, at) + 2)), near = plain.indexOf(" ", at - 90) + 1;
    const from = at < 90 ? 0 : sentence > 1 && at - sentence < 160 ? sentence : near;
    const whole = plain.lastIndexOf(". ", from + LONGEST) + 1, space = plain.indexOf(" ", from + LONGEST);
    const to = whole > Math.max(at, from + 120) ? whole : space < 0 ? plain.length : space;
    const remark = plain.slice(to).match(/^ \([^)]{4,30}\)\.?/) || [""]; // "(unconfirmed)" belongs to what is before it
    let cut = plain.slice(from, to).replace(/^\([^)]{4,30}\)[. ]*/, "") + remark[0];
    if (cut.lastIndexOf("<mark>") > cut.lastIndexOf("</mark>")) cut += "</mark>";
    if (to === plain.length) cut = ended(cut);
    return `<p>${from && from !== sentence ? "… " : ""}${cut}${to === whole || to === plain.length ? "" : " …"}</p>`;
  };

  const find = async (question) => {
    const typed = split(question);
    const telling = typed.filter(tells);
    const asked = (telling.length ? telling : typed).map(fold);
    asked.forEach((word, at) => {
      if (at && word.length > 3 && asked[at - 1] + word in common) asked.splice(at - 1, 2, asked[at - 1] + word); // "end points"
    });
    const missing = [], wanted = new Set();
    for (const word of asked) {
      const found = known(word);
      wanted.add(found);
      if (!word.startsWith(found) && !found.startsWith(word)) missing.push(word);
    }
    /* The same word with another ending counts less. */
    const stems = new Map([...wanted].map((word) => [word.replace(ENDING, ""), word]).filter(([stem, word]) => stem.length > 4 && stem !== word));
    const terms = [
      ...[...wanted].map((word) => (word.length < 4 && word in common ? `${word}^2` : `${word}*^1 ${word}^2`)),
      ...[...stems.keys()].map((stem) => `${stem}*^0.3`),
    ];
    const { items } = (await own.ask({ type: 2, data: terms.join(" ") })).data;
    for (const { terms: found } of items.flat())
      for (const [stem, word] of stems) {
        if (found[stem] && word in found) found[word] = true;
        if (!wanted.has(stem)) delete found[stem];
      }
    /* What is called as was asked comes first; a page that has all words, before one that has a rare one often. */
    const called = ({ title }) => {
      const words = split(title.replace(/<[^>]*>/g, "")).filter(tells);
      return words.length === wanted.size && words.every((word) => wanted.has(fold(word)));
    };
    const worth = (page) => {
      const has = new Set(page.flatMap(({ terms: of }) => Object.keys(of).filter((word) => of[word])));
      return Math.max(...page.map((entry) => entry.score * (called(entry) ? 2 : 1))) * (has.size / wanted.size) ** 2;
    };
    const best = items.map((page) => [worth(page), page]).sort((a, b) => b[0] - a[0]).map(([, page]) => page);
    for (const entry of best.flat()) {
      entry.text = excerpt(entry.text);
      for (const word of missing) entry.terms[word] = false;
    }
    return best;
  };

  /* Ready at once: the index is built for the first question. */
  own.hear("message", async ({ data: { type, data } }) => {
    if (type === 0) {
      setup = data;
      own.send({ type: 1 });
    } else if (type === 2) {
      const asked = data.trim(); // the box sends an empty question when a page is shown
      if (asked && setup) await own.ask({ type: 0, data: setup });
      if (asked) setup = undefined;
      own.send({ type: 3, data: { items: asked ? await find(asked) : [] } });
    }
  });
})();
