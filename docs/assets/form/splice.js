/* Reads the text of a status file, and puts changes into it so that every comment, order, quote and line end that is
   not touched stays. What cannot be read for certain is refused with a sentence. macros/edit/splice.py does the same
   and explains what a change is; both share the cases in tests/edit/splice/.

   NavigatorFile.read(text)            → {data, head, answers} or {refused}
   NavigatorFile.apply(text, changes)  → {text, lines} or {refused} */
var NavigatorFile = (() => {
  const HEAD = (
    "checklist kind title summary modality donor delivery formerly route lead publish hospital " +
    "contact assessed targets metrics confirmed status events readings outcome acknowledged"
  ).split(" ");
  const FIELDS = (
    "day date kind status since evidence text reviewed planned because until note owed earlier checklist sources findings"
  ).split(" ");
  const LISTS = ["formerly", "events", "readings", "earlier"];
  const FREE = "evidence note because text title summary contact".split(" ");
  const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
  const PLAIN = /^[A-Za-z0-9À-ÖØ-öø-ɏ(][^,[\]{}#&*!|>'"%@`:?]*$/;
  const UNSURE = /^(null|true|false|yes|no|on|off|y|n|[-+.]*[0-9][-+.0-9_xe]*)$/i;
  const HIDDEN =
    /[\0-\t\v\f\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\u{e0000}-\u{e007f}]|\r(?!\n)/u;
  const ODD = "this is written in a way that is not understood here";
  const COLUMN = "this line begins in another column than those above";
  const BY_HAND = "Edit the file itself.";
  const LIMIT = 131072;

  class Refused extends Error {}
  const refuse = (sentence) => {
    throw new Refused(sentence);
  };
  const unsure = (what) => refuse(`${what} for certain. ${BY_HAND}`);
  const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isEmpty = (node) => node.kind === "text" && node.value === null;
  const isAnswer = (path) => path.length === 3 && path[0] === "status";

  /* --- text → nodes {kind, start, end, flow, column, value, entries: [{name, start, colon, node}], items} --- */

  const tree = (text) => {
    let at = 0;
    const no = (what = ODD, place = at) => refuse(`Line ${text.slice(0, place).split("\n").length}: ${what}.`);
    const lineStart = (place) => text.lastIndexOf("\n", place - 1) * (place > 0) + (place > 0);
    const lineEnd = (place) => {
      const found = text.indexOf("\n", place);
      const end = found < 0 ? text.length : found;
      return end > place && text[end - 1] === "\r" ? end - 1 : end;
    };
    const nextLine = (place) => text.indexOf("\n", place) + 1 || text.length;
    const column = () => at - lineStart(at);
    const line = () => text.slice(at, lineEnd(at));
    const indent = (place) => text.slice(place).search(/[^ ]|$/);
    const spaces = () => (at += indent(at));
    const hyphen = () => /^-( |$)/.test(line());
    const isName = () => /^(["']?)[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\1:( |$)/.test(line());

    /* To the end of a line on which nothing but a comment follows. Behind words a comment needs two spaces. */
    const endLine = (comment) => {
      if (!comment.test(line())) no();
      at = lineEnd(at);
    };
    const AFTER_WORDS = /^( *| {2,}#([ #].*)?)$/;
    const AFTER_MARKS = /^( *| +#.*)$/;
    const AFTER_NOTHING = /^( *| +#( .*)?)$/;

    /* To the next line that says something; false at the end of the text. */
    const toContent = () => {
      while (at < text.length) {
        spaces();
        if (line() && text[at] !== "#") return true;
        at = nextLine(at);
      }
      return false;
    };

    /* Lines of one text: a line break is read as a space, an empty line as a line break. */
    const fold = (lines) =>
      lines.reduce(([all, breaks], next) => (next ? [all + (breaks ? "\n".repeat(breaks) : " ") + next, 0] : [all, breaks + 1]), [
        lines.shift(),
        0,
      ])[0];
    const scalar = (start, value) => ({ kind: "text", start, end: at, value });

    const quoted = () => {
      const start = at;
      const double = text[at] === '"';
      const found = (double ? /^"((?:[^"\\]|\\(?:["\\/nt]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}))*)"/ : /^'((?:[^']|'')*)'(?!')/).exec(
        text.slice(at),
      );
      if (!found) no("this quote is not closed, or holds a backslash that is not understood here");
      at += found[0].length;
      let lines = found[1].split(/\r?\n/);
      if (lines.length > 1) {
        if (lines.some((one, number) => number && /^(---|\.\.\.)/.test(one))) no(ODD, start);
        const last = lines.length - 1;
        lines = lines.map((one, number) => one.replace(number ? /^ +/ : "", "").replace(number < last ? / +$/ : "", ""));
        if (!lines[0] || !lines[last]) no(ODD, start);
      }
      const joined = fold(lines);
      if (!double) return scalar(start, joined.replace(/''/g, "'"));
      const value = joined.replace(/\\(x..|u....|.)/g, (_, code) => {
        const number = code[1] ? parseInt(code.slice(1), 16) : 0;
        if (number > 0xd7ff && number < 0xe000) no(ODD, start);
        return number ? String.fromCharCode(number) : code[1] ? "\0" : { n: "\n", t: "\t" }[code] || code;
      });
      if (HIDDEN.test(value.replace(/[\t\n]/g, ""))) no("an invisible character is hidden here", start);
      return scalar(start, value);
    };

    /* Words without quotes, on this line and on those below that belong to them. */
    const words = (parent, flow) => {
      const start = at;
      if (/^[[\]{},#&*!|>'"%@`]/.test(line()) || (flow ? /^([?:]|-[ ,[\]{}]|-$)/ : /^[-?:]( |$)/).test(line())) no();
      const lines = [];
      for (;;) {
        let piece = line().split(" #")[0];
        const stop = flow ? piece.search(/[,[\]{}]/) : -1;
        if (stop >= 0) piece = piece.slice(0, stop);
        if (/: |:$/.test(piece) || (flow && (/:\?/.test(piece) || "[{".includes(text[at + stop] || " ")))) no();
        piece = piece.replace(/ +$/, "");
        lines.push(piece);
        at += piece.length;
        const node = { kind: "text", start, end: at };
        if (stop < 0) {
          endLine(AFTER_WORDS);
          let next = nextLine(at);
          const empty = [];
          while (next < text.length && next + indent(next) === lineEnd(next)) {
            empty.push("");
            next = nextLine(next);
          }
          const begin = next + indent(next);
          const more = next < text.length && text[begin] !== "#" && (flow ? !/[,\]}]/.test(text[begin]) : begin - next > parent);
          if (more) {
            if (text.slice(node.end, at).includes("#") || !/[A-Za-z0-9À-ɏ("]/.test(text[begin]) || begin === next) no(ODD, begin);
            lines.push(...empty);
            at = begin;
            continue;
          }
        }
        node.value = fold(lines);
        if (flow) at = node.end;
        return node;
      }
    };

    /* A text that begins with | or >: all lines below that begin further right. */
    const block = (parent) => {
      const start = at;
      const folded = text[at] === ">";
      if (!/^[|>]-? *$/.test(line())) no();
      const strip = text[at + 1] === "-";
      const lines = [];
      let left = 0;
      let full = 0;
      at = lineEnd(at);
      for (let next = nextLine(at); next < text.length; next = nextLine(next)) {
        const begin = next + indent(next);
        const end = lineEnd(next);
        if (begin < end && begin - next <= parent) break;
        left = left || begin - next;
        if (begin === end ? end - next > Math.max(left, 1) || !lines.length : begin - next < left || (folded && begin - next > left))
          no(ODD, next);
        lines.push(text.slice(next + left, Math.max(end, next + left)));
        if (begin < end) {
          full = lines.length;
          at = end;
        }
      }
      if (!full) no(ODD, start);
      lines.length = full;
      const last = strip || at === text.length ? "" : "\n";
      return scalar(start, (folded ? fold(lines) : lines.join("\n")) + last);
    };

    const gap = (start) => {
      for (;;) {
        if (text[at] === "#" && (at === lineStart(at) || text[at - 1] === " ")) at = lineEnd(at);
        if (at === text.length) no("this bracket is not closed", start);
        if (at < lineEnd(at) && text[at] !== " ") break;
        at = at < lineEnd(at) ? at + indent(at) : nextLine(at);
      }
      if (column() === 0 && /^(---|\.\.\.)/.test(line())) no();
    };
    const flow = (depth) => {
      const map = text[at] === "{";
      const node = { kind: map ? "map" : "list", start: at++, flow: true, entries: [], items: [] };
      if (depth > 10) no();
      const inner = () => {
        if (/[[{]/.test(text[at])) return flow(depth + 1);
        return /["']/.test(text[at]) ? quoted() : words(0, true);
      };
      for (gap(node.start); !(map ? "}" : "]").includes(text[at]); gap(node.start)) {
        if (map) {
          const entry = name(node);
          gap(node.start);
          const nothing = /[,}]/.test(text[at]);
          if (!nothing && at === entry.colon) no();
          entry.node = nothing ? { kind: "text", start: entry.colon, end: entry.colon, value: null } : inner();
          node.entries.push(entry);
        } else node.items.push(inner());
        gap(node.start);
        if (text[at] === ",") at++;
        else if (text[at] !== (map ? "}" : "]")) no("a comma is missing, or a bracket is not closed");
      }
      node.end = ++at;
      return node;
    };

    const name = (node) => {
      const found = /^(["']?)([A-Za-z0-9][A-Za-z0-9_.-]{0,99})\1:(?= |$)/.exec(line());
      if (!found) no("a name, a colon and a space are missing here, or written in a way that is not understood");
      if (node.entries.some((entry) => entry.name === found[2])) no(`"${found[2]}" is written twice`);
      const start = at;
      at += found[0].length;
      return { name: found[2], start, colon: at };
    };

    /* A value that begins here; `parent` is the column of the name or hyphen that it belongs to. */
    const inline = (depth, parent) => {
      if (/[|>]/.test(text[at])) return block(parent);
      if (!/["'{[]/.test(text[at])) return words(parent, false);
      const node = /[{[]/.test(text[at]) ? flow(depth) : quoted();
      endLine(AFTER_MARKS);
      return node;
    };
    const value = (depth, parent) => {
      const start = at;
      if (/^ +[^ #]/.test(line())) {
        spaces();
        return inline(depth, parent);
      }
      endLine(AFTER_NOTHING);
      const end = at;
      if (toContent() && (column() > parent || (column() === parent && hyphen())))
        return hyphen() || isName() ? lines(depth, column() === parent) : inline(depth, parent);
      at = end;
      return { kind: "text", start, end: start, value: null };
    };

    /* Names or hyphens below each other; `loose`: hyphens that begin where the name above begins. */
    const lines = (depth, loose = false) => {
      const list = hyphen();
      const left = column();
      const node = { kind: list ? "list" : "map", start: at, column: left, entries: [], items: [] };
      if (depth > 10) no();
      for (;;) {
        if (hyphen() !== list) {
          if (list && loose) break;
          no();
        }
        let last;
        if (list) {
          at++;
          spaces();
          if (!line() || text[at] === "#" || hyphen()) no();
          last = isName() ? lines(depth + 1) : inline(depth + 1, left);
          node.items.push(last);
        } else {
          const entry = name(node);
          last = entry.node = value(depth + 1, left);
          node.entries.push(entry);
        }
        node.end = last.end;
        if (!toContent() || column() < left) break;
        if (column() > left) no(COLUMN);
      }
      return node;
    };

    const odd = /^ *((<{7}|={7}|>{7}|\|{7})( |\r?$)|[\u00a0\u2009\u202f])|:[\u00a0\u2009\u202f]/m.exec(text) || HIDDEN.exec(text);
    if (odd) no("there is a tab, an invisible character or the mark of an unfinished merge here", odd.index);
    if (new TextEncoder().encode(text).length > LIMIT) refuse("The file is too large.");
    if (!toContent()) refuse("The file is empty.");
    if (hyphen()) no();
    const root = lines(1);
    if (toContent()) no(COLUMN);
    return root;
  };

  const dataOf = (node) => {
    if (node.kind === "text") return node.value;
    if (node.kind === "list") return node.items.map(dataOf);
    return named(node.entries.map((entry) => [entry.name, dataOf(entry.node)]));
  };
  const named = (pairs) => {
    const found = Object.create(null);
    for (const [name, value] of pairs) found[name] = value;
    return found;
  };

  /* --- values --- */

  const isNumber = (name) => /^[0-9]{1,4}$/.test(name);
  const indexOf = (items, step) =>
    isNumber(step) && +step < items.length ? +step : refuse(`There is no entry "${step}" in this list.`);
  const rank = (name, deep) => {
    const place = (deep ? FIELDS : HEAD).indexOf(name);
    return isNumber(name) ? name - 10000 : place < 0 ? 99 : place;
  };
  const ordered = (names) => names.sort((one, other) => rank(one, true) - rank(other, true));
  const given = (fields) => Object.keys(fields).filter((name) => fields[name] !== null && fields[name] !== undefined);

  const written = (value, name = "") => {
    if (Array.isArray(value)) return `[${value.map((inner) => written(inner, name)).join(", ")}]`;
    if (isGroup(value)) {
      const names = given(value);
      const odd = names.find((key) => !NAME.test(key));
      if (odd !== undefined) refuse(`"${odd}" cannot be a name here.`);
      return `{${ordered(names)
        .map((key) => `${key}: ${written(value[key], key)}`)
        .join(", ")}}`;
    }
    const text = String(value);
    if (HIDDEN.test(text) || /[\r\n]/.test(text))
      refuse("The text holds a line break or an invisible character. Type it again in one line.");
    const plain = PLAIN.test(text) && !text.endsWith(" ") && !(FREE.includes(name) && UNSURE.test(text));
    return plain ? text : JSON.stringify(text);
  };

  /* Without what says nothing, and with every single value as text: what is equal to read is equal here. */
  const plainly = (value) => {
    if (Array.isArray(value)) return value.length ? value.map(plainly) : null;
    if (!isGroup(value)) return value === undefined || value === null ? null : String(value);
    const pairs = Object.keys(value)
      .sort()
      .map((name) => [name, plainly(value[name])])
      .filter((pair) => pair[1] !== null);
    return pairs.length ? named(pairs) : null;
  };
  const same = (one, other) => JSON.stringify(plainly(one)) === JSON.stringify(plainly(other));

  /* --- the text --- */

  const nested = (rest, value) =>
    rest.reduceRight((inner, step) => (step === "+" ? [inner] : named([[step, inner]])), value);

  /* One change of a text. `cut` replaces characters; everything else finds out which. */
  let last = {};
  const piece = (text) => {
    if (last.text !== text) last = { text, root: tree(text) };
    const { root } = last;
    const get = (node, name) => node.entries.find((entry) => entry.name === name);
    const cut = (start, end, added) => text.slice(0, start) + added + text.slice(end);
    const lineStart = (place) => (place > 0 ? text.lastIndexOf("\n", place - 1) + 1 : 0);
    const blankTo = (place) => /^ *$/.test(text.slice(lineStart(place), place));
    const below = root.entries.map((entry) => entry.node).find((node) => node.kind === "map" && !node.flow);
    const step = below ? below.column - root.column : 2;

    const find = (path) => {
      let node = root;
      for (const name of path) {
        if (node.kind === "list") {
          if (name === "+") return null;
          node = node.items[indexOf(node.items, name)];
        } else {
          const entry = node.kind === "map" && get(node, name);
          if (!entry) return null;
          node = entry.node;
        }
      }
      return node;
    };

    const lineAfter = (place, lines) => {
      const found = /\r?\n|$/.exec(text.slice(place));
      const end = found[0] || (/\r?\n/.exec(text) || ["\n"])[0];
      return cut(place + found.index, place + found.index, lines.map((line) => end + line).join(""));
    };
    const newLines = (path, rest, value, column) => {
      const last = rest.length - 1;
      if (last > 0 && rest[last] !== "+" && !isGroup(value) && !isAnswer(path))
        return newLines(path, rest.slice(0, -1), named([[rest[last], value]]), column);
      return rest.map((name, number) => {
        const mark = name === "+" ? "-" : `${name}:`;
        return " ".repeat(column + number * step) + mark + (number === last ? ` ${written(value, name)}` : "");
      });
    };
    const inBraces = (node, before, added) =>
      before
        ? cut(before.end, before.end, `${isEmpty(before) ? " " : ""}, ${added}`)
        : cut(node.start + 1, node.start + 1, added);
    const begin = (parent, holder, path, rest, value) =>
      parent.flow || (rest.length === 1 && !isGroup(value) && !isAnswer(path) && rest[0] !== "+")
        ? replace(holder, nested(rest, value))
        : lineAfter(holder.node.end, newLines(path, rest, value, parent.column + step));
    const insert = (node, path, rest, value) => {
      const deep = path.length > rest.length;
      const before = node.entries.filter((entry) => rank(entry.name, deep) <= rank(rest[0], deep)).pop();
      if (!node.flow)
        return lineAfter((before || node.entries[node.entries.length - 1]).node.end, newLines(path, rest, value, node.column));
      const added = `${rest[0]}: ${written(nested(rest.slice(1), value), rest[0])}`;
      const first = node.entries[0];
      return first && !before ? cut(first.start, first.start, `${added}, `) : inBraces(node, before && before.node, added);
    };

    const withoutLines = (start, end) => {
      const first = lineStart(start);
      const found = text.indexOf("\n", end);
      if (found >= 0) return cut(first, found + 1, "");
      return cut(first ? first - 1 - (text[first - 2] === "\r") : 0, text.length, "");
    };
    const outOfBraces = (start, nodes, number) => {
      const end = nodes[number].end;
      const more = number + 1 < nodes.length;
      const after = /^ *,\s*/.exec(text.slice(end));
      if (number === 0 || (after && more)) {
        if (!more) return cut(start, end, "");
        const whole = text[end + after[0].length] !== "#" ? after : /^ *,/.exec(text.slice(end));
        return cut(start, end + whole[0].length, "");
      }
      const before = nodes[number - 1];
      if (text.slice(before.end, start).includes("#")) return cut(start, end, "");
      return cut(before.end, end, isEmpty(before) ? " " : "");
    };
    const inList = (node, holder, name, value) => {
      if (name === "+" && node.flow) return inBraces(node, node.items[node.items.length - 1], written(value, holder.name));
      if (name === "+") return lineAfter(node.end, [`${" ".repeat(node.column)}- ${written(value, holder.name)}`]);
      const number = indexOf(node.items, name);
      if (value !== null) unsure("This entry of a list cannot be replaced");
      const item = node.items[number];
      if (node.flow) return outOfBraces(item.start, node.items, number);
      const mark = text.lastIndexOf("-", item.start - 1);
      if (!blankTo(mark)) unsure("This entry of a list cannot be removed");
      const left = withoutLines(mark, item.end);
      return node.items.length > 1 ? left : `${left.slice(0, holder.colon)} []${left.slice(holder.colon)}`;
    };
    const guard = (holder) => {
      if (/\n[^]*#|#[^]*\n/.test(text.slice(holder.colon, holder.node.end)))
        refuse(`There is a comment within "${holder.name}", which would be lost. ${BY_HAND}`);
    };
    const replace = (holder, value) => {
      const node = holder.node;
      const added = written(value, holder.name);
      if (same(dataOf(node), value)) return text;
      if (isEmpty(node)) {
        const comment = /^( *)#/.exec(text.slice(holder.colon));
        return cut(node.end, node.end, ` ${added}${comment ? " ".repeat(Math.max(0, 2 - comment[1].length)) : ""}`);
      }
      guard(holder);
      return node.kind === "text" || node.flow ? cut(node.start, node.end, added) : cut(holder.colon, node.end, ` ${added}`);
    };
    const blank = (parent, holder) => {
      guard(holder);
      return cut(parent.flow ? holder.node.start : holder.colon, holder.node.end, "");
    };
    const remove = (parent, entry) => {
      const number = parent.entries.indexOf(entry);
      if (parent.flow) return outOfBraces(entry.start, parent.entries.map((one) => one.node), number);
      if (blankTo(entry.start)) return withoutLines(entry.start, entry.node.end);
      const next = parent.entries[number + 1];
      if (!next || !/^\s*$/.test(text.slice(entry.node.end, next.start)))
        unsure(`"${entry.name}" cannot be removed`);
      return cut(entry.start, next.start, "");
    };

    const set = (path, value) => {
      let node = root;
      let parent;
      let holder;
      for (const [number, name] of path.entries()) {
        const rest = path.slice(number);
        if (node.kind === "text") return value === null ? text : begin(parent, holder, path, rest, value);
        if (node.kind === "list") {
          if (name === "+" || rest.length === 1) return inList(node, holder, name, value);
          node = node.items[indexOf(node.items, name)];
          continue;
        }
        const entry = get(node, name);
        if (!entry) return value === null ? text : insert(node, path, rest, value);
        [parent, holder, node] = [node, entry, entry.node];
      }
      if (value !== null) return replace(holder, value);
      return isAnswer(path) ? blank(parent, holder) : remove(parent, holder);
    };
    return { find, set };
  };

  /* --- changes --- */

  const pathOf = (change) => {
    let path = (change.path || []).map(String);
    if (path.length > 1 && !HEAD.includes(path[0])) path = ["status", ...path];
    const names = path[path.length - 1] === "+" ? path.slice(0, -1) : path;
    if (!names.length || !names.every((name) => NAME.test(name)) || (path.length === 1 && !HEAD.includes(path[0])))
      refuse(`"${path.join("/")}" is not a place in a status file.`);
    return path;
  };
  const unfit = (name) => refuse(`"${name}" does not hold what is to be changed. ${BY_HAND}`);

  /* Answers of one word as groups, so that both forms are equal. */
  const longForm = (data) => {
    for (const answers of Object.values(isGroup(data.status) ? data.status : {}))
      for (const item of Object.keys(isGroup(answers) ? answers : {}))
        if (typeof answers[item] === "string") answers[item] = named([["status", answers[item]]]);
    return data;
  };

  const mean = (data, path, change) => {
    let here = data;
    path.slice(0, -1).forEach((name) => {
      if (Array.isArray(here)) here = here[indexOf(here, name)];
      else if (isGroup(here)) {
        if (here[name] === null || here[name] === undefined) here[name] = LISTS.includes(name) ? [] : named([]);
        here = here[name];
      }
    });
    let last = path[path.length - 1];
    if (Array.isArray(here)) {
      if (last === "+") last = String(here.push(null) - 1);
      last = indexOf(here, last);
    } else if (!isGroup(here) || last === "+") unfit(path[path.length - 2]);
    const before = here[last] === undefined ? null : here[last];
    let after = change.value;
    if (isGroup(change.fields)) {
      if (before !== null && !isGroup(before)) unfit(path[path.length - 1]);
      after = plainly(Object.assign(named([]), before, change.fields));
    } else if (isAnswer(path) && typeof after === "string") after = named([["status", after]]);
    if (after === null && Array.isArray(here)) here.splice(last, 1);
    else here[last] = after;
  };

  const changed = (text, path, change) => {
    const one = path.length > 3 && piece(text).find(path.slice(0, 3));
    if (one && one.kind === "text" && !isEmpty(one) && path[0] === "status")
      text = piece(text).set(path.slice(0, 3), { status: one.value });
    const found = piece(text).find(path);
    let fields = isGroup(change.fields) ? change.fields : null;
    const map = found && found.kind === "map";
    if (!fields && change.value === null && isAnswer(path) && map && !found.flow)
      fields = named(found.entries.map((entry) => [entry.name, null]));
    if (!fields) return piece(text).set(path, change.value);
    if (!map) {
      const before = found && !isEmpty(found) ? { status: found.value } : {};
      const all = { ...before, ...fields };
      const names = given(all);
      if (same(before, all)) return text;
      const short = isAnswer(path) && names.length === 1 && names[0] === "status";
      return piece(text).set(path, short ? all.status : names.length ? all : null);
    }
    if (isAnswer(path) && found.flow && plainly({ ...dataOf(found), ...fields }) === null) return piece(text).set(path, null);
    for (const name of ordered(Object.keys(fields)))
      text = piece(text).set([...path, name], fields[name] === undefined ? null : fields[name]);
    return text;
  };

  /* Numbers of the lines that are new or different; `lines` holds those of earlier steps. */
  const linesOf = (lines, before, after) => {
    const [old, now] = [before.split("\n"), after.split("\n")];
    let first = 0;
    while (first < old.length && old[first] === now[first]) first++;
    let last = 0;
    while (last < Math.min(old.length, now.length) - first && old[old.length - 1 - last] === now[now.length - 1 - last]) last++;
    const moved = now.length - old.length;
    const kept = lines.filter((line) => line <= first || line > old.length - last);
    const found = new Set(kept.map((line) => (line > first ? line + moved : line)));
    for (let line = first; line < now.length - last; line++) found.add(line + 1);
    return [...found].sort((one, other) => one - other);
  };

  const politely = (act) => {
    try {
      return act();
    } catch (error) {
      if (error instanceof Refused) return { refused: error.message };
      throw error;
    }
  };
  const bare = (text) => (text.startsWith("\ufeff") ? text.slice(1) : text);

  const read = (text) =>
    politely(() => {
      const data = dataOf(tree(bare(text)));
      const { status, ...head } = data;
      const answers = {};
      for (const [area, items] of Object.entries(isGroup(status) ? status : {}))
        for (const [item, answer] of Object.entries(isGroup(items) ? items : {}))
          answers[`${area}/${item}`] = typeof answer === "string" ? { status: answer } : answer;
      return { data, head, answers };
    });

  const apply = (text, changes) =>
    politely(() => {
      let body = bare(text);
      let lines = [];
      const meant = longForm(dataOf(tree(body)));
      for (const one of changes) {
        const path = pathOf(one);
        const change = one.fields === null ? { value: null } : one;
        if (change.fields === undefined && change.value === undefined) refuse("A change names neither fields nor a value.");
        mean(meant, path, change);
        const next = changed(body, path, change);
        lines = linesOf(lines, body, next);
        body = next;
      }
      if (!same(longForm(dataOf(tree(body))), meant)) unsure("The change cannot be put into this file");
      return { text: text.slice(0, text.length - bare(text).length) + body, lines };
    });

  return { read, apply };
})();
