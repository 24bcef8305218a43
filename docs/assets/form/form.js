/* The form *Report a change*. It reads the questions and one project's file from scripts of the site, keeps what is
   typed in this page alone, and writes the new file with `splice.js`. It sends nothing and stores nothing, unless
   somebody presses "Keep a draft on this device". */
(() => {
  const root = document.querySelector("#nav-form");
  if (!root) return;
  const site = JSON.parse(root.dataset.about);
  const query = new URLSearchParams(location.search);
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const DRAFT = "navigator-draft:";
  const MAIL = 1500; /* characters of a message as an address holds them; longer ones are cut by programs */
  const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

  /* --- elements --- */

  let counted = 0;
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name.includes("-")) value != null && element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children.flat().filter((child) => child != null && child !== ""));
    return element;
  };
  const p = (...words) => make("p", {}, ...words);
  const link = (href, text, more) => make("a", { href, textContent: text, ...more });
  const button = (text, onclick, more) => make("button", { type: "button", className: "nav-button", textContent: text, onclick, ...more });
  const quiet = (text) => make("span", { className: "nav-quiet", textContent: text });
  const fold = (title, fill, more = {}) => {
    const details = make("details", { className: "nav-form-fold", ...more }, make("summary", {}, title));
    let filled = false;
    details.addEventListener("toggle", () => {
      if (!details.open || filled) return;
      filled = true;
      details.append(...[fill(details)].flat());
    });
    details.fill = () => ((details.open = true), filled || ((filled = true), details.append(...[fill(details)].flat())));
    return details;
  };
  const load = (path) =>
    new Promise((done, fail) => document.head.append(make("script", { src: site.up + path, onload: done, onerror: fail })));
  const title = (text) => text[0].toUpperCase() + text.slice(1);

  /* --- what is known --- */

  let book; /* the questions */
  let given; /* what the site says of the project */
  let file = ""; /* the text that changes are put into */
  let head = {}; /* that text as plain values */
  let fresh = false; /* a project that begins here */
  const changes = new Map(); /* place in the file → {path, fields or value, words, problems} */

  const at = (values, path) => path.reduce((value, step) => value?.[step], values);
  const long = (answer) => (typeof answer === "string" ? { status: answer } : (answer ?? {}));
  const saved = (name, values = head) => long(at(values, ["status", ...name.split("/")]));
  const names = () => given.asked.map((number) => Object.keys(book.items)[number]);
  const item = (name) => {
    const [heading, stage, done, why, evidence, partner, flags] = book.items[name];
    const area = name.split("/")[0];
    return { name, title: heading, stage, done, why, evidence, partner, gate: flags & 1, owed: flags & 2, area, track: book.areas[area][1] };
  };
  const spoken = (status) => book.statuses.find(([word]) => word === (status ?? "")) ?? book.statuses.at(-1);
  const now = (name) => {
    const change = changes.get("status/" + name);
    if (!change) return saved(name);
    if (change.value === null) return {};
    return Object.fromEntries(Object.entries({ ...saved(name), ...change.fields }).filter(([, value]) => value != null));
  };
  const value = (key, fallback) => (changes.has(key) ? (changes.get(key).value ?? fallback) : (at(head, key.split("/")) ?? fallback));

  /* --- what does not fit, in the words of `check` --- */

  const say = (name, places = {}) => {
    const found = book.sentences[name];
    if (!found) return [];
    const put = (text) => text.replace(/{(\w+)}/g, (all, place) => places[place] ?? all);
    const instead = places.near ? `write "${places.near}"` : put(found[1]);
    return [{ kind: name, stops: found[2], text: put(found[0]), instead: /[{…]/.test(instead) ? "" : instead }];
  };
  const real = (year, month, day) => new Date(Date.UTC(year, month - 1, day)).getUTCDate() === +day && month > 0 && month < 13;
  const pad = (number) => String(number).padStart(2, "0");
  const nearDay = (text) => {
    const first = /^(\d{4})[-/.\u2013 ]?(\d{1,2})[-/.\u2013 ]?(\d{1,2})$/.exec(text);
    const last = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})$/.exec(text);
    const [, year, month, day] = first ?? (last && last[1] > 12 ? [0, last[3], last[2], last[1]] : []);
    return year && real(year, month, day) ? `${year}-${pad(+month)}-${pad(+day)}` : "";
  };
  const nearMonth = (text) => {
    const found = /^([12]\d{3})-?\/?\.?(0?[1-9]|1[0-2])\b/.exec(text);
    return found ? `${found[1]}-${pad(+found[2])}` : "";
  };
  const parts = (text) => /^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  const RULES = {
    date: (text, whole) => {
      const [, year, month, day] = parts(text) ?? [];
      if (!year || (month && !real(year, month, day ?? 1))) return say("not-a-date", { value: text, near: nearDay(text) });
      if (whole && !day) return say("not-a-day", { value: text });
      const old = +year < book.limits.earliest ? say("long-ago", { value: text }) : [];
      return text > today.slice(0, text.length) ? say(whole === "assessed" ? "future-assessed" : "future-date", { value: text }) : old;
    },
    day: (text) => RULES.date(text, "day"),
    assessed: (text) => RULES.date(text, "assessed"),
    month: (text, passed = "plan-is-past") => {
      const [, year, month, day] = parts(text) ?? [];
      if (!month || day || !real(year, month, 1)) return say("not-a-month", { value: text, near: nearMonth(text) });
      return text < today.slice(0, 7) ? say(passed, { value: text }) : [];
    },
    target: (text) => RULES.month(text, "target-is-past"),
    text: (text) => {
      const found = text.length > book.limits.text ? say("too-long", { value: text.length }) : [];
      const words = text.trim().toLowerCase();
      if (book.limits.given.includes(words.replace(/\.+$/, "")) || words.startsWith(book.limits.evidence.toLowerCase())) found.push(...say("template-words"));
      return found;
    },
    shown: (text, kind = "placeholder-evidence") => {
      const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
      const empty = text.length <= book.limits.longest && new RegExp(`^(?:${book.limits.placeholder[0]})$`).test(words || text.trim());
      return [...RULES.text(text), ...(empty ? say(kind, { value: text }) : [])];
    },
    reason: (text) => RULES.shown(text, "placeholder-because"),
    name: (text) =>
      !NAME.test(text) || text.length > book.limits.name ? say("bad-name") : book.limits.taken.includes(text) ? say("name-taken") : [],
  };
  const privately = (text) => {
    const what = NavigatorPrivacy(text, book.privacy);
    return what ? say("private", { what }) : [];
  };
  const judged = (text, rule) => (text ? [...privately(text), ...(RULES[rule]?.(text) ?? [])] : []);
  const gateLacks = (answer, name) => {
    const lacks = ["since", "evidence"].filter((field) => !answer[field]);
    return lacks.length ? say(`${name}-${lacks[1] ? "both" : lacks[0]}`) : [];
  };

  /* --- fields --- */

  const FIELDS = {
    since: ["Since", "A day, a month or a year: 2026-03-14, 2026-03 or 2026.", "date"],
    evidence: ["Evidence", "The number of the document or a link. No patient data.", "shown"],
    reviewed: ["Evidence last looked at", "Only where somebody has looked at it again: 2026-03-14 or 2026-03.", "date"],
    planned: ["Planned month", "The month in which it will be met, such as 2027-02.", "month"],
    because: ["Reason", "One sentence that says why it is not asked of this product.", "reason"],
    note: ["Note", "What else one should know, without names of people or patient data.", "text"],
    until: ["Until", "The month in which it comes up again, such as 2027-06.", "month"],
  };
  const LONG = ["evidence", "because", "note", "summary", "text"];
  const told = (problems) =>
    problems.map(({ text, instead, stops }) =>
      make("p", { className: stops ? "nav-form-stop" : "nav-form-slip" }, make("strong", {}, stops ? "Does not fit: " : "Please check: "), title(text) + (instead ? `: ${instead}.` : ".")),
    );
  /* A labelled field: `look` judges what is typed, `set` takes it. */
  const field = (name, label, hint, text, rule, set, look = (typed) => judged(typed, rule)) => {
    const id = `nav-field-${++counted}`;
    const input = make(LONG.includes(name) ? "textarea" : "input", { id, value: text ?? "", autocomplete: "off", name, "aria-describedby": `${id}-hint ${id}-said` });
    if (LONG.includes(name)) input.rows = 2;
    const said = make("div", { id: `${id}-said`, "aria-live": "polite" });
    const show = () => {
      const problems = look(input.value.trim());
      said.replaceChildren(...told(problems));
      input.setAttribute("aria-invalid", problems.some(({ stops }) => stops));
    };
    input.oninput = () => (set(input.value.replace(/\s+/g, " ").trim()), said.firstChild && show());
    input.onchange = show;
    if (text) show();
    return make("div", { className: "nav-form-field" }, make("label", { htmlFor: id, textContent: label }), make("p", { id: `${id}-hint`, className: "nav-quiet", textContent: hint }), input, said);
  };
  const select = (label, options, chosen, onchange) => {
    const element = make("select", { onchange: () => onchange(element.value) }, ...options.map(([word, text]) => new Option(text, word, false, word === chosen)));
    return make("label", { className: "nav-form-select" }, label + " ", element);
  };

  /* --- changes --- */

  const put = (key, change) => {
    if (change) changes.set(key, { path: key.split("/"), ...change });
    else changes.delete(key);
    refresh();
  };
  const clean = (fields) => Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, text || null]));
  const differs = (was, fields) => Object.fromEntries(Object.entries(clean(fields)).filter(([name, text]) => (was[name] ?? null) !== text));
  const describe = (answer, withStatus = true) => {
    const [, words] = spoken(answer.status);
    const more = Object.entries(FIELDS).filter(([name]) => answer[name]).map(([name, [label]]) => `${label.toLowerCase()} ${answer[name]}`);
    if (answer.owed === "true") more.push("owed after a conditional authorisation");
    return [...(withStatus ? [words] : []), ...more].join(", ");
  };

  const problemsOf = (name) => {
    const answer = now(name);
    const found = Object.entries(FIELDS).flatMap(([word, [, , rule]]) => judged(answer[word], rule));
    if (answer.status === "not-applicable" && !answer.because) found.push(...say("reason-missing"));
    if (answer.status === "met" && item(name).gate) found.push(...gateLacks(answer, "gate"));
    if (answer.earlier && answer.status && !answer.since) found.push(...say("earlier-since"));
    const assessed = value("assessed");
    if (answer.since && assessed && parts(answer.since) && answer.since > assessed && !(answer.since > today)) found.push(...say("answered-later", { value: answer.since, assessed }));
    return found;
  };
  const answerTo = (name, answer) => {
    const was = saved(name);
    if (!answer.status) return put("status/" + name, was.status ? { value: null } : null);
    const fields = differs(was, answer);
    put("status/" + name, Object.keys(fields).length ? { fields } : null);
  };

  /* --- one item --- */

  const itemFold = (name) => {
    const about = item(name);
    const state = make("span", { className: "nav-form-state" });
    const details = fold("", () => body(), { className: "nav-form-item", id: "item-" + name.replace("/", "--") });
    details.firstChild.append(about.title, about.gate ? make("span", { className: "nav-gate", textContent: "gate" }) : "", state);
    const body = () => {
      const answer = { ...now(name) };
      const fields = make("div");
      const said = make("div", { "aria-live": "polite" });
      const also = () => said.replaceChildren(...told(problemsOf(name).filter(({ kind }) => /^(gate|reason|earlier|answered)/.test(kind))));
      const took = () => (answerTo(name, answer), also());
      const keep = { ...answer };
      const draw = () => {
        const [, , , wanted] = spoken(answer.status);
        fields.replaceChildren(
          ...wanted.filter((word) => word !== "owed").map((word) => {
            const [label, hint, rule] = FIELDS[word];
            const more = word === "evidence" && about.evidence ? `${hint} What shows it: ${about.evidence}` : hint;
            return field(word, label + (word === "because" || (about.gate && answer.status === "met" && /since|evidence/.test(word)) ? " (needed)" : ""), more, answer[word], rule, (text) => ((answer[word] = text), took()));
          }),
        );
        if (about.owed && wanted.includes("owed"))
          fields.append(make("label", { className: "nav-form-choice" }, make("input", { type: "checkbox", checked: answer.owed === "true", onchange: (event) => ((answer.owed = event.target.checked ? "true" : ""), took()) }), " Owed after a conditional authorisation"));
      };
      const choose = (status) => {
        const wanted = [...spoken(status)[3], "earlier"];
        for (const word of [...Object.keys(FIELDS), "owed"]) answer[word] = status === keep.status || (wanted.includes(word) && word !== "since") ? keep[word] : "";
        answer.status = status;
        const lost = [...Object.keys(FIELDS), "owed"].filter((word) => keep[word] && !answer[word] && word !== "since");
        draw();
        took();
        if (lost.length && status) said.prepend(make("p", { className: "nav-quiet", textContent: `With this answer, what stood there under ${lost.map((word) => `“${FIELDS[word]?.[0] ?? "Owed"}”`).join(" and ")} is taken out of the file.` }));
      };
      const group = "status-" + name;
      const radios = book.statuses.map(([word, words, symbol]) =>
        make("label", { className: "nav-form-choice" }, make("input", { type: "radio", name: group, value: word, checked: word === (answer.status ?? ""), onchange: () => choose(word) }), make("span", { "aria-hidden": "true", textContent: ` ${symbol} ` }), words),
      );
      const [area, word] = name.split("/");
      draw();
      also();
      return [
        make("p", {}, make("strong", {}, "Done when: "), about.done),
        make("p", { className: "nav-quiet" }, make("strong", {}, "Why: "), about.why, " ", link(site.item.replace("AREA", area).replace("ITEM", word), "Guidance", { "aria-label": `Guidance: ${about.title}` })),
        was(name),
        make("fieldset", {}, make("legend", {}, "How does it stand?", make("span", { className: "nav-sr", textContent: " " + about.title })), make("div", { className: "nav-form-choices" }, radios)),
        fields,
        said,
      ];
    };
    const was = (name) => {
      const before = given.again?.[name];
      return before == null || value("checklist") === book.edition ? "" : make("div", { className: "nav-note" }, p(make("strong", {}, "Asked differently since your answer. "), before ? `Before: ${before}` : ""), link("#", "") && holds(name));
    };
    const holds = (name) => make("label", { className: "nav-form-choice" }, make("input", { type: "checkbox", checked: held.has(name), onchange: (event) => (event.target.checked ? held.add(name) : held.delete(name), refresh()) }), " My answer still holds");
    details.refresh = () => {
      const [, words, symbol] = spoken(now(name).status);
      const status = now(name).status || "not-assessed";
      state.replaceChildren(make("span", { className: `nav-status nav-${status}` }, make("span", { "aria-hidden": "true", textContent: symbol }), " " + words), changes.has("status/" + name) ? make("span", { className: "nav-tag", textContent: "changed" }) : "");
    };
    details.again = () => {
      const open = details.open;
      details.replaceWith((items[name] = itemFold(name)));
      items[name].refresh();
      if (open) items[name].fill();
    };
    details.about = about;
    return details;
  };

  /* --- stages and the choice among their items --- */

  let items = {};
  const held = new Set();
  const wish = { track: "", partner: "", open: false, text: "" };
  const choose = () => {
    for (const details of Object.values(items)) {
      const { track, partner, title: heading, name } = details.about;
      const status = saved(name).status;
      details.hidden =
        (wish.track && wish.track !== track) || (wish.partner && wish.partner !== String(partner)) ||
        (wish.open && /^(met|not-applicable)$/.test(status ?? "") && !changes.has("status/" + name)) ||
        !wish.text.toLowerCase().split(/\s+/).every((word) => heading.toLowerCase().includes(word));
    }
    for (const stage of root.querySelectorAll(".nav-form-stage")) {
      const inside = [...stage.querySelectorAll(".nav-form-item")];
      stage.hidden = inside.every((each) => each.hidden);
      for (const track of stage.querySelectorAll("section")) track.hidden = [...track.querySelectorAll(".nav-form-item")].every((each) => each.hidden);
      const count = inside.filter((each) => /^(met|not-applicable)$/.test(now(each.about.name).status ?? "")).length;
      stage.querySelector(".nav-form-count").textContent = ` ${count} of ${inside.length} done`;
      if (wish.text.length > 2 && !stage.hidden) stage.open = true;
    }
  };
  const filter = () => {
    const only = make("input", { type: "checkbox", onchange: () => ((wish.open = only.checked), choose()) });
    const text = make("input", { type: "search", oninput: () => ((wish.text = text.value.trim()), choose()) });
    const partners = Object.values(book.partners).map((words, number) => [String(number), words]);
    return make("form", { className: "nav-filter", ariaLabel: "Which questions are shown", onsubmit: (event) => event.preventDefault() },
      select("Track", [["", "all"], ...Object.entries(book.tracks)], "", (word) => ((wish.track = word), choose())),
      select("Owner", [["", "all"], ...partners], "", (word) => ((wish.partner = word), choose())),
      make("label", {}, "Contains ", text),
      make("label", { className: "nav-form-choice" }, only, " Only what is open"),
    );
  };
  const stages = () => {
    const due = Math.min(...given.levels) + 1;
    return Object.entries(book.stages).map(([number, words]) => {
      const inside = names().filter((name) => item(name).stage === +number);
      if (!inside.length) return "";
      const tracks = Object.entries(book.tracks).map(([track, heading]) => {
        const theirs = inside.filter((name) => item(name).track === track).sort((a, b) => item(b).gate - item(a).gate);
        return theirs.length ? make("section", { className: `nav-of-${track}` }, make("h3", { className: "nav-track", textContent: heading }), theirs.map((name) => (items[name] = itemFold(name)))) : "";
      });
      const summary = make("summary", {}, `Stage ${number}: ${words}`, make("span", { className: "nav-form-count nav-quiet" }));
      return make("details", { className: "nav-form-stage", open: +number === due }, summary, ...tracks);
    });
  };

  /* --- what is not an item --- */

  const plainField = (key, name, label, hint, rule) => field(name, label, hint, value(key, ""), rule, (text) => put(key, (at(head, key.split("/")) ?? "") === text ? null : { value: text || null, label }));
  const about = () => [
    plainField("title", "title", "Title", "The project in a few words.", "text"),
    plainField("summary", "summary", "Summary", "One sentence that a newcomer understands.", "text"),
    plainField("contact", "contact", "Contact", "A role, not a person: ATMP coordinator, eye clinic.", "text"),
  ];
  const targets = () => [
    p("The month in which the team wants to leave a stage. Leave empty what has no target."),
    make("div", { className: "nav-form-columns" },
      Object.entries(book.stages).map(([number, words]) =>
        field("target", `Stage ${number}: ${words}`, "Such as 2028-03.", value(`targets/${number}`, ""), "target",
          (text) => put(`targets/${number}`, (head.targets?.[number] ?? "") === text ? null : { value: text || null, label: `Target of stage ${number}` }),
          (text) => [...judged(text, "target"), ...order(number, text)]),
      ),
    ),
  ];
  const order = (number, month) => {
    const all = Object.keys(book.stages).map((each) => [each, each === number ? month : value(`targets/${each}`, "")]).filter(([, text]) => text);
    const place = all.findIndex(([each]) => each === number);
    const [before, after] = place < 0 ? [] : [all[place - 1], all[place + 1]];
    if (before && before[1] > month) return say("targets-order", { later: number, value: month, stage: before[0], month: before[1] });
    return after && month > after[1] ? say("targets-order", { later: after[0], value: after[1], stage: number, month }) : [];
  };
  /* Fields that make one change together; nothing changes until one of them is filled in. */
  const together = (key, words, rules, fixed = {}) => {
    const was = at(head, key.split("/")) ?? {};
    const typed = Object.fromEntries(Object.keys(rules).map((name) => [name, changes.get(key)?.fields?.[name] ?? was[name] ?? ""]));
    return Object.entries(rules).map(([name, [label, hint, rule]]) =>
      field(name, label, hint, typed[name], rule, (text) => {
        typed[name] = text;
        const fields = differs(was, typed);
        const empty = Object.values(typed).every((each) => !each);
        if (empty && Object.keys(was).length) put(key, { value: null, label: words });
        else put(key, Object.keys(fields).length ? { fields: { ...(Object.keys(was).length ? {} : clean(fixed)), ...fields }, label: words, needs: rules } : null);
      }),
    );
  };
  const findings = () => {
    const listed = new Map([...given.findings, ...Object.keys(head.acknowledged ?? {}).map((kind) => [kind, "acknowledged"])]);
    if (!listed.size) return p("There is no finding that could be acknowledged.");
    return [
      p("A finding that the team knows and lives with is not shown as one to act on until its month has passed."),
      ...[...listed].map(([kind, severity]) => {
        const [heading, why] = book.findings[kind] ?? [kind, ""];
        return fold(`${heading} (${severity})`, () => [p(why), ...together(`acknowledged/${kind}`, `Acknowledge “${heading}”`, { because: ["Reason", "One sentence: why the team lives with it.", "reason"], until: FIELDS.until })]);
      }),
    ];
  };
  const whole = () => {
    const box = make("div");
    const chosen = { track: Object.keys(book.tracks)[0], stage: "1" };
    const draw = () => {
      const key = `confirmed/${chosen.track}/${chosen.stage}`;
      box.replaceChildren(...together(key, `Stage ${chosen.stage} of the ${book.tracks[chosen.track].toLowerCase()} track confirmed as a whole`, { since: ["Since", FIELDS.since[1], "date"], evidence: ["Evidence", "One document that shows that the whole stage is behind the project.", "shown"] }, { checklist: value("checklist", book.edition) }));
    };
    draw();
    return [
      p("Where one document shows that a whole stage is behind the project. It stands for every item of the track up to that stage that has no answer of its own."),
      make("div", { className: "nav-filter" }, select("Track", Object.entries(book.tracks), chosen.track, (word) => ((chosen.track = word), draw())), select("Stage", Object.entries(book.stages).map(([number, words]) => [number, `${number} ${words}`]), "1", (word) => ((chosen.stage = word), draw()))),
      box,
    ];
  };
  const events = () => {
    const old = (head.events ?? []).map((event, number) =>
      make("div", { className: "nav-form-event" }, p(make("strong", {}, `${event.date}: ${book.events[event.kind] ?? event.kind}. `), event.text),
        field("reviewed", "What it touches was looked at again on", "A day: 2026-03-14. Empty: not yet.", value(`events/${number}/reviewed`, "") || event.reviewed, "day",
          (text) => put(`events/${number}`, (event.reviewed ?? "") === text ? null : { fields: { reviewed: text || null }, label: `${book.events[event.kind] ?? event.kind}, ${event.date}` }),
          (text) => [...judged(text, "day"), ...(text && text < event.date ? say("reviewed-before", { value: text, date: event.date }) : [])])),
    );
    const rules = { date: ["Day", "The day on which it happened: 2026-03-14.", "day"], text: ["What has happened", "In a sentence, without names of people.", "text"] };
    const typed = changes.get("events/+")?.fields ?? { date: "", kind: Object.keys(book.events)[0], text: "" };
    const took = () => put("events/+", typed.date || typed.text ? { fields: { ...typed }, label: "New event", needs: rules } : null);
    return [...old, make("h4", {}, "Something new"), p(select("Kind", Object.entries(book.events), typed.kind, (word) => ((typed.kind = word), took()))), ...Object.entries(rules).map(([name, [label, hint, rule]]) => field(name, label, hint, typed[name], rule, (text) => ((typed[name] = text), took())))];
  };
  const more = () => [
    fold("Targets", targets),
    fold("Findings that the team knows", findings),
    fold("What has happened: events", events),
    fold("A stage confirmed as a whole", whole),
    fold("Title, summary and contact", about, { id: "nav-about", open: false }),
  ];

  /* --- a new edition of the checklists --- */

  const visit = () => {
    if (!given.again || value("checklist") === book.edition) return "";
    const again = Object.keys(given.again);
    const box = make("section", { className: "nav-note nav-form-visit" });
    const jump = (name) => make("li", {}, link("#item-" + name.replace("/", "--"), item(name).title, { onclick: (event) => (event.preventDefault(), show(name)) }), item(name).gate ? make("span", { className: "nav-gate", textContent: "gate" }) : "");
    box.refresh = () => {
      const left = again.filter((name) => !held.has(name) && !changes.has("status/" + name));
      raise.disabled = left.length > 0;
      said.textContent = left.length ? `${left.length} of the items that are asked differently are still to be looked at: change the answer, or say that it still holds.` : "";
    };
    const raise = button(`Write edition ${book.edition} into the file`, () => (put("checklist", { value: book.edition, label: "Edition of the checklists" }), box.replaceChildren(p(`The file is now at edition ${book.edition}.`))));
    const said = make("p", { className: "nav-quiet", "aria-live": "polite" });
    box.append(make("h2", {}, `What is new since edition ${head.checklist}`),
      again.length ? p("Asked differently: look at your answers.") : "", again.length ? make("ul", {}, again.map(jump)) : "",
      given.new.length ? p("New: an answer is welcome, and can wait.") : "", given.new.length ? make("ul", {}, given.new.map(jump)) : "",
      again.length || given.new.length ? "" : p("Nothing that this project is asked has changed in meaning."), said, raise);
    return box;
  };

  /* --- what changes, and how it gets there --- */

  const wordsOf = (key, change) => {
    if (key.startsWith("status/") && book.items[key.slice(7)]) {
      const name = key.slice(7);
      const [was, is] = [saved(name), now(name)];
      const same = (was.status ?? "") === (is.status ?? "");
      return [item(name).title, same ? `${describe(is)} (before: ${describe(was, false) || "nothing more"})` : `${describe(is)} (before: ${describe(was)})`];
    }
    const before = at(head, key.split("/"));
    const wrote = (value) => (value == null || value === "" ? "nothing" : typeof value === "object" ? Object.entries(value).filter(([, text]) => text != null).map(([name, text]) => `${name} ${text}`).join(", ") : value);
    return [change.label ?? key, `${change.value === null ? "taken out" : wrote(change.fields ?? change.value)}${before == null || key.endsWith("+") ? "" : ` (before: ${wrote(before)})`}`];
  };
  const stopsOf = (key, change) => {
    if (key.startsWith("status/")) return problemsOf(key.slice(7));
    const texts = Object.entries(change.fields ?? { [key]: change.value });
    const rules = { title: "text", summary: "text", contact: "text", assessed: "assessed" };
    const found = texts.flatMap(([name, text]) => judged(text, change.needs?.[name]?.[2] ?? (key.startsWith("targets") ? "target" : rules[name] ?? (name === "reviewed" ? "day" : "text"))));
    const all = { ...at(head, key.split("/")), ...change.fields };
    if (change.needs && key.startsWith("confirmed")) found.push(...gateLacks(all, "confirmed"));
    else for (const name in change.needs ?? {}) if (!all[name]) found.push(...say("missing-text").map((each) => ({ ...each, text: `${each.text} (${change.needs[name][0].toLowerCase()})` })));
    if (key.startsWith("targets")) found.push(...order(key.slice(8), change.value ?? ""));
    return found;
  };
  const listed = () => [...changes].filter(([key]) => key !== "assessed");
  const asChanges = () => {
    const all = [...changes.values()].map(({ path, fields, value: whole }) => (fields ? { path, fields } : { path, value: whole }));
    if (listed().length && !changes.has("assessed") && head.assessed !== assessed.value) all.push({ path: ["assessed"], value: assessed.value });
    return all;
  };
  const assessed = { value: today };
  const result = () => NavigatorFile.apply(file, asChanges());
  const fileName = () => (fresh ? identity.value || "my-project" : given.id) + ".yml";
  const identity = { value: "" };

  let bar, sending, visiting;
  const refresh = () => {
    if (!bar) return;
    for (const details of Object.values(items)) details.refresh();
    choose();
    visiting.refresh?.();
    const count = listed().length;
    bar.firstChild.textContent = count ? `${count} change${count > 1 ? "s" : ""}` : "No change yet";
    bar.lastChild.hidden = !count;
    drawSending();
  };
  const show = (name) => {
    const details = items[name];
    if (!details) return;
    details.hidden = false;
    details.closest(".nav-form-stage").open = true;
    details.closest(".nav-form-stage").hidden = details.parentElement.hidden = false;
    details.fill();
    details.firstChild.focus();
    details.scrollIntoView({ block: "start" });
  };

  const drawSending = () => {
    const list = listed();
    const focus = document.activeElement?.dataset?.keep;
    const stops = list.flatMap(([key, change]) => stopsOf(key, change).filter((each) => each.stops).map((each) => [key, change, each]));
    if (fresh && list.length) for (const each of identity.value ? RULES.name(identity.value) : say("missing-text").map((one) => ({ ...one, text: "the file has no name yet", instead: "write one above" }))) stops.push(["", { label: "Name of the file" }, each]);
    if (RULES.assessed(assessed.value).some((each) => each.stops)) stops.push(["", { label: "Day of the assessment" }, RULES.assessed(assessed.value)[0]]);
    const lines = list.map(([key, change]) => {
      const [heading, words] = wordsOf(key, change);
      const remarks = stopsOf(key, change).filter((each) => !each.stops);
      return make("li", {}, make("strong", {}, heading), ": ", words, " ", button("Take back", () => takeBack(key), { className: "nav-form-back", "aria-label": `Take back: ${heading}` }), ...told(remarks));
    });
    sending.list.replaceChildren(...(lines.length ? [make("ol", { className: "nav-form-list" }, lines)] : [p("Nothing has been changed yet. Open a question above and answer it.")]));
    sending.stop.replaceChildren(...stops.map(([, change, each], number) => make("div", {}, make("strong", {}, (change.label ?? wordsOf(...stops[number])[0]) + ". "), ...told([each]))));
    const made = list.length && !stops.length ? result() : null;
    sending.stop.append(...(made?.refused ? [make("div", { className: "nav-form-stop" }, p(make("strong", {}, "This file cannot be changed here for certain. "), made.refused), p("Edit it on the forge instead."), edit() || "")] : []));
    sending.ways.hidden = !made || Boolean(made.refused);
    if (made && !made.refused) {
      sending.text = made.text;
      const all = made.text.split(/\r\n|\n/);
      sending.lines.textContent = (made.lines ?? []).map((number) => all[number - 1]).filter((line) => line != null).join("\n") + "\n";
      sending.mail.replaceChildren(...letter());
      sending.forge.replaceChildren(...forge());
    }
    if (focus) root.querySelector(`[data-keep="${focus}"]`)?.focus();
  };
  const takeBack = (key) => {
    changes.delete(key);
    const name = key.slice(7);
    if (items[name]) items[name].again();
    else redrawMore();
    refresh();
    sending.heading.focus();
  };
  const edit = () => (site.edit && !fresh ? link(`${site.edit}projects/${given.id}.yml`, "Open the file on the forge", { target: "_blank", rel: "noopener", className: "nav-button" }) : "");
  const forge = () => {
    if (!site.forge) return [];
    const upload = link(site.upload, "Upload the downloaded file", { target: "_blank", rel: "noopener", className: "nav-button" });
    if (!fresh) return [make("h4", {}, "On the forge, with an account"), p("Copy the whole file, open it on the forge, replace everything there, and press ", make("em", {}, "Propose changes"), " (some forges say ", make("em", {}, "Commit"), ")."), p(edit(), " ", upload)];
    const name = site.new.replace("my-project", identity.value);
    const long = `${name}&value=${encodeURIComponent(sending.text)}`;
    const whole = site.forge !== "gitlab" && long.length <= site.longest;
    return [make("h4", {}, "On the forge, with an account"), p(whole ? "The page opens with the file in it." : "Copy the whole file, and paste it into the page that opens; or upload the downloaded file."), p(link(whole ? long : name, "Begin the file on the forge", { target: "_blank", rel: "noopener", className: "nav-button" }), " ", upload)];
  };
  const letter = () => {
    const [unit, box] = site.mail[value("lead")] ?? Object.values(site.mail)[0] ?? ["", ""];
    const subject = `Navigator: ${fresh ? "a new project" : "changes"}, ${fileName()}`;
    const lines = [`Project: ${value("title", "")} (${fileName()})`, `Edition ${value("checklist")}, assessed ${assessed.value}`, ""];
    const entries = listed().map(([key, change]) => `${wordsOf(key, change).join(": ")} [${key.replace("status/", "")}]`);
    const address = (body) => `mailto:${encodeURIComponent(box).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.join("\r\n"))}`;
    let told = [...lines];
    let left = entries.length;
    const rest = (number) => ["", `${number} more: attach the downloaded file.`];
    for (const entry of entries) {
      if (address([...told, entry, ...rest(left)]).length > MAIL) break;
      told.push(entry);
      left -= 1;
    }
    if (left || fresh) told.push(...(left ? rest(left) : ["", "Attach the downloaded file."]));
    return [make("h4", {}, "By a message, without an account"), p(box ? `To ${unit}. ` : "Choose to whom: the contact of the project, or who looks after projects in your region. ", left ? "The changes are too long for a message: attach the downloaded file. " : "They propose the change for you."), p(link(address(told), "Write a message", { className: "nav-button" }))];
  };
  const copy = async (event, text) => {
    const target = event.target;
    const before = target.textContent;
    try {
      await navigator.clipboard.writeText(text);
      target.textContent = "Copied";
    } catch {
      const box = make("textarea", { value: text, className: "nav-sr", "aria-label": "The whole file" });
      target.after(box);
      box.select();
      target.textContent = document.execCommand("copy") ? "Copied" : "Not copied: download the file instead";
      box.remove();
    }
    setTimeout(() => (target.textContent = before), 3000);
  };
  const download = () => {
    const href = URL.createObjectURL(new Blob([sending.text], { type: "application/yaml" }));
    const anchor = link(href, "", { download: fileName() });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    leaving = false;
  };

  /* --- a newer version, a draft --- */

  const lay = (text) => {
    const read = NavigatorFile.read(text);
    if (read.refused) return read.refused;
    const newer = valuesOf(read);
    const other = ["modality", "route", "donor", "delivery"].some((word) => String(newer[word] ?? "") !== String(head[word] ?? ""));
    if (other) return "That file is about another kind of product or route. Open the page of its project instead.";
    const clash = [...changes].filter(([key, change]) => {
      const [mine, theirs] = [at(head, change.path), at(newer, change.path)].map((one) => (change.path[0] === "status" ? long(one) : one));
      if (JSON.stringify(mine) === JSON.stringify(theirs) || key.endsWith("+")) return false;
      const want = change.fields ?? change.value;
      const reached = typeof want === "object" && want ? Object.entries(want).every(([name, each]) => (theirs?.[name] ?? null) === each) : (theirs ?? null) === want;
      if (reached) changes.delete(key);
      return !reached;
    });
    const mine = new Map(clash.map(([key, change]) => [key, wordsOf(key, change)]));
    file = text;
    head = newer;
    draw();
    clashes.replaceChildren(...clash.map(([key]) => {
      const group = `clash-${key}`;
      const box = make("fieldset", { className: "nav-note" }, make("legend", {}, `${mine.get(key)[0]}: the newer file has another answer`));
      const option = (words, chosen, onchange) => make("label", { className: "nav-form-choice" }, make("input", { type: "radio", name: group, checked: chosen, onchange }), " " + words);
      const kept = changes.get(key);
      const theirs = at(newer, key.split("/"));
      box.append(option(`Keep mine: ${mine.get(key)[1].split(" (before")[0]}`, true, () => (changes.set(key, kept), again(key))), option(`Keep the newer file's: ${key.startsWith("status/") ? describe(long(theirs)) : JSON.stringify(theirs ?? "")}`, false, () => (changes.delete(key), again(key))));
      return box;
    }));
    return "";
  };
  const again = (key) => (items[key.slice(7)]?.again(), refresh());
  const clashes = make("div", { "aria-live": "polite" });
  const openFile = (label, take) => {
    const input = make("input", { type: "file", accept: ".yml,.yaml,.xlsx" });
    const said = make("p", { className: "nav-form-stop", "aria-live": "polite" });
    input.onchange = async () => {
      const [chosen] = input.files;
      if (chosen) said.textContent = (await take(chosen)) ?? "";
    };
    return make("div", {}, make("label", { className: "nav-form-file" }, label + " ", input), said);
  };
  const taken = async (chosen) => {
    if (!/\.xlsx$/i.test(chosen.name)) return lay(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await chosen.arrayBuffer()));
    if (!window.NavigatorSheet) await load("assets/form/sheet.js").catch(() => {});
    if (!window.NavigatorSheet) return "Filled sheets cannot be opened here.";
    const read = await NavigatorSheet.read(chosen);
    if (read.refused) return read.refused;
    for (const change of read.changes) {
      const key = (change.path[0] in head || change.path.length < 2 ? change.path : ["status", ...change.path]).join("/");
      changes.set(key, { ...change, path: key.split("/") });
    }
    draw();
    return `${read.changes.length} changes were read from the sheet.`;
  };
  const newer = () => {
    const box = make("textarea", { rows: 4, id: "nav-newer", spellcheck: false });
    const said = make("p", { className: "nav-form-stop", "aria-live": "polite" });
    return [
      p("Somebody may have changed the file since this page was made. Paste the whole newer file, or open it from your computer: your changes are put into it, and where an answer differs you are asked."),
      make("label", { htmlFor: "nav-newer", textContent: "The newer file" }), box,
      p(button("Put my changes into it", () => (said.textContent = lay(box.value)))), said,
      openFile("Or open a file: a status file, a draft that you downloaded, or a filled sheet (.xlsx)", taken),
    ];
  };
  const store = (action) => {
    try {
      return action(localStorage);
    } catch {
      return null;
    }
  };
  const drafts = () => {
    const key = DRAFT + (fresh ? query.get("start") : given.id);
    const box = make("div");
    const again = () => {
      const found = store((kept) => kept.getItem(key));
      const remove = button("Delete the draft", () => (store((kept) => kept.removeItem(key)), again()));
      const keep = button("Keep a draft on this device", () => {
        store((kept) => kept.setItem(key, JSON.stringify({ day: today, file, name: identity.value, changes: [...changes] })));
        leaving = false;
        again();
      });
      let draft = null;
      try {
        draft = JSON.parse(found);
      } catch {
        /* Not one of ours: it can be deleted. */
      }
      const take = button("Go on with it", () => {
        for (const [place, change] of draft.changes) changes.set(place, change);
        identity.value = draft.name || identity.value;
        const text = file;
        [file, head] = [draft.file, valuesOf(NavigatorFile.read(draft.file))];
        lay(text);
      });
      box.replaceChildren(p("A draft stays in this browser until you delete it; whoever uses this computer account can read it. Nothing is kept unless you press the button."), p(keep, found ? ` A draft${draft?.day ? ` of ${draft.day}` : ""} is kept on this device. ` : "", draft?.changes ? take : "", found ? remove : ""));
    };
    again();
    return box;
  };
  let leaving = false;
  addEventListener("beforeunload", (event) => leaving && listed().length && event.preventDefault());

  /* --- the whole --- */

  const valuesOf = (read) => read.data ?? read.values ?? read;
  let extras;
  const redrawMore = () => {
    const fresher = make("div", {}, more());
    extras.replaceWith(fresher);
    extras = fresher;
  };
  const draw = () => {
    items = {};
    const day = field("assessed", "Day of the assessment", "The day on which you went through these answers.", assessed.value, "assessed", (text) => ((assessed.value = text), drawSending()));
    bar = make("p", { className: "nav-form-bar" }, make("span"), link("#nav-send", "Check and send", { onclick: () => sending.heading.focus() }));
    visiting = visit() || make("div");
    extras = make("div", {}, more());
    sending = { heading: make("h2", { id: "nav-send", tabIndex: -1, textContent: "Check and send" }), list: make("div"), stop: make("div", { "aria-live": "polite" }), lines: make("code"), mail: make("div"), forge: make("div"), text: "" };
    sending.ways = make("div", { className: "nav-form-ways" },
      fold("The lines of the file that change", () => make("pre", {}, sending.lines)),
      p(button("Download the file", download, { "data-keep": "download" }), " ", button("Copy the whole file", (event) => copy(event, sending.text))),
      sending.forge, sending.mail);
    const back = fresh ? "" : p(link(site.project.replace("PROJECT", given.id), "Back to the project's page"));
    root.replaceChildren(
      make("p", { className: "nav-summary" }, value("title", "")),
      p(quiet(fresh ? `A new project. Edition ${head.checklist}.` : `Assessed ${head.assessed}, edition ${head.checklist}. This page was made on ${site.day}.`), " ", link(site.pages.privacy, "What must never stand here"), " ", link(site.pages.keys, "What a status file can say")),
      back,
      fresh ? begin() : "",
      visiting, clashes, filter(), make("div", { className: "nav-form-stages" }, stages()),
      make("h2", {}, "Besides the questions"), extras,
      sending.heading, day, sending.list, sending.stop, sending.ways,
      fold(fresh ? "Open a filled sheet or a draft" : "The file on the forge may be newer", newer), fold("Keep a draft", drafts), bar,
    );
    refresh();
  };
  const begin = () =>
    make("section", { id: "nav-begin" },
      field("name", "Name of the file", "Small letters, digits and hyphens, such as retinal-cells. It becomes the page's address.", identity.value, "name", (text) => ((identity.value = text), drawSending())),
      ...about(),
      p(select("Who leads the project?", Object.entries(book.partners), value("lead"), (word) => put("lead", word === head.lead ? null : { value: word, label: "Lead" }))));

  const open = (text) => {
    file = text;
    const read = NavigatorFile.read(text);
    if (read.refused) {
      root.replaceChildren(make("div", { className: "nav-note" }, p(make("strong", {}, "This file cannot be read here for certain. "), read.refused), p("Edit it on the forge, where the check reads it.")), edit() || "");
      return;
    }
    head = valuesOf(read);
    addEventListener("input", () => (leaving = true));
    draw();
    const wanted = query.get("item");
    if (wanted && items[wanted]) show(wanted);
  };
  const failed = (words) => root.replaceChildren(make("div", { className: "nav-note" }, p(words)), choice());
  const choice = () => make("div", {}, p("A change is reported for one project: open ", link(site.pages.projects, "the page of all projects"), ", choose yours, and press ", make("strong", {}, "Report a change"), "."), p("There is no page of your project yet? ", link(site.pages.start, "Start a project"), "."));

  /* The start: what the product is decides what is asked. */
  const starting = () => {
    const { asked, choices } = book.start;
    const titles = { modality: "What is the product?", donor: "Who gives the cells?", delivery: "How is the gene delivered?", route: "How is it to reach patients?" };
    const chosen = {};
    const boxes = make("div");
    const go = button("Begin", () => {
      const [found] = fitting();
      const target = new URLSearchParams({ start: found[0] });
      location.search = target;
    });
    const fitting = (upto = 99) => choices.filter(([, words]) => Object.keys(asked).every((name, place) => place >= upto || (words[place] ?? "") === (chosen[name] ?? "")));
    const redraw = () => {
      const made = Object.entries(asked).map(([name, words], place) => {
        const open = [...new Set(fitting(place).map(([, each]) => each[place] ?? ""))];
        if (!open.includes(chosen[name] ?? "")) chosen[name] = open.length === 1 ? open[0] : undefined;
        if (open.length < 2) return ((chosen[name] = open[0]), "");
        return make("fieldset", {}, make("legend", {}, titles[name]), ...open.map((word) => make("label", { className: "nav-form-choice" }, make("input", { type: "radio", name, value: word, checked: chosen[name] === word, onchange: () => ((chosen[name] = word), redraw(), boxes.querySelector(`[name=${name}]:checked`)?.focus()) }), " " + words[word])));
      });
      boxes.replaceChildren(...made.filter(Boolean));
      go.disabled = Object.keys(asked).some((name) => chosen[name] === undefined) || fitting().length !== 1;
    };
    redraw();
    document.querySelector("h1").firstChild.textContent = "Start a project";
    root.replaceChildren(p("The answers decide which questions are asked. Two routes can be written into the file later."), boxes, p(go));
  };

  (async () => {
    const id = query.get("project") ?? "";
    const start = query.get("start");
    if (start === null && !NAME.test(id)) return root.replaceChildren(choice());
    root.replaceChildren(p("The questions are being opened …"));
    try {
      await load("change/questions.js");
      book = window.navigatorForm.questions;
      if (start !== null && !book.start.choices.some(([name]) => name === start)) return starting();
      await load(start === null ? `change/p/${id}.js` : `change/start/${start}.js`);
      given = window.navigatorForm.project;
    } catch {
      return failed(`There is no file of a project “${id || start}” here.`);
    }
    fresh = start !== null;
    if (fresh) document.querySelector("h1").firstChild.textContent = "Start a project";
    open(given.text);
  })();
})();
