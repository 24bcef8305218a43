/* What the form *Report a change* needs later than its questions: what must not be published, the ways out, a new
   edition, targets and events, drafts. form.js fetches this file with the first answer, or when one of these is shown. */

/* Says what in a text must not be published; "" if nothing is found. The patterns are those of `check`; the check digits
   are counted here. Only telephone numbers have a rougher rule; `check` looks again. */
var NavigatorPrivacy = (privacy, real) => {
  const digits = (text) => text.replace(/\D/g, "");
  const doubled = "0246813579"; /* twice a digit, its digits added */
  const luhn = (number) => [...number].reduceRight((sum, digit, at) => sum + +((number.length - at) % 2 ? digit : doubled[digit]), 0) % 10 === 0;
  const born = (year, month, day) => real(2000 + +year, +month, day);
  const early = (text) => born(text.slice(4, 6), text.slice(2, 4), text.slice(0, 2)); /* a day that begins with the day */
  const fits = (number, weights) => [...weights].reduce((sum, weight, at) => sum + (weight === "x" ? 10 : weight) * number[at], 0) % 11 === 0;
  const COUNTRIES = {
    Swedish: ([, year, dash, month, day, between = "", first, rest]) =>
      !(dash === "-" && between !== "-") && born(year, month, day % 60) &&
      ((first === "T" && /^[-+]$/.test(between.trim())) || luhn(year + month + day + (first > "9" ? 1 : first) + rest)),
    Norwegian: ([all]) => {
      const number = digits(all);
      return born(number.slice(4, 6), number.slice(2, 4) % 40, (number[0] % 4) + number[1]) && fits(number, "3761894521") && fits(number, "54327654321");
    },
    Finnish: ([all]) => early(all) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[(all.slice(0, 6) + all.slice(7, 10)) % 31] === all[10].toUpperCase(),
    Danish: ([, birth]) => early(birth),
    Icelandic: ([, birth, rest]) => early(birth) && fits(birth + rest, "327654321"),
    German: ([, spaced, plain]) => {
      const number = digits(spaced ?? plain);
      const often = [..."0123456789"].map((digit) => number.slice(0, 10).split(digit).length - 1).filter((count) => count > 1);
      return number[0] > 0 && often.length === 1 && often[0] < 4 && [...number].reduce((sum, digit) => ((((sum || 10) * 2) % 11) + +digit) % 10, 5) === 1;
    },
    British: ([, spaced, , plain]) => fits(digits(spaced ?? plain), "x987654321"),
    Spanish: ([all]) => "TRWAGMYFPDXBNJZSQVHLCKE"[digits(all.replace(/[XYZ](?=.{7})/i, (letter) => "XYZ".indexOf(letter.toUpperCase()))) % 23] === all.slice(-1).toUpperCase(),
    French: ([all, , month]) => {
      const number = digits(all.replace("2A", 19).replace("2B", 18));
      return month > 0 && month < 13 && 97 - (number.slice(0, 13) % 97) === +number.slice(13);
    },
    Dutch: ([, number]) => +digits(number) && fits(digits(number), "98765432x"),
  };
  const all = ([source, flags], where) => [...where.matchAll(new RegExp(source, flags))];
  return (typed) => {
    const words = typed.normalize("NFKC").replace(/[\p{Pd}\u2212]/gu, "-").replace(/\p{Cf}/gu, "");
    const plain = words.replace(new RegExp(...privacy.path), (_, host, path) => host + "/".repeat(path.length));
    for (const [country, ...pattern] of privacy.identity) if (all(pattern, plain).some(COUNTRIES[country])) return privacy.called[country];
    const whole = (number) => privacy.identity.slice(0, 2).some(([country, source]) => all([`^(?:${source})$`, "g"], number).some(COUNTRIES[country]));
    if (all(privacy.spaced, plain).some(([number]) => whole(digits(number)))) return privacy.called.spaced;
    for (const [what, ...pattern] of privacy.secrets) if (all(pattern, words).length) return what;
    if (privacy.mail.some((pattern) => all(pattern, words).length)) return privacy.called.mail;
    const document = new RegExp(privacy.document[0]);
    const numbers = [
      ...all(privacy.home, plain).filter(({ index }) => !document.test(plain.slice(0, index))),
      ...privacy.telephone.flatMap((pattern) => all(pattern, plain)),
    ];
    return numbers.some(([number]) => /(\d\D*){7}/.test(number)) ? privacy.called.telephone : "";
  };
};
var NavigatorMore = (form) => {
  const PRODUCT = ["modality", "donor", "delivery", "route"];
  const LONGEST = 1500; /* characters of a message in an address; mail programs cut longer ones */
  const { W, changes, identity, query, today, clashes } = form;
  const { make, into, p, strong, quiet, note, live, fill, button, fold, choice, select, load, field } = form;
  const { at, long, merged, value, put, putAll, about, place, held, show, link } = form;
  const { describe, answered, short, refresh, site } = form;
  if (form.rules) form.rules.personal = NavigatorPrivacy(form.book.privacy, form.rules.real);

  /* --- besides the questions --- */

  const put1 = (key, typed, words) => put(key, typed === (at(form.head, key) ?? "") ? null : { value: typed || null, words });
  /* Fields that make one change together. */
  const group = (key, fields, more, fixed) => {
    const typed = Object.fromEntries(Object.keys(fields).map((word) => [word, merged(at(form.head, key), changes.get(key))[word] ?? ""]));
    return Object.entries(fields).map(([word, words]) =>
      field(word, typed[word], (text) => {
        typed[word] = text;
        if (Object.values(typed).some(Boolean)) putAll(key, { ...(at(form.head, key) ? {} : fixed), ...typed }, more);
        else put(key, at(form.head, key) ? { value: null, ...more } : null);
      }, { words }),
    );
  };

  const targets = () => [
    p(W.targets[1]),
    make("div", { className: "nav-form-columns" },
      Object.entries(form.book.stages).map(([number, title]) => {
        const key = `targets/${number}`;
        return field("target", value(key), (text) => put1(key, text, fill(W.targets[2], { number })), {
          words: [fill(W.target[0], { number, title }), W.target[1]],
          rule: "target",
          look: (text) => (text ? form.rules.order(number, text, (each) => value(`targets/${each}`)) : []),
        });
      })),
  ];
  const findings = () => {
    const each = ([kind, severity, title, why]) => {
      const more = { words: fill(W.findings[3], { title }), needs: ["because", "until"] };
      return fold(title + (severity && ` (${severity})`), () => [p(why), ...group(`acknowledged/${kind}`, { because: W.lives, until: W.until }, more)]);
    };
    return form.given.findings.length ? [p(W.findings[1]), ...form.given.findings.map(each)] : p(W.findings[2]);
  };
  const confirmed = () => {
    const box = make("div");
    const chosen = { track: Object.keys(form.book.tracks)[0], stage: Object.keys(form.book.stages)[0] };
    const draw = () => {
      const words = fill(W.confirmed[2], { stage: chosen.stage, track: form.book.tracks[chosen.track].toLowerCase() });
      into(box, ...group(`confirmed/${chosen.track}/${chosen.stage}`, { since: W.since, evidence: W.whole }, { words }, { checklist: value("checklist") }));
    };
    const choosing = (name) => (word) => ((chosen[name] = word), draw());
    draw();
    return [
      p(W.confirmed[1]),
      make("div", { className: "nav-filter" }, select(W.track, Object.entries(form.book.tracks), chosen.track, choosing("track")), select(W.stage, Object.entries(form.book.stages).map(([number, title]) => [number, `${number} ${title}`]), chosen.stage, choosing("stage"))),
      box,
    ];
  };
  const events = () => {
    const called = (kind) => form.book.events[kind] ?? kind;
    const old = (form.head.events ?? []).map((event, number) =>
      note(p(strong(`${event.date}: ${called(event.kind)}. `), event.text), ...group(`events/${number}`, { reviewed: W.looked }, { words: `${called(event.kind)}, ${event.date}` })));
    const key = "events/+";
    const typed = { date: "", kind: Object.keys(form.book.events)[0], text: "", ...changes.get(key)?.fields };
    const took = () => put(key, typed.date || typed.text ? { fields: { ...typed }, words: W.events[2], needs: ["date", "text"] } : null);
    return [
      ...old,
      make("h3", {}, W.events[1]),
      select(W.kind, Object.entries(form.book.events), typed.kind, (word) => ((typed.kind = word), took())),
      ...["date", "text"].map((word) => field(word, typed[word], (text) => ((typed[word] = text), took()))),
    ];
  };

  /* --- the ways out --- */

  const away = (href, words) => link(href, words, { className: "nav-button", target: "_blank", rel: "noopener" });
  const edit = () => (site.edit && !form.fresh ? away(`${site.edit}projects/${form.given.id}.yml`, W.forgeOpen) : "");
  const fileName = () => `${(form.fresh ? identity.name : form.given.id) || "my-project"}.yml`;
  const copy = async ({ target }) => {
    let words = W.copied;
    try {
      await navigator.clipboard.writeText(form.made.text);
    } catch {
      const box = make("textarea", { value: form.made.text, className: "nav-sr", ariaLabel: W.theFile });
      target.after(box);
      box.select();
      if (!document.execCommand("copy")) words = W.notCopied;
      box.remove();
    }
    target.textContent = words;
    setTimeout(() => (target.textContent = W.copy), 3000);
  };
  const download = () => {
    const href = URL.createObjectURL(new Blob([form.made.text], { type: "application/yaml" }));
    link(href, "", { download: fileName() }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    form.typing = false;
  };
  const ways = () => {
    const { text, lines } = form.made;
    if (!text) return []; /* by the time this file had come, another answer was given that does not fit */
    const all = text.split(/\r?\n/);
    const shown = lines.map((number) => all[number - 1] ?? "").join("\n");
    return [p(button(W.download, download), " ", button(W.copy, copy)), fold(W.lines, () => make("pre", {}, make("code", {}, shown))), ...forge(), ...letter()];
  };
  const forge = () => {
    if (!site.forge) return [];
    const upload = away(site.upload, W.upload);
    if (!form.fresh) return [make("h3", {}, W.forge), p(W.forgeHow), p(edit(), " ", upload)];
    const empty = site.new.replace("my-project", identity.name);
    const whole = `${empty}&value=${encodeURIComponent(form.made.text)}`;
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
      if (form.fresh || address(...lines, line, fill(W.rest, { left })).length > LONGEST) break;
      lines.push(line);
      left -= 1;
    }
    if (left) lines.push(form.fresh ? W.attach : fill(W.rest, { left }));
    return [make("h3", {}, W.mail), p(unit ? fill(W.mailTo, { unit }) : W.mailWho, left ? ` ${W.mailLong}` : ""), p(link(address(...lines), W.write, { className: "nav-button" }))];
  };

  /* --- a new edition of the checklists --- */

  const visit = () => {
    const box = live();
    const jumps = (words, names) => names.length ? [p(words), make("ul", {}, names.map((name) => make("li", {}, link(`#item-${name.replace("/", "--")}`, about(name).title, { onclick: (event) => (event.preventDefault(), show(name)) }), about(name).gate ? make("span", { className: "nav-gate" }, W.gate) : "")))] : [];
    const again = Object.keys(form.given.again);
    const left = quiet("");
    const raise = button(fill(W.raise, form.book), () => put("checklist", { value: form.book.edition, words: W.checklist[0] }));
    const open = note(make("h2", {}, fill(W.visit, { edition: form.head.checklist })), ...jumps(W.again, again), ...jumps(W.new, form.given.new), again.length + form.given.new.length ? "" : p(W.same), left, p(raise));
    box.refresh = () => {
      const count = again.filter((name) => !held.has(name) && !changes.has(place(name))).length;
      left.textContent = count ? fill(W.left, { left: count }) : "";
      raise.disabled = count > 0;
      if (box.raised === changes.has("checklist")) return;
      box.raised = changes.has("checklist");
      into(box, box.raised ? note(p(fill(W.raised, form.book))) : open);
    };
    box.refresh();
    return box;
  };

  /* --- a newer version, a filled sheet, a draft --- */

  const lay = (text) => {
    const read = NavigatorFile.read(text);
    if (read.refused) return read.refused;
    const newer = read.data;
    if (PRODUCT.some((word) => String(newer[word] ?? "") !== String(form.head[word] ?? ""))) return W.other;
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    const clash = [...changes].filter(([key, change]) => {
      const [mine, theirs] = [form.head, newer].map((values) => (key.startsWith("status/") ? long(at(values, key)) : at(values, key)));
      if (same(mine, theirs) || key.endsWith("+")) return false;
      const reached = change.fields ? same(merged(theirs, change), theirs) : (change.value ?? undefined) === theirs;
      if (reached) changes.delete(key);
      return !reached;
    }).map(([key, change]) => [key, change, ...describe(key, change)]);
    form.file = text;
    form.head = newer;
    into(clashes, ...clash.map(([key, change, heading, words]) => {
      const theirs = at(newer, key);
      const again = () => (form.items[key.slice(7)]?.again(), refresh());
      const option = (text, checked, onchange) => choice("radio", text, { name: `clash-${key}`, checked, onchange });
      return make("fieldset", { className: "nav-note" }, make("legend", {}, fill(W.clash, { title: heading })),
        option(`${W.mine} ${words.split(" (")[0]}`, true, () => (changes.set(key, change), again())),
        option(`${W.theirs} ${key.startsWith("status/") ? answered(long(theirs)) : typeof theirs === "object" ? short(theirs ?? {}) : (theirs ?? W.nothing)}`, false, () => (changes.delete(key), again())));
    }));
    form.draw();
    return "";
  };
  const sheet = async (chosen) => {
    await Promise.all(["assets/form/sheet.js", "change/sheet.js"].map(load)).catch(() => 0);
    if (!window.NavigatorSheet || !navigatorForm.sheet) return W.noSheet;
    const { refused, about: of, changes: filled } = await NavigatorSheet.read(chosen, navigatorForm.sheet);
    if (refused) return refused;
    if (of.edition !== form.head.checklist || (of.project && of.project !== form.given.id)) return fill(W.sheetOf, { edition: of.edition, name: of.project ?? "" });
    if (PRODUCT.some((word) => of[word] && of[word] !== String(form.head[word] ?? ""))) return W.other;
    const left = [];
    for (const { path, fields, value: typed, was: before } of filled) {
      if (path[0] === "assessed") {
        identity.assessed = typed;
        continue;
      }
      const key = (form.book.areas[path[0]] ? ["status", ...path] : path).join("/");
      const here = at(form.head, key);
      const [old, now] = fields ? [before, long(here)] : [before, { value: here }];
      if (Object.keys(old).some((word) => !form.fresh && (now[word] ?? "") !== old[word])) left.push(key);
      else changes.set(key, fields ? { fields } : { value: typed, words: W[key]?.[0] });
    }
    form.draw();
    into(clashes, note(p(fill(W.sheet, { count: filled.length - left.length }), left.length ? ` ${fill(W.sheetLeft, { left: left.join(", ") })}` : "")));
    return "";
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
    const key = `navigator-draft:${form.fresh ? query.get("start") : form.given.id}`;
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
        kept("setItem", JSON.stringify({ day: today, file: form.file, identity, changes: [...changes] }));
        form.typing = false;
        draw();
      };
      const take = () => {
        const text = form.file;
        for (const [place, change] of draft.changes) changes.set(place, change);
        Object.assign(identity, draft.identity);
        form.file = draft.file;
        form.head = NavigatorFile.read(form.file).data;
        lay(text);
      };
      into(box, p(W.draft[1]), p(button(W.draft[2], keep)), draft ? p(fill(W.draft[3], draft), " ", draft.changes && button(W.draft[4], take), " ", button(W.draft[5], () => (kept("removeItem"), draw()))) : "");
    };
    draw();
    return box;
  };

  /* The start: what the product is decides what is asked. */
  const starting = () => {
    const { asked, choices } = form.book.start;
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
    return [p(W.decides), box, p(go)];
  };

  const plain = (word) => {
    const needs = word === "contact" ? [] : [word];
    const given = form.fresh && !changes.has(word) ? "" : value(word);
    return field(word, given, (text) => put(word, text === (form.head[word] ?? "") || (form.fresh && !text) ? null : { value: text || (needs[0] ? "" : null), words: W[word][0], needs }));
  };
  const hospital = () => form.book.hospitals && p(select(W.hospital[0], [["", W.hospital[1]], ...Object.entries(form.book.hospitals)], value("hospital"), (word) => put1("hospital", word, W.hospital[0])));
  const texts = () => [...["title", "summary", "contact"].map(plain), hospital()];
  const begin = () => [
    field("name", identity.name, (text) => ((identity.name = text), refresh())),
    ...texts(),
    select(W.lead[0], Object.entries(form.book.partners), value("lead"), (word) => put1("lead", word, W.lead[0])),
  ];

  /* No project, or one that is not here. */
  const missing = () => {
    const name = query.get("project") || query.get("start");
    const all = [p(W.choose, " ", link(site.pages.projects, W.projects)), p(W.none, " ", link(site.pages.start, W.start))];
    return name ? [note(p(fill(W.missing, { name }))), ...all] : all;
  };

  return { missing, begin, edit, about: texts, ways, visit, targets, findings, events, confirmed, newer, drafts, starting };
};
