/* What must not be published, found while somebody types: the patterns of `check`, which the questions bring along,
   and check digits. Only telephone numbers have a rougher rule here; `check` looks again. */
(() => {
  const digits = (text) => [...text].map(Number);
  const luhn = (text) =>
    digits(text).reduceRight((sum, digit, at) => {
      const weighed = (text.length - at) % 2 ? digit : digit * 2;
      return sum + (weighed > 9 ? weighed - 9 : weighed);
    }, 0) % 10 === 0;
  const day = (year, month, day) => {
    const found = new Date(Date.UTC(2000 + +year, month - 1, +day));
    return month > 0 && month < 13 && found.getUTCDate() === +day;
  };
  const weighed = (text, weights) => weights.reduce((sum, weight, at) => sum + weight * text[at], 0) % 11;
  const rules = {
    swedish: ([, year, dash, month, date, between = "", first, rest]) =>
      !(dash && between !== "-") && day(year, +month, date > 60 ? date - 60 : date) &&
      ((first === "T" && /^[-+]$/.test(between.trim())) || luhn(year + month + date + (first > "9" ? "1" : first) + rest)),
    norwegian: ([, birth, rest]) => {
      const all = birth + rest;
      const date = all[0] % 4 + all[1];
      return day(all.slice(4, 6), all.slice(2, 4) % 40, date) &&
        !weighed(all, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) && !weighed(all, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]);
    },
    finnish: ([all]) => {
      const text = all.toUpperCase();
      return day(text.slice(4, 6), +text.slice(2, 4), text.slice(0, 2)) &&
        "0123456789ABCDEFHJKLMNPRSTUVWXY"[(text.slice(0, 6) + text.slice(7, 10)) % 31] === text[10];
    },
    danish: ([, birth]) => day(birth.slice(4), +birth.slice(2, 4), birth.slice(0, 2)),
  };
  const called = { swedish: "a Swedish", norwegian: "a Norwegian", finnish: "a Finnish", danish: "a Danish" };

  /* Says what is found in a text, or nothing. */
  window.NavigatorPrivacy = (text, patterns) => {
    const all = ([source, flags], where) => [...where.matchAll(new RegExp(source, flags))];
    const plain = text.replace(new RegExp(...patterns.path), (_, host, path) => host + "/".repeat(path.length));
    for (const name in called) if (all(patterns[name], plain).some(rules[name])) return called[name] + " personal identity number";
    for (const [what, ...pattern] of patterns.secrets) if (all(pattern, text).length) return what;
    if (all(patterns.mail, text).length) return "an e-mail address";
    const home = `(?<![\\w./-])(?:${patterns.home[0]})(?![\\w])`;
    const abroad = String.raw`(?<![\w./-])\(?(?:\+|00 ?)[1-9](?:[ ()./-]*\d){6,13}(?!\w)`;
    const numbers = [home, abroad].flatMap((source) => all([source, "g"], plain));
    return numbers.some(([number]) => number.replace(/\D/g, "").length > 6) ? "a telephone number" : "";
  };
})();
