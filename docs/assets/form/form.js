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
  const LEFT = /^(met|not-applicable)$/; /* nothing is left to do */

  /* --- elements --- */

  let counted = 0;
  const make = (tag, properties, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? 0))
      if (name.includes("-")) element.setAttribute(name, value);
      else element[name] = value;
    element.append(...children.flat().filter(Boolean));
    return element;
  };
  const into = (element, ...children) => element.replaceChildren(...children.flat().filter(Boolean));
  const p = (...words) => make("p", 0, ...words);
  const strong = (words) => make("strong", 0, words);
  const quiet = (...words) => make("p", { className: "nav-quiet" }, ...words);
  const note = (...children) => make("div", { className: "nav-note" }, ...children);
  const live = (className = "") => make("div", { className, "aria-live": "polite" });
  const fill = (words, places) => words.replace(/{(\w+)}/g, (all, place) => places[place] ?? all);
  const link = (href, words, more) => make("a", { href, ...more }, words);
  const button = (words, onclick, more) => make("button", { type: "button", className: "nav-button", onclick, ...more }, words);
  const fold = (heading, body, more) => {
    let filled = false;
    const details = make("details", { className: "nav-form-fold", ...more }, make("summary", 0, heading));
    details.ontoggle = () => {
      if (details.open && !filled) details.append(...[(filled = true) && body()].flat().filter(Boolean));
    };
    return details;
  };
  const choice = (type, words, properties, sign) =>
    make("label", { className: "nav-form-choice" }, make("input", { type, ...properties }), sign && make("span", { "aria-hidden": "true" }, sign), make("span", 0, words));
  const select = (words, options, chosen, onchange) => {
    const element = make("select", { onchange: () => onchange(element.value) }, options.map(([word, text]) => new Option(text, word, false, word === chosen)));
    return make("label", { className: "nav-form-select" }, words + " ", element);
  };
  const loads = {}; /* path → what is being loaded or has been; a script that failed is tried again */
  const load = (path) =>
    (loads[path] ??= new Promise((onload, failed) => {
      const onerror = (event) => (delete loads[path], failed(event));
      document.head.append(make("script", { src: site.up + path, onload, onerror }));
    }));
  const fetched = (path, box, then) => load(path).then(then, () => into(box, W.failed));

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
    const [title, stage, partner, marks] = book.items[name];
    const area = name.split("/")[0];
    return { name, title, stage, partner, area, gate: marks & 1, owable: marks & 2, track: book.areas[area][1] };
  };

  const put = (key, change) => {
    if (change) changes.set(key, change);
    else changes.delete(key);
    typing = true;
    refresh();
  };
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
    if (key.startsWith("targets/")) {
      const month = (each) => value(`targets/${each}`);
      return [...rules.judged(change.value, "target"), ...Object.keys(book.stages).flatMap((each) => month(each) && rules.order(each, month(each), month))].filter(Boolean);
    }
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
    input.onchange = () => ready(said, show);
    if (typed) show();
    return make("div", { className: `nav-form-field${wide ? "" : " nav-form-short"}` }, make("label", { htmlFor: id }, words[0] + more), make("p", { id: `${id}-hint`, className: "nav-quiet" }, words[1]), input, said);
  };

  /* --- one item --- */

  let items = {};
  const itemFold = (name) => {
    const asked = about(name);
    const state = make("span", { className: "nav-form-state" });
    const opened = () => {
      const box = make("div");
      const texts = () => navigatorForm["stage" + asked.stage];
      const draw = () => into(box, body(...texts()[name]));
      if (texts()) draw();
      else fetched(`change/stage-${asked.stage}.js`, box, draw);
      return box;
    };
    const details = fold("", opened, { className: "nav-form-item", id: `item-${name.replace("/", "--")}` });
    details.firstChild.append(make("span", 0, asked.title), asked.gate ? make("span", { className: "nav-gate" }, W.gate) : "", state);
    const body = (done, why, evidence) => {
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
              words: [W[word][0], W[word][1] + (word === "evidence" ? ` ${W.shows} ${evidence}` : "")],
              more: word === "because" || (counts && /since|evidence/.test(word)) ? ` ${W.needed}` : "",
            }),
          ),
          asked.owable && wanted.includes("owed") && choice("checkbox", W.owed[0], { checked: answer.owed === "true", onchange: (event) => ((answer.owed = event.target.checked ? "true" : ""), took()) }),
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
        p(strong(W.done), " ", done),
        quiet(strong(W.why), ` ${why} `, link(site.item.replace("AREA", area).replace("ITEM", word), W.guidance, { ariaLabel: `${W.guidance}: ${asked.title}` })),
        name in (given.again ?? {}) && note(p(strong(W.differs), ` ${given.again[name]}`), choice("checkbox", W.holds, { checked: held.has(name), onchange: (event) => (held[event.target.checked ? "add" : "delete"](name), refresh()) })),
        make("fieldset", 0, make("legend", 0, W.how, make("span", { className: "nav-sr" }, ` ${asked.title}`)), make("div", { className: "nav-form-choices" },
          book.statuses.map(([status, words, sign]) => choice("radio", words, { name: place(name), value: status, checked: status === (answer.status ?? ""), onchange: () => choose(status) }, sign)))),
        fields,
        said,
      ];
    };
    details.asked = asked;
    details.refresh = () => {
      const status = now(name).status;
      const [, words, sign] = spoken(status);
      into(state, make("span", { className: `nav-status nav-${status || "not-assessed"}` }, make("span", { "aria-hidden": "true" }, sign), ` ${words}`), changes.has(place(name)) && make("span", { className: "nav-tag" }, W.changed));
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
    for (const each of Object.values(items)) {
      const { track, partner, name, title } = each.asked;
      each.hidden =
        (wish.track && wish.track !== track) || (wish.partner && +wish.partner !== partner) ||
        (wish.open && LEFT.test(was(name).status) && !changes.has(place(name))) ||
        !title.toLowerCase().includes(wish.text.toLowerCase());
    }
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
      make("label", 0, W.contains + " ", make("input", { type: "search", value: wish.text, oninput: (event) => wishing("text")(event.target.value.trim()) })),
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
      const summary = make("summary", 0, make("span", 0, fill(W.stageOf, { number, title })), make("span", { className: "nav-form-count nav-quiet" }));
      return inside.length && make("details", { className: "nav-form-stage", open: !query.has("item") && +number === Math.min(...given.levels) + 1 }, summary, ...parts);
    });
  };

  /* --- besides the questions --- */

  const besides = () =>
    make("div", 0, ["targets", "findings", "events", "confirmed"].map((name) => fold(W[name][0], () => later(name))), !fresh && fold(W.about, () => later("about")));

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
  const result = () => {
    const all = [...changes].map(([key, { fields, value: each }]) => (fields ? { path: key.split("/"), fields } : { path: key.split("/"), value: each }));
    if (head.assessed !== identity.assessed) all.push({ path: ["assessed"], value: identity.assessed });
    return NavigatorFile.apply(file, all);
  };
  let sending, visiting, extras;
  const refresh = () => {
    for (const each of Object.values(items)) each.refresh();
    pick();
    visiting.firstChild?.refresh?.();
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
      return make("li", 0, strong(`${heading}: `), words, " ", button(W.take, () => takeBack(key), { className: "nav-form-back", ariaLabel: `${W.take}: ${heading}` }), ...told(found.filter((one) => !one.stops)));
    });
    if (fresh && lines.length) for (const each of identity.name ? rules.judged(identity.name, "name") : rules.say("missing-text")) stops.push([W.name[0], each]);
    for (const word of fresh && lines.length ? ["title", "summary"] : []) if (!changes.has(word)) for (const each of rules.say("missing-text")) stops.push([W[word][0], each]);
    for (const each of rules.judged(identity.assessed, "assessed")) if (each.stops) stops.push([W.assessed[0], each]);
    into(sending.list, lines.length ? make("ol", { className: "nav-form-list" }, lines) : p(W.nothingYet));
    const made = lines.length && !stops.length ? result() : {};
    into(sending.stop, ...stops.map(([heading, each]) => make("div", 0, strong(heading), ...told([each]))), made.refused && note(p(strong(W.unmade), ` ${made.refused}`), p(W.byHand), later("edit")));
    sending.made = made;
    into(sending.ways, lines.length && later("ways"));
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
  /* --- what is needed later: more.js --- */

  const clashes = live();
  let tools;
  const ready = (box, then) => {
    const begin = () => {
      if (!tools) {
        tools = NavigatorMore(shared);
        if (sending) refresh();
      }
      then();
    };
    if (window.NavigatorMore) begin();
    else fetched("assets/form/more.js", box, begin);
  };
  const later = (name) => {
    const box = make("div");
    ready(box, () => into(box, tools[name]()));
    return box;
  };

  /* --- the whole --- */

  const draw = () => {
    items = {};
    visiting = given.again ? later("visit") : make("div");
    extras = besides();
    sending = { heading: make("h2", { id: "nav-send", tabIndex: -1 }, W.send), list: make("div"), stop: live(), ways: make("div") };
    sending.bar = make("p", { className: "nav-form-bar" }, make("span"), link("#nav-send", W.send));
    into(root, 
      !fresh && make("p", { className: "nav-summary" }, value("title")),
      quiet(fill(fresh ? W.fresh : W.made, { assessed: head.assessed, edition: head.checklist, day: site.day })),
      make("p", { className: "nav-actions" }, fresh ? "" : link(site.project.replace("PROJECT", given.id), W.back), link(site.pages.privacy, W.privacy), link(site.pages.keys, W.keys)),
      fresh && later("begin"),
      visiting, clashes, filter(), make("div", 0, stages().filter(Boolean)),
      make("h2", 0, W.besides), extras,
      sending.heading, field("assessed", identity.assessed, (text) => ((identity.assessed = text), refresh())), sending.list, sending.stop, sending.ways,
      fold(fresh ? W.older : W.newer[0], () => later("newer")), fold(W.draft[0], () => later("drafts")), sending.bar,
    );
    refresh();
    typing = changes.size > 0;
  };
  const shared = {
    ...{ W, changes, identity, query, today, clashes },
    ...{ make, into, p, strong, quiet, note, live, fill, button, fold, choice, select, load, field },
    ...{ at, long, merged, value, put, putAll, about, place, held, show, link, describe, answered, short, refresh, draw, site },
  };
  Object.defineProperties(shared, {
    book: { get: () => book },
    given: { get: () => given },
    rules: { get: () => rules },
    fresh: { get: () => fresh },
    items: { get: () => items },
    file: { get: () => file, set: (text) => (file = text) },
    head: { get: () => head, set: (values) => (head = values) },
    made: { get: () => sending.made },
    typing: { set: (whether) => (typing = whether) },
  });
  const open = () => {
    file = given.text;
    const read = NavigatorFile.read(file);
    if (read.refused) return into(root, note(p(strong(W.unread), ` ${read.refused}`), p(W.byHand), later("edit")));
    head = read.data;
    draw();
    const wanted = query.get("item");
    if (items[wanted]) show(wanted);
  };

  addEventListener("beforeunload", (event) => typing && changes.size && event.preventDefault());
  (async () => {
    const [id, start] = [query.get("project") ?? "", query.get("start")];
    if (start === null && !/^[a-z][a-z0-9-]*$/.test(id)) return into(root, later("missing"));
    into(root, p(W.loading));
    try {
      await load("change/questions.js");
      book = navigatorForm.questions;
      rules = NavigatorRules(book, today);
      fresh = start !== null;
      if (fresh) document.querySelector("h1").firstChild.textContent = W.start;
      if (fresh && !book.start.choices.some(([name]) => name === start)) return root.replaceChildren(later("starting"));
      await load(fresh ? `change/start/${start}.js` : `change/p/${id}.js`);
      given = navigatorForm.project;
    } catch {
      into(root, later("missing"));
      return;
    }
    open();
  })();
})();
