/* What does not fit while somebody types. The sentences, limits and patterns are those of `check`: the questions bring
   them along. Only telephone numbers have a rougher rule here; `check` looks again.

   NavigatorRules(book, today) → {say, judged, order, lacks}; each gives a list of {kind, stops, text, instead}. */
const NavigatorRules = ({ sentences, limits, privacy, stages }, today) => {
  const say = (kind, places = {}) => {
    const found = sentences[kind];
    if (!found) return [];
    const put = (text) => text.replace(/{(\w+)}/g, (all, place) => places[place] ?? all);
    const instead = places.near ? `write "${places.near}"` : put(found[1]);
    return [{ kind, stops: found[2], text: put(found[0]), instead: /[{…]/.test(instead) ? "" : instead }];
  };

  /* --- dates --- */

  const real = (year, month, day) => month > 0 && month < 13 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === +day;
  const pad = (number) => number.padStart(2, "0");
  const nearDay = (text) => {
    const first = /^(\d{4})[-/.\u2013 ]?(\d{1,2})[-/.\u2013 ]?(\d{1,2})$/.exec(text);
    const last = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})$/.exec(text);
    const [year, month, day] = first ? first.slice(1) : last?.[1] > 12 ? last.slice(1).reverse() : [];
    return year && (real(year, month, day) ? `${year}-${pad(month)}-${pad(day)}` : null);
  };
  const nearMonth = (text) => {
    const found = /^([12]\d{3})-?\/?\.?(0?[1-9]|1[0-2])\b/.exec(text);
    return found ? `${found[1]}-${pad(found[2])}` : "";
  };
  const parts = (text) => /^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  const date = (text, future = "future-date", whole) => {
    const [, year, month, day] = parts(text);
    if (!year || (month && !real(year, month, day ?? 1))) {
      const near = nearDay(text);
      return say(near === null ? "no-such-day" : "not-a-date", { value: text, near });
    }
    if (whole && !day) return say("not-a-day", { value: text });
    if (text > today.slice(0, text.length)) return say(future, { value: text, month: `${text}-01`.slice(0, 7) });
    return +year < limits.earliest ? say("long-ago", { value: text }) : [];
  };
  const month = (text, passed = "plan-is-past") => {
    const [, year, number, day] = parts(text);
    if (!number || day || !real(year, number, 1)) return say("not-a-month", { value: text, near: nearMonth(text) });
    return text < today.slice(0, 7) ? say(passed, { value: text }) : [];
  };

  /* --- texts --- */

  const text = (words) => {
    const plain = words.toLowerCase();
    const given = limits.given.includes(plain.replace(/\.+$/, "")) || plain.startsWith(limits.evidence.toLowerCase());
    return [...(words.length > limits.text ? say("too-long", { value: words.length }) : []), ...(given ? say("template-words") : [])];
  };
  const shown = (words, kind = "placeholder-evidence") => {
    const plain = words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
    const empty = words.length <= limits.longest && new RegExp(`^(?:${limits.placeholder[0]})$`).test(plain || words);
    return [...text(words), ...(empty ? say(kind, { value: words }) : [])];
  };
  const name = (word) => {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word) || word.length > limits.name) return say("bad-name");
    return limits.taken.includes(word) ? say("name-taken") : [];
  };
  const RULES = {
    date,
    month,
    text,
    shown,
    name,
    day: (typed) => date(typed, "future-date", true),
    assessed: (typed) => date(typed, "future-assessed", true),
    target: (typed) => month(typed, "target-is-past"),
    reason: (typed) => shown(typed, "placeholder-because"),
  };

  /* --- what must not be published --- */

  const DOUBLED = "0246813579"; /* twice a digit, its digits added */
  const luhn = (number) => [...number].reduceRight((sum, digit, at) => sum + +((number.length - at) % 2 ? digit : DOUBLED[digit]), 0) % 10 === 0;
  const born = (year, month, day) => real(2000 + +year, +month, day);
  const weighed = (number, weights) => [...weights].reduce((sum, weight, at) => sum + (weight === "x" ? 10 : weight) * number[at], 0) % 11;
  const COUNTRIES = {
    Swedish: ([, year, dash, month, day, between = "", first, rest]) =>
      !(dash === "-" && between !== "-") && born(year, month, day % 60) &&
      ((first === "T" && /^[-+]$/.test(between.trim())) || luhn(year + month + day + (first > "9" ? 1 : first) + rest)),
    Norwegian: ([all]) => {
      const number = all.replace(/\D/g, "");
      return born(number.slice(4, 6), number.slice(2, 4) % 40, (number[0] % 4) + number[1]) &&
        !weighed(number, "3761894521") && !weighed(number, "54327654321");
    },
    Finnish: ([all]) => {
      const number = all.toUpperCase();
      return born(number.slice(4, 6), number.slice(2, 4), number.slice(0, 2)) &&
        "0123456789ABCDEFHJKLMNPRSTUVWXY"[(number.slice(0, 6) + number.slice(7, 10)) % 31] === number[10];
    },
    Danish: ([, birth]) => born(birth.slice(4), birth.slice(2, 4), birth.slice(0, 2)),
  };
  const personal = (typed) => {
    const words = typed.normalize("NFKC").replace(/[\p{Pd}\u2212]/gu, "-").replace(/\p{Cf}/gu, "");
    const all = ([source, flags], where) => [...where.matchAll(new RegExp(source, flags))];
    const plain = words.replace(new RegExp(...privacy.path), (_, host, path) => host + "/".repeat(path.length));
    for (const country in COUNTRIES)
      if (all(privacy[country], plain).some(COUNTRIES[country]))
        return `a ${country} personal identity number`;
    for (const [what, ...pattern] of privacy.secrets) if (all(pattern, words).length) return what;
    if (privacy.mail.some((pattern) => all(pattern, words).length)) return "an e-mail address";
    const document = new RegExp(privacy.document[0]);
    const numbers = [
      ...all(privacy.home, plain).filter(({ index }) => !document.test(plain.slice(0, index))),
      ...privacy.telephone.flatMap((pattern) => all(pattern, plain)),
    ];
    return numbers.some(([number]) => /(\d\D*){7}/.test(number)) ? "a telephone number" : "";
  };

  return {
    say,
    judged: (typed, rule) => {
      const what = typed && personal(typed);
      return typed ? [...(what ? say("private", { what }) : []), ...(RULES[rule]?.(typed) ?? [])] : [];
    },
    /* The month of a stage against those of its neighbours; `target` gives the month of any stage. */
    order: (number, typed, target) => {
      const [stage] = Object.keys(stages).filter((each) => +each < +number && target(each)).slice(-1);
      return stage && target(stage) > typed ? say("targets-order", { later: number, value: typed, stage, month: target(stage) }) : [];
    },
    /* What a gate or a confirmed stage lacks to count. */
    lacks: (answer, kind) => {
      const missing = ["since", "evidence"].filter((field) => !answer[field]);
      return missing.length ? say(`${kind}-${missing[1] ? "both" : missing[0]}`) : [];
    },
  };
};
