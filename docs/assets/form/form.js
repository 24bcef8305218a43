/* The form *Report a change*. It reads the questions and the file of one project from scripts of the site, keeps what
   is typed in this page alone, and lets splice.js write the new file. It sends nothing, and stores nothing unless
   somebody presses "Keep a draft on this device". Its words stand in the page (change_form.html.j2). */
(() => {
  const root = document.querySelector("#nav-form");
  if (!root) return;
  document.querySelector("#nav-without").remove();
  const site = JSON.parse(root.dataset.about);
  const W = JSON.parse(root.dataset.words);
  const query = new URLSearchParams(location.search);
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const LONGEST = 1500; /* characters of a message in an address; mail programs cut longer ones */
  const PRODUCT = ["modality", "donor", "delivery", "route"];
  const LEFT = /^(met|not-applicable)$/; /* nothing is left to do */

  /* --- elements --- */

  let counted = 0;
  const make = (tag, properties, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {}))
      if (name.includes("-")) element.setAttribute(name, value);
      else element[name] = value;
    element.append(...children.flat().filter(Boolean));
    return element;
  };
  const into = (element, ...children) => element.replaceChildren(...children.flat().filter(Boolean));
  const p = (...words) => make("p", {}, ...words);
  const strong = (words) => make("strong", {}, words);
  const quiet = (words) => make("p", { className: "nav-quiet" }, words);
  const note = (...children) => make("div", { className: "nav-note" }, ...children);
  const live = (className = "") => make("div", { className, "aria-live": "polite" });
  const fill = (words, places) => words.replace(/{(\w+)}/g, (all, place) => places[place] ?? all);
  const link = (href, words, more) => make("a", { href, ...more }, words);
  const away = (href, words) => link(href, words, { className: "nav-button", target: "_blank", rel: "noopener" });
  const button = (words, onclick, more) => make("button", { type: "button", className: "nav-button", onclick, ...more }, words);
  const fold = (heading, body, more) => {
    let filled = false;
    const details = make("details", { className: "nav-form-fold", ...more }, make("summary", {}, heading));
    details.ontoggle = () => {
      if (details.open && !filled) details.append(...[(filled = true) && body()].flat().filter(Boolean));
    };
    return details;
  };
  const choice = (type, words, properties, sign) =>
    make("label", { className: "nav-form-choice" }, make("input", { type, ...properties }), sign ? make("span", { "aria-hidden": "true" }, sign) : "", make("span", {}, words));
  const select = (words, options, chosen, onchange) => {
    const element = make("select", { onchange: () => onchange(element.value) }, options.map(([word, text]) => new Option(text, word, false, word === chosen)));
    return make("label", { className: "nav-form-select" }, words + " ", element);
  };
  const load = (path) =>
    new Promise((onload, onerror) => document.head.append(make("script", { src: site.up + path, onload, onerror })));

  /* --- what is known --- */

  let book, given, rules; /* the questions, what the site says of the project, what `check` says */
  let file = ""; /* the text that changes are put into */
  let head = {}; /* the same as plain values */
  let fresh = false; /* a project that begins here */
  let typing = false; /* something has been typed that is not yet in a file */
  const changes = new Map(); /* place in the file, with slashes → {fields} or {value}, and what it is called */
  const held = new Set(); /* items that are asked differently, and whose answer holds */
  const identity = { name: "", assessed: today };

  const at = (values, key) => key.split("/").reduce((value, step) => value?.[step], values);
  const long = (answer) => (typeof answer === "string" ? { status: answer } : (answer ?? {}));
  const place = (name) => `status/${name}`;
  const was = (name) => long(at(head, place(name)));
  const merged = (before, { fields, value } = { fields: {} }) =>
    fields ? Object.fromEntries(Object.entries({ ...before, ...fields }).filter(([, each]) => each !== null)) : (value ?? {});
  const now = (name) => merged(was(name), changes.get(place(name)));
  const value = (key) => (changes.has(key) ? changes.get(key).value : at(head, key)) ?? "";
  const spoken = (status = "") => book.statuses.find(([word]) => word === status) ?? book.statuses.at(-1);
  const about = (name) => {
    const [title, stage, done, why, evidence, partner, marks] = book.items[name];
    const area = name.split("/")[0];
    return { name, title, stage, done, why, evidence, partner, area, gate: marks & 1, owable: marks & 2, track: book.areas[area][1] };
  };

  const put = (key, change) => {
    if (change) changes.set(key, change);
    else changes.delete(key);
    typing = true;
    refresh();
  };
  const put1 = (key, typed, words) => put(key, typed === (at(head, key) ?? "") ? null : { value: typed || null, words });
  const putAll = (key, typed, more) => {
    const before = key.startsWith("status/") ? long(at(head, key)) : (at(head, key) ?? {});
    const fields = Object.entries(typed).map(([name, words]) => [name, words || null]).filter(([name, words]) => (before[name] ?? null) !== words);
    put(key, fields.length ? { fields: Object.fromEntries(fields), ...more } : null);
  };

  /* --- what does not fit --- */

  const RULE = { since: "date", evidence: "shown", reviewed: "date", planned: "month", because: "reason", note: "text", until: "month", date: "day", assessed: "assessed", name: "name", title: "text", summary: "text", contact: "text", text: "text" };
  const ANSWERS = ["since", "evidence", "reviewed", "planned", "because", "note"];
  const told = (problems) =>
    problems.map(({ text, instead, stops }) =>
      make("p", { className: stops ? "nav-form-stop" : "nav-form-slip" }, strong(stops ? W.stops : W.slips), ` ${text[0].toUpperCase()}${text.slice(1)}${instead && ": " + instead}.`),
    );
  const together = (name) => {
    const answer = now(name);
    const later = answer.since > identity.assessed.slice(0, answer.since?.length) && answer.since <= today;
    return [
      ...(answer.status === "not-applicable" && !answer.because ? rules.say("reason-missing") : []),
      ...(answer.status === "met" && about(name).gate ? rules.lacks(answer, "gate") : []),
      ...(answer.earlier && answer.status && !answer.since ? rules.say("earlier-since") : []),
      ...(later ? rules.say("answered-later", { value: answer.since, assessed: identity.assessed }) : []),
    ];
  };
  const problems = (key, change) => {
    if (key.startsWith("status/")) {
      const name = key.slice(7);
      return [...ANSWERS.flatMap((word) => rules.judged(now(name)[word], RULE[word])), ...together(name)];
    }
    if (key.startsWith("targets/"))
      return [...rules.judged(change.value, "target"), ...Object.keys(book.stages).flatMap((number) => value(`targets/${number}`) && rules.order(number, value(`targets/${number}`), (each) => value(`targets/${each}`)))].filter(Boolean);
    const all = change.fields ? merged(at(head, key), change) : { [key]: change.value };
    return [
      ...Object.entries(all).flatMap(([word, typed]) => rules.judged(typed, word === "reviewed" ? "day" : RULE[word])),
      ...(key.startsWith("confirmed/") && change.fields ? rules.lacks(all, "confirmed") : []),
      ...(change.needs ?? []).filter((word) => !all[word]).flatMap((word) => rules.say("missing-text").map((found) => ({ ...found, text: `${W[word][0]}: ${found.text}` }))),
      ...(all.reviewed < all.date ? rules.say("reviewed-before", { value: all.reviewed, date: all.date }) : []),
    ];
  };

  /* --- fields --- */

  const field = (word, typed, set, { words = W[word], rule = RULE[word], look = () => [], more = "" } = {}) => {
    const id = `nav-field-${++counted}`;
    const tall = /^(evidence|because|note|summary|text)$/.test(word);
    const wide = tall || /^(title|contact)$/.test(word);
    const input = make(tall ? "textarea" : "input", { id, value: typed ?? "", autocomplete: "off", "aria-describedby": `${id}-hint ${id}-said` });
    if (tall) input.rows = 2;
    const said = live();
    said.id = `${id}-said`;
    const read = () => input.value.replace(/\s+/g, " ").trim();
    const show = () => {
      const found = [...rules.judged(read(), rule), ...look(read())];
      into(said, ...told(found));
      input.ariaInvalid = String(found.some(({ stops }) => stops));
    };
    input.oninput = () => (set(read()), said.firstChild && show());
    input.onchange = show;
    if (typed) show();
    return make("div", { className: `nav-form-field${wide ? "" : " nav-form-short"}` }, make("label", { htmlFor: id }, words[0] + more), make("p", { id: `${id}-hint`, className: "nav-quiet" }, words[1]), input, said);
  };
  /* Fields that make one change together. */
  const group = (key, fields, more, fixed) => {
    const typed = Object.fromEntries(Object.keys(fields).map((word) => [word, merged(at(head, key), changes.get(key))[word] ?? ""]));
    return Object.entries(fields).map(([word, words]) =>
      field(word, typed[word], (text) => {
        typed[word] = text;
        if (Object.values(typed).some(Boolean)) putAll(key, { ...(at(head, key) ? {} : fixed), ...typed }, more);
        else put(key, at(head, key) ? { value: null, ...more } : null);
      }, { words }),
    );
  };

  /* --- one item --- */

  let items = {};
  const itemFold = (name) => {
    const asked = about(name);
    const state = make("span", { className: "nav-form-state" });
    const details = fold("", () => body(), { className: "nav-form-item", id: `item-${name.replace("/", "--")}` });
    details.firstChild.append(make("span", {}, asked.title), asked.gate ? make("span", { className: "nav-gate" }, W.gate) : "", state);
    const body = () => {
      const before = was(name);
      const answer = { ...now(name) };
      const [fields, said] = [make("div"), live()];
      const took = () => {
        putAll(place(name), answer.status ? answer : {});
        if (!answer.status) put(place(name), before.status ? { value: null } : null);
        into(said, ...told(together(name)));
      };
      const draw = () => {
        const wanted = spoken(answer.status)[3];
        const counts = asked.gate && answer.status === "met";
        into(fields, 
          ...ANSWERS.filter((word) => wanted.includes(word)).sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b)).map((word) =>
            field(word, answer[word], (text) => ((answer[word] = text), took()), {
              words: [W[word][0], W[word][1] + (word === "evidence" && asked.evidence ? ` ${W.shows} ${asked.evidence}` : "")],
              more: word === "because" || (counts && /since|evidence/.test(word)) ? ` ${W.needed}` : "",
            }),
          ),
          asked.owable && wanted.includes("owed") ? choice("checkbox", W.owed[0], { checked: answer.owed === "true", onchange: (event) => ((answer.owed = event.target.checked ? "true" : ""), took()) }) : "",
        );
      };
      const choose = (status) => {
        const wanted = spoken(status)[3];
        const same = status === (before.status ?? "");
        for (const word of [...ANSWERS, "owed"]) answer[word] = same || (wanted.includes(word) && word !== "since") ? (before[word] ?? "") : "";
        answer.status = status;
        const lost = [...ANSWERS, "owed"].filter((word) => before[word] && !answer[word]).map((word) => `“${W[word][0]}: ${before[word]}”`);
        draw();
        took();
        if (lost.length && !same) said.prepend(quiet(fill(W.lost, { fields: lost.join(", ") })));
      };
      const [area, word] = name.split("/");
      draw();
      into(said, ...(answer.status ? told(together(name)) : []));
      return [
        p(strong(W.done), " ", asked.done),
        make("p", { className: "nav-quiet" }, strong(W.why), ` ${asked.why} `, link(site.item.replace("AREA", area).replace("ITEM", word), W.guidance, { ariaLabel: `${W.guidance}: ${asked.title}` })),
        name in (given.again ?? {}) && note(p(strong(W.differs), ` ${given.again[name]}`), choice("checkbox", W.holds, { checked: held.has(name), onchange: (event) => (held[event.target.checked ? "add" : "delete"](name), refresh()) })),
        make("fieldset", {}, make("legend", {}, W.how, make("span", { className: "nav-sr" }, ` ${asked.title}`)), make("div", { className: "nav-form-choices" },
          book.statuses.map(([status, words, sign]) => choice("radio", words, { name: place(name), value: status, checked: status === (answer.status ?? ""), onchange: () => choose(status) }, sign)))),
        fields,
        said,
      ];
    };
    details.asked = asked;
    details.refresh = () => {
      const status = now(name).status;
      const [, words, sign] = spoken(status);
      into(state, make("span", { className: `nav-status nav-${status || "not-assessed"}` }, make("span", { "aria-hidden": "true" }, sign), ` ${words}`), changes.has(place(name)) ? make("span", { className: "nav-tag" }, W.changed) : "");
    };
    details.again = () => {
      items[name] = itemFold(name);
      items[name].open = details.open;
      details.replaceWith(items[name]);
    };
    return details;
  };

  /* --- stages, and the choice among their items --- */

  const wish = { track: "", partner: "", open: false, text: "" };
  const pick = () => {
    for (const { asked, ...details } of Object.values(items).map((each) => ({ asked: each.asked, each })))
      details.each.hidden =
        (wish.track && wish.track !== asked.track) || (wish.partner && +wish.partner !== asked.partner) ||
        (wish.open && LEFT.test(was(asked.name).status) && !changes.has(place(asked.name))) ||
        !wish.text.toLowerCase().split(/\s+/).every((word) => asked.title.toLowerCase().includes(word));
    for (const stage of root.querySelectorAll(".nav-form-stage")) {
      const inside = [...stage.querySelectorAll(".nav-form-item")];
      for (const part of [stage, ...stage.querySelectorAll("section")]) part.hidden = [...part.querySelectorAll(".nav-form-item")].every((each) => each.hidden);
      const done = inside.filter((each) => LEFT.test(now(each.asked.name).status)).length;
      stage.querySelector(".nav-form-count").textContent = fill(W.count, { done, all: inside.length });
      if (wish.text.length > 2) stage.open = true;
    }
  };
  const wishing = (name) => (word) => ((wish[name] = word), pick());
  const filter = () =>
    make("form", { className: "nav-filter", ariaLabel: W.filter, onsubmit: (event) => event.preventDefault() },
      select(W.track, [["", W.all], ...Object.entries(book.tracks)], wish.track, wishing("track")),
      select(W.owner, [["", W.all], ...Object.values(book.partners).map((words, number) => [String(number), words])], wish.partner, wishing("partner")),
      make("label", {}, W.contains + " ", make("input", { type: "search", value: wish.text, oninput: (event) => wishing("text")(event.target.value.trim()) })),
      choice("checkbox", W.open, { checked: wish.open, onchange: (event) => wishing("open")(event.target.checked) }),
    );
  const stages = () => {
    const names = given.asked.map((number) => Object.keys(book.items)[number]);
    return Object.entries(book.stages).map(([number, title]) => {
      const inside = names.map(about).filter(({ stage }) => stage === +number).sort((a, b) => b.gate - a.gate);
      const parts = Object.entries(book.tracks).map(([track, heading]) => {
        const theirs = inside.filter((asked) => asked.track === track);
        return theirs.length && make("section", { className: `nav-of-${track}` }, make("h3", { className: "nav-track" }, heading), theirs.map(({ name }) => (items[name] = itemFold(name))));
      });
      const summary = make("summary", {}, make("span", {}, fill(W.stageOf, { number, title })), make("span", { className: "nav-form-count nav-quiet" }));
      return inside.length && make("details", { className: "nav-form-stage", open: !query.has("item") && +number === Math.min(...given.levels) + 1 }, summary, ...parts);
    });
  };

  /* --- besides the questions --- */

  const plain = (word) => {
    const needs = word === "contact" ? [] : [word];
    const given = fresh && !changes.has(word) ? "" : value(word);
    return field(word, given, (text) => put(word, text === (head[word] ?? "") || (fresh && !text) ? null : { value: text || (needs[0] ? "" : null), words: W[word][0], needs }));
  };
  const targets = () => [
    p(W.targets[1]),
    make("div", { className: "nav-form-columns" },
      Object.entries(book.stages).map(([number, title]) => {
        const key = `targets/${number}`;
        return field("target", value(key), (text) => put1(key, text, fill(W.targets[2], { number })), {
          words: [fill(W.target[0], { number, title }), W.target[1]],
          rule: "target",
          look: (text) => (text ? rules.order(number, text, (each) => value(`targets/${each}`)) : []),
        });
      })),
  ];
  const findings = () => {
    const listed = new Map([...Object.keys(head.acknowledged ?? {}).map((kind) => [kind, ""]), ...given.findings]);
    const each = ([kind, severity]) => {
      const [title, why] = book.findings[kind] ?? [kind, ""];
      const more = { words: fill(W.findings[3], { title }), needs: ["because", "until"] };
      return fold(title + (severity && ` (${severity})`), () => [p(why), ...group(`acknowledged/${kind}`, { because: W.lives, until: W.until }, more)]);
    };
    return listed.size ? [p(W.findings[1]), ...[...listed].map(each)] : p(W.findings[2]);
  };
  const confirmed = () => {
    const box = make("div");
    const chosen = { track: Object.keys(book.tracks)[0], stage: Object.keys(book.stages)[0] };
    const draw = () => {
      const words = fill(W.confirmed[2], { stage: chosen.stage, track: book.tracks[chosen.track].toLowerCase() });
      into(box, ...group(`confirmed/${chosen.track}/${chosen.stage}`, { since: W.since, evidence: W.whole }, { words }, { checklist: value("checklist") }));
    };
    const choosing = (name) => (word) => ((chosen[name] = word), draw());
    draw();
    return [
      p(W.confirmed[1]),
      make("div", { className: "nav-filter" }, select(W.track, Object.entries(book.tracks), chosen.track, choosing("track")), select(W.stage, Object.entries(book.stages).map(([number, title]) => [number, `${number} ${title}`]), chosen.stage, choosing("stage"))),
      box,
    ];
  };
  const events = () => {
    const called = (kind) => book.events[kind] ?? kind;
    const old = (head.events ?? []).map((event, number) =>
      note(p(strong(`${event.date}: ${called(event.kind)}. `), event.text), ...group(`events/${number}`, { reviewed: W.looked }, { words: `${called(event.kind)}, ${event.date}` })));
    const key = "events/+";
    const typed = { date: "", kind: Object.keys(book.events)[0], text: "", ...changes.get(key)?.fields };
    const took = () => put(key, typed.date || typed.text ? { fields: { ...typed }, words: W.events[2], needs: ["date", "text"] } : null);
    return [
      ...old,
      make("h3", {}, W.events[1]),
      select(W.kind, Object.entries(book.events), typed.kind, (word) => ((typed.kind = word), took())),
      ...["date", "text"].map((word) => field(word, typed[word], (text) => ((typed[word] = text), took()))),
    ];
  };
  const besides = () =>
    make("div", {}, fold(W.targets[0], targets), fold(W.findings[0], findings), fold(W.events[0], events), fold(W.confirmed[0], confirmed), !fresh && fold(W.about, () => ["title", "summary", "contact"].map(plain)));

  /* --- a new edition of the checklists --- */

  const visit = () => {
    const box = live();
    if (!given.again) return box;
    const jumps = (words, names) => names.length ? [p(words), make("ul", {}, names.map((name) => make("li", {}, link(`#item-${name.replace("/", "--")}`, about(name).title, { onclick: (event) => (event.preventDefault(), show(name)) }), about(name).gate ? make("span", { className: "nav-gate" }, W.gate) : "")))] : [];
    const again = Object.keys(given.again);
    const left = quiet("");
    const raise = button(fill(W.raise, book), () => put("checklist", { value: book.edition, words: W.checklist[0] }));
    const open = note(make("h2", {}, fill(W.visit, { edition: head.checklist })), ...jumps(W.again, again), ...jumps(W.new, given.new), again.length + given.new.length ? "" : p(W.same), left, p(raise));
    box.refresh = () => {
      const count = again.filter((name) => !held.has(name) && !changes.has(place(name))).length;
      left.textContent = count ? fill(W.left, { left: count }) : "";
      raise.disabled = count > 0;
      if (box.raised === changes.has("checklist")) return;
      box.raised = changes.has("checklist");
      into(box, box.raised ? note(p(fill(W.raised, book))) : open);
    };
    return box;
  };

  /* --- what changes, and how it gets there --- */

  const short = (all) => Object.entries(all).filter(([, each]) => each != null && each !== "").map(([word, each]) => (word === "owed" ? W.owed[0].toLowerCase() : `${(W[word]?.[0] ?? word).toLowerCase()} ${each}`)).join(", ");
  const answered = ({ status, earlier, ...more }, alone) => [alone ? "" : spoken(status)[1], short(more)].filter(Boolean).join(", ");
  const describe = (key, change) => {
    const name = key.slice(7);
    const before = (words) => ` (${fill(W.before, { words: words || W.nothing })})`;
    if (key.startsWith("status/")) return [book.items[name]?.[0] ?? name, answered(now(name)) + before(answered(was(name), was(name).status && was(name).status === now(name).status))];
    const wrote = (each) => (each === null ? W.out : typeof each === "object" ? short(each) : each);
    const old = at(head, key);
    return [change.words ?? key, wrote(change.fields ?? change.value) + (old == null ? "" : before(wrote(old)))];
  };
  const fileName = () => `${(fresh ? identity.name : given.id) || "my-project"}.yml`;
  const result = () => {
    const all = [...changes].map(([key, { fields, value: each }]) => (fields ? { path: key.split("/"), fields } : { path: key.split("/"), value: each }));
    if (head.assessed !== identity.assessed) all.push({ path: ["assessed"], value: identity.assessed });
    return NavigatorFile.apply(file, all);
  };
  let sending, visiting, extras;
  const refresh = () => {
    for (const each of Object.values(items)) each.refresh();
    pick();
    visiting.refresh?.();
    const count = changes.size;
    sending.bar.firstChild.textContent = count > 1 ? fill(W.changes, { count }) : count ? W.change : W.noChange;
    drawSending();
  };
  const show = (name) => {
    const details = items[name];
    const stage = details.closest(".nav-form-stage");
    stage.hidden = details.hidden = details.parentElement.hidden = false;
    stage.open = details.open = true;
    details.scrollIntoView();
    details.firstChild.focus();
  };
  const drawSending = () => {
    const stops = [];
    const lines = [...changes].map(([key, change]) => {
      const [heading, words] = describe(key, change);
      const found = problems(key, change);
      for (const each of found.filter((one) => one.stops)) stops.push([heading, each]);
      return make("li", {}, strong(`${heading}: `), words, " ", button(W.take, () => takeBack(key), { className: "nav-form-back", ariaLabel: `${W.take}: ${heading}` }), ...told(found.filter((one) => !one.stops)));
    });
    if (fresh && lines.length) for (const each of identity.name ? rules.judged(identity.name, "name") : rules.say("missing-text")) stops.push([W.name[0], each]);
    for (const word of fresh && lines.length ? ["title", "summary"] : []) if (!changes.has(word)) for (const each of rules.say("missing-text")) stops.push([W[word][0], each]);
    for (const each of rules.judged(identity.assessed, "assessed")) if (each.stops) stops.push([W.assessed[0], each]);
    into(sending.list, lines.length ? make("ol", { className: "nav-form-list" }, lines) : p(W.nothingYet));
    const made = lines.length && !stops.length ? result() : {};
    into(sending.stop, ...stops.map(([heading, each]) => make("div", {}, strong(heading), ...told([each]))), made.refused ? note(p(strong(W.unmade), ` ${made.refused}`), p(W.byHand), edit()) : "");
    sending.ways.hidden = !made.text;
    if (!made.text) return;
    sending.text = made.text;
    const all = made.text.split(/\r?\n/);
    sending.lines.textContent = made.lines.map((number) => all[number - 1] ?? "").join("\n");
    into(sending.others, ...forge(), ...letter());
  };
  const takeBack = (key) => {
    changes.delete(key);
    if (items[key.slice(7)]) items[key.slice(7)].again();
    else {
      const again = besides();
      extras.replaceWith(again);
      extras = again;
    }
    refresh();
    sending.heading.focus();
  };
  const edit = () => (site.edit && !fresh ? away(`${site.edit}projects/${given.id}.yml`, W.forgeOpen) : "");
  const forge = () => {
    if (!site.forge) return [];
    const upload = away(site.upload, W.upload);
    if (!fresh) return [make("h3", {}, W.forge), p(W.forgeHow), p(edit(), " ", upload)];
    const empty = site.new.replace("my-project", identity.name);
    const whole = `${empty}&value=${encodeURIComponent(sending.text)}`;
    const fits = site.forge !== "gitlab" && whole.length <= site.longest;
    return [make("h3", {}, W.forge), p(fits ? W.forgeFull : W.forgeNew), p(away(fits ? whole : empty, W.forgeBegin), " ", upload)];
  };
  const letter = () => {
    const [unit, box] = site.mail[value("lead")] ?? Object.values(site.mail)[0] ?? ["", ""];
    const address = (...body) => `mailto:${box}?subject=${encodeURIComponent(fill(W.subject, { file: fileName() }))}&body=${encodeURIComponent(body.join("\r\n"))}`;
    const lines = [...fill(W.letter, { title: value("title"), file: fileName(), edition: value("checklist"), assessed: identity.assessed }).split("\n"), ""];
    let left = changes.size;
    for (const [key, change] of changes) {
      const line = `${describe(key, change).join(": ")} [${key.replace("status/", "")}]`;
      if (fresh || address(...lines, line, fill(W.rest, { left })).length > LONGEST) break;
      lines.push(line);
      left -= 1;
    }
    if (left) lines.push(fresh ? W.attach : fill(W.rest, { left }));
    return [make("h3", {}, W.mail), p(unit ? fill(W.mailTo, { unit }) : W.mailWho, left ? ` ${W.mailLong}` : ""), p(link(address(...lines), W.write, { className: "nav-button" }))];
  };
  const copy = async ({ target }) => {
    let words = W.copied;
    try {
      await navigator.clipboard.writeText(sending.text);
    } catch {
      const box = make("textarea", { value: sending.text, className: "nav-sr", ariaLabel: W.theFile });
      target.after(box);
      box.select();
      if (!document.execCommand("copy")) words = W.notCopied;
      box.remove();
    }
    target.textContent = words;
    setTimeout(() => (target.textContent = W.copy), 3000);
  };
  const download = () => {
    const href = URL.createObjectURL(new Blob([sending.text], { type: "application/yaml" }));
    link(href, "", { download: fileName() }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    typing = false;
  };

  /* --- a newer version, a filled sheet, a draft --- */

  const clashes = live();
  const lay = (text) => {
    const read = NavigatorFile.read(text);
    if (read.refused) return read.refused;
    const newer = read.data;
    if (PRODUCT.some((word) => String(newer[word] ?? "") !== String(head[word] ?? ""))) return W.other;
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    const clash = [...changes].filter(([key, change]) => {
      const [mine, theirs] = [head, newer].map((values) => (key.startsWith("status/") ? long(at(values, key)) : at(values, key)));
      if (same(mine, theirs) || key.endsWith("+")) return false;
      const reached = change.fields ? same(merged(theirs, change), theirs) : (change.value ?? undefined) === theirs;
      if (reached) changes.delete(key);
      return !reached;
    }).map(([key, change]) => [key, change, ...describe(key, change)]);
    file = text;
    head = newer;
    into(clashes, ...clash.map(([key, change, heading, words]) => {
      const theirs = at(newer, key);
      const again = () => (items[key.slice(7)]?.again(), refresh());
      const option = (text, checked, onchange) => choice("radio", text, { name: `clash-${key}`, checked, onchange });
      return make("fieldset", { className: "nav-note" }, make("legend", {}, fill(W.clash, { title: heading })),
        option(`${W.mine} ${words.split(" (")[0]}`, true, () => (changes.set(key, change), again())),
        option(`${W.theirs} ${key.startsWith("status/") ? answered(long(theirs)) : typeof theirs === "object" ? short(theirs ?? {}) : (theirs ?? W.nothing)}`, false, () => (changes.delete(key), again())));
    }));
    draw();
    return "";
  };
  const sheet = async (chosen) => {
    if (!window.NavigatorSheet) await load("assets/form/sheet.js").catch(() => 0);
    if (!window.NavigatorSheet) return W.noSheet;
    const { refused, about: of, changes: filled } = await NavigatorSheet.read(chosen);
    if (refused) return refused;
    if (of.edition !== head.checklist || (of.project && of.project !== given.id)) return fill(W.sheetOf, { edition: of.edition, name: of.project ?? "" });
    if (PRODUCT.some((word) => of[word] && of[word] !== String(head[word] ?? ""))) return W.other;
    const left = [];
    for (const { path, fields, value: typed, was: before } of filled) {
      const key = (book.areas[path[0]] ? ["status", ...path] : path).join("/");
      const here = at(head, key);
      const [old, now] = fields ? [before, long(here)] : [before, { value: here }];
      if (Object.keys(old).some((word) => !fresh && (now[word] ?? "") !== old[word])) left.push(key);
      else changes.set(key, fields ? { fields } : { value: typed, words: W[key]?.[0] });
    }
    draw();
    return fill(W.sheet, { count: filled.length - left.length }) + (left.length ? ` ${fill(W.sheetLeft, { left: left.join(", ") })}` : "");
  };
  const newer = () => {
    const said = live("nav-form-stop");
    const box = make("textarea", { rows: 4, id: "nav-newer", spellcheck: false });
    const input = make("input", { type: "file", accept: ".yml,.yaml,.xlsx" });
    input.onchange = async () => {
      const [chosen] = input.files;
      const words = /\.xlsx$/i.test(chosen.name) ? await sheet(chosen) : lay(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await chosen.arrayBuffer()));
      said.textContent = words;
    };
    return [p(W.newer[1]), make("label", { htmlFor: "nav-newer" }, W.newer[2]), box, p(button(W.newer[3], () => (said.textContent = lay(box.value)))), make("label", { className: "nav-form-file" }, W.newer[4] + " ", input), said];
  };
  const drafts = () => {
    const key = `navigator-draft:${fresh ? query.get("start") : given.id}`;
    const box = live();
    const kept = (name, ...more) => {
      try {
        return localStorage[name](key, ...more);
      } catch {
        return null; /* the browser keeps nothing for this page */
      }
    };
    const draw = () => {
      let draft;
      try {
        draft = JSON.parse(kept("getItem"));
      } catch {
        draft = { day: "?" }; /* none of ours: it can be deleted */
      }
      const keep = () => {
        kept("setItem", JSON.stringify({ day: today, file, identity, changes: [...changes] }));
        typing = false;
        draw();
      };
      const take = () => {
        const text = file;
        for (const [place, change] of draft.changes) changes.set(place, change);
        Object.assign(identity, draft.identity);
        file = draft.file;
        head = NavigatorFile.read(file).data;
        lay(text);
      };
      into(box, p(W.draft[1]), p(button(W.draft[2], keep)), draft ? p(fill(W.draft[3], draft), " ", draft.changes && button(W.draft[4], take), " ", button(W.draft[5], () => (kept("removeItem"), draw()))) : "");
    };
    draw();
    return box;
  };

  /* --- the whole --- */

  const draw = () => {
    items = {};
    visiting = visit();
    extras = besides();
    sending = { heading: make("h2", { id: "nav-send", tabIndex: -1 }, W.send), list: make("div"), stop: live(), lines: make("code"), others: make("div") };
    sending.bar = make("p", { className: "nav-form-bar" }, make("span"), link("#nav-send", W.send));
    sending.ways = make("div", {}, p(button(W.download, download), " ", button(W.copy, copy)), fold(W.lines, () => make("pre", {}, sending.lines)), sending.others);
    into(root, 
      !fresh && make("p", { className: "nav-summary" }, value("title")),
      quiet(fill(fresh ? W.fresh : W.made, { assessed: head.assessed, edition: head.checklist, day: site.day })),
      make("p", { className: "nav-actions" }, fresh ? "" : link(site.project.replace("PROJECT", given.id), W.back), link(site.pages.privacy, W.privacy), link(site.pages.keys, W.keys)),
      fresh && make("section", {}, field("name", identity.name, (text) => ((identity.name = text), refresh())), ["title", "summary", "contact"].map(plain), p(select(W.lead[0], Object.entries(book.partners), value("lead"), (word) => put1("lead", word, W.lead[0])))),
      visiting, clashes, filter(), make("div", {}, stages().filter(Boolean)),
      make("h2", {}, W.besides), extras,
      sending.heading, field("assessed", identity.assessed, (text) => ((identity.assessed = text), refresh())), sending.list, sending.stop, sending.ways,
      fold(fresh ? W.older : W.newer[0], newer), fold(W.draft[0], drafts), sending.bar,
    );
    refresh();
    typing = changes.size > 0;
  };
  const open = () => {
    file = given.text;
    const read = NavigatorFile.read(file);
    if (read.refused) return into(root, note(p(strong(W.unread), ` ${read.refused}`), p(W.byHand), edit()));
    head = read.data;
    draw();
    const wanted = query.get("item");
    if (items[wanted]) show(wanted);
  };
  const heading = () => (document.querySelector("h1").firstChild.textContent = W.start);
  const missing = (words = "") => into(root, words && note(p(words)), p(W.choose, " ", link(site.pages.projects, W.projects)), p(W.none, " ", link(site.pages.start, W.start)));

  /* The start: what the product is decides what is asked. */
  const starting = () => {
    const { asked, choices } = book.start;
    const names = Object.keys(asked);
    const [chosen, box] = [{}, make("div")];
    const fits = (upto) => choices.filter(([, words]) => names.every((name, number) => number >= upto || (words[number] ?? "") === chosen[name]));
    const go = button(W.begin, () => (location.search = new URLSearchParams({ start: fits(99)[0][0] })));
    const redraw = () => {
      const made = names.map((name, number) => {
        const possible = [...new Set(fits(number).map(([, words]) => words[number] ?? ""))];
        if (possible.length === 1) [chosen[name]] = possible;
        else if (!possible.includes(chosen[name])) delete chosen[name];
        return possible.length > 1 && make("fieldset", {}, make("legend", {}, W[name]), possible.map((word) => choice("radio", asked[name][word], { name, value: word, checked: chosen[name] === word, onchange: () => ((chosen[name] = word), redraw(), box.querySelector(`[name=${name}]:checked`).focus()) })));
      });
      into(box, ...made.filter(Boolean));
      go.disabled = fits(99).length !== 1;
    };
    redraw();
    into(root, p(W.decides), box, p(go));
  };

  addEventListener("beforeunload", (event) => typing && changes.size && event.preventDefault());
  (async () => {
    const [id, start] = [query.get("project") ?? "", query.get("start")];
    if (start === null && !/^[a-z][a-z0-9-]*$/.test(id)) return missing();
    into(root, p(W.loading));
    try {
      await load("change/questions.js");
      book = window.navigatorForm.questions;
      rules = NavigatorRules(book, today);
      fresh = start !== null;
      if (fresh) heading();
      if (fresh && !book.start.choices.some(([name]) => name === start)) return starting();
      await load(fresh ? `change/start/${start}.js` : `change/p/${id}.js`);
      given = window.navigatorForm.project;
    } catch {
      return missing(fill(W.missing, { name: id }));
    }
    open();
  })();
})();
