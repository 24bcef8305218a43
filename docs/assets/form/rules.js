/* What does not fit while somebody types. The sentences and limits are those of `check`: the questions bring them along.
   What must not be published is found by more.js, which sets `personal`; without it nothing can be sent.

   NavigatorRules(book, today) → {say, judged, order, lacks}; each gives a list of {kind, stops, text, instead}. */
const NavigatorRules = ({ sentences, limits, stages }, today) => {
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
    const given = limits.given.includes(plain.replace(/\.+$/, "")) || limits.evidence.some((text) => plain.startsWith(text));
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

  const own = {
    say,
    real,
    judged: (typed, rule) => {
      const what = typed && own.personal?.(typed);
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
  return own;
};
