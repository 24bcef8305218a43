/* Reads the text of a status file, and puts changes into it so that every comment, order, quote and line end that is
   not touched stays. What cannot be read for certain is refused with a sentence. The Python that does the same is
   macros/text/splice.py; both share the cases in tests/text/splice/.

   NavigatorFile.read(text)            → {data, head, answers} or {refused}
   NavigatorFile.apply(text, changes)  → {text, lines} or {refused}
   A change is {path, fields} or {path, value}; see macros/text/splice.py. */
const NavigatorFile = (() => {
  const HEAD =
    "checklist kind title summary modality donor delivery route lead contact formerly assessed targets metrics confirmed status events readings acknowledged".split(
      " ",
    );
  const FIELDS =
    "day date kind status since evidence text reviewed planned because until note owed earlier checklist".split(" ");
  const FREE = "evidence note because text title summary contact".split(" ");
  const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
  const PLAIN = /^[A-Za-z0-9À-ÖØ-öø-ɏ(][^,\[\]{}#&*!|>'"%@`:?]*(?<! )$/;
  const UNSURE = /^(null|true|false|yes|no|on|off|y|n|[-+.]*[0-9][-+.0-9_xe]*)$/i;
  const HIDDEN =
    /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff\u{e0000}-\u{e007f}]|\r(?!\n)/u;
  const BY_HAND = "Edit the file itself.";
  const LIMIT = 65536;

  class Refused extends Error {}
  const refuse = (sentence) => {
    throw new Refused(sentence);
  };
  const group = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  /* --- text → nodes {kind, start, end, flow, column, value, block, entries, items} --- */

  const tree = (text) => {
    let at = 0;
    const no = (what = "this is written in a way that is not understood here", place = at) =>
      refuse(`Line ${text.slice(0, place).split("\n").length}: ${what}.`);
    const lineStart = (place) => text.lastIndexOf("\n", place - 1) + 1;
    const lineEnd = (place) => {
      const found = text.indexOf("\n", place);
      const end = found < 0 ? text.length : found;
      return text[end - 1] === "\r" ? end - 1 : end;
    };
    const column = (place) => place - lineStart(place);
    const nextLine = (place) => {
      const found = text.indexOf("\n", place);
      return found < 0 ? text.length : found + 1;
    };
    const spaces = () => {
      while (text[at] === " ") at++;
    };
    // What follows a value on its line: nothing, or a comment. Behind words a comment needs two spaces.
    const rest = (least) => {
      const begin = at;
      spaces();
      if (at === lineEnd(at)) return;
      const comment = text.slice(at, lineEnd(at));
      if (comment[0] !== "#" || at - begin < least) no();
      if (least && (comment.length > 1 ? comment[1] !== " " : at - begin < 2)) no();
      at = lineEnd(at);
    };
    // To the first character of the next line that says something; false at the end.
    const toContent = () => {
      while (at < text.length) {
        spaces();
        if (text[at] === "#") at = lineEnd(at);
        else if (at < lineEnd(at)) return true;
        at = nextLine(at);
      }
      return false;
    };
    const fold = (lines) => {
      let found = lines[0];
      let breaks = 0;
      for (const line of lines.slice(1)) {
        breaks++;
        if (line === "") continue;
        found += (breaks === 1 ? " " : "\n".repeat(breaks - 1)) + line;
        breaks = 0;
      }
      return found;
    };
    const scalar = (start, value, more) => ({ kind: "text", start, end: at, value, ...more });

    const quoted = () => {
      const start = at;
      const mark = text[at++];
      let raw = "";
      for (; ; at++) {
        if (at >= text.length) no("this quote is not closed", start);
        if (text[at] === mark) {
          if (mark === '"' || text[at + 1] !== mark) break;
          raw += text[at++];
        } else if (mark === '"' && text[at] === "\\") {
          const escape = /^\\(["\\/nt]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(text.slice(at, at + 6));
          if (!escape) no("a backslash is written in a way that is not understood here");
          raw += escape[0];
          at += escape[0].length - 1;
        } else raw += text[at];
      }
      at++;
      const lines = raw.split(/\r?\n/);
      if (lines.length > 1) {
        for (const [number, line] of lines.entries()) {
          if (number && /^(---|\.\.\.)/.test(line)) no(undefined, start);
          if (number < lines.length - 1) lines[number] = lines[number].replace(/ +$/, "");
          if (number) lines[number] = lines[number].replace(/^ +/, "");
        }
        if (lines[0] === "" || lines[lines.length - 1] === "" || /\\[nt]$/m.test(lines.join("\n"))) no(undefined, start);
      }
      const joined = fold(lines);
      if (mark === "'") return scalar(start, joined);
      const value = joined.replace(/\\(["\\/nt]|x..|u....)/g, (_, code) =>
        code.length > 1 ? String.fromCharCode(parseInt(code.slice(1), 16)) : { n: "\n", t: "\t" }[code] || code,
      );
      if (HIDDEN.test(value.replace(/[\t\n]/g, ""))) no("an invisible character is hidden here", start);
      return scalar(start, value);
    };

    // Words without quotes, on this line and those below that belong to them.
    const plain = (parent, flow) => {
      const start = at;
      const first = text[at];
      if ("[]{},#&*!|>'\"%@`".includes(first) || ("-?:".includes(first) && !/^[^\s,\[\]{}]/.test(text.slice(at + 1))))
        no();
      if ("?:-".includes(first) && flow) no();
      const lines = [];
      for (;;) {
        const end = lineEnd(at);
        let line = text.slice(at, end);
        const stop = flow ? line.search(/[,\[\]{}]/) : -1;
        if (stop >= 0) line = line.slice(0, stop);
        const comment = line.search(/ #/);
        if (comment >= 0) line = line.slice(0, comment);
        if (/:( |$)/.test(line) || (flow && (/:$|\?/.test(line) || (stop >= 0 && "[{".includes(text[at + stop]))))) no();
        line = line.replace(/ +$/, "");
        lines.push(line);
        at += line.length;
        if (stop >= 0 && comment < 0) break;
        const after = at;
        rest(2);
        const commented = text.slice(after, at).includes("#");
        let blank = 0;
        let place = nextLine(at);
        while (place < text.length && text.slice(place, lineEnd(place)).trim() === "") {
          blank++;
          place = nextLine(place);
        }
        const begin = place + /^ */.exec(text.slice(place))[0].length;
        const goesOn =
          place < text.length && text[begin] !== "#" && (flow ? !/[,\]}]/.test(text[begin]) : begin - place > parent);
        if (!goesOn || commented) {
          if (goesOn || (flow && place >= text.length)) no(undefined, begin);
          at = after;
          break;
        }
        if (!/[A-Za-z0-9À-ɏ("]/.test(text[begin]) || (flow && begin === place)) no(undefined, begin);
        for (let n = 0; n < blank; n++) lines.push("");
        at = begin;
      }
      return scalar(start, fold(lines));
    };

    // A text that begins with | or >: all lines below that begin further right.
    const block = (parent) => {
      const start = at;
      const header = /^[|>][-+]?/.exec(text.slice(at))[0];
      at += header.length;
      spaces();
      if (at !== lineEnd(at)) no();
      let end = at;
      let indent = 0;
      const lines = [];
      while (nextLine(at) > at && nextLine(at) <= text.length && at < text.length) {
        const place = nextLine(at);
        if (place >= text.length) {
          if (text[text.length - 1] === "\n") at = text.length;
          break;
        }
        const line = text.slice(place, lineEnd(place));
        const left = /^ */.exec(line)[0].length;
        if (line.trim() === "") {
          if (indent ? left > indent : left > parent + 1) no(undefined, place);
          lines.push("");
        } else {
          if (left <= parent) break;
          indent = indent || left;
          if (left < indent || (header[0] === ">" && left > indent)) no(undefined, place);
          lines.push(line.slice(indent));
          end = lineEnd(place);
        }
        at = lineEnd(place);
      }
      let tail = 0;
      while (lines.length && lines[lines.length - 1] === "") tail += lines.pop() === "";
      if (!lines.length || lines[0] === "") no(undefined, start);
      const value = header[0] === ">" ? fold(lines) : lines.join("\n");
      if (header[1] === "+") no(undefined, start);
      at = end;
      const last = text.slice(end) === "" ? "" : "\n";
      return scalar(start, header[1] === "-" ? value : value + last, { block: true });
    };

    const flow = (depth, parent) => {
      const node = { kind: text[at] === "{" ? "map" : "list", start: at, flow: true, column: 0, entries: [], items: [] };
      const close = node.kind === "map" ? "}" : "]";
      if (depth > 10) no();
      const gap = () => {
        for (;;) {
          const begin = at;
          spaces();
          if (text[at] === "#") {
            if (begin === at && at !== lineStart(at)) no();
            at = lineEnd(at);
          }
          if (at >= text.length) no("this bracket is not closed", node.start);
          if (at !== lineEnd(at)) break;
          at = nextLine(at);
          if (at >= text.length) no("this bracket is not closed", node.start);
        }
        if (/^(---|\.\.\.)/.test(text.slice(at)) && at === lineStart(at)) no();
      };
      at++;
      gap();
      while (text[at] !== close) {
        if (node.kind === "map") {
          const entry = name(node);
          gap();
          const empty = text[at] === "," || text[at] === close;
          if (!empty && at === entry.colon) no("a space is missing after the colon");
          entry.node = empty
            ? { kind: "text", start: entry.colon, end: entry.colon, value: null }
            : inner(depth, parent);
          node.entries.push(entry);
        } else {
          node.items.push(inner(depth, parent));
        }
        gap();
        if (text[at] === ",") {
          at++;
          gap();
          if (text[at] === ",") no();
        } else if (text[at] !== close) no("a comma is missing");
      }
      at++;
      node.end = at;
      return node;
    };
    const inner = (depth, parent) => {
      if (text[at] === "{" || text[at] === "[") return flow(depth + 1, parent);
      return text[at] === '"' || text[at] === "'" ? quoted() : plain(parent, true);
    };

    const name = (node) => {
      const start = at;
      const quote = /^["']/.exec(text[at] || "");
      const found = /^([A-Za-z0-9][A-Za-z0-9_.-]*)/.exec(text.slice(at + (quote ? 1 : 0)));
      if (!found) no("a name is written in a way that is not understood here");
      at += found[0].length + (quote ? 1 : 0);
      if (quote && text[at++] !== quote[0]) no("a name is written in a way that is not understood here");
      if (text[at] !== ":" || (!quote && !/^[ \r\n,}]|^$/.test(text.slice(at + 1, at + 2))))
        no("a colon and a space are missing after the name");
      at++;
      if (node.entries.some((entry) => entry.name === found[1])) no(`"${found[1]}" is written twice`, start);
      return { name: found[1], start, colon: at };
    };

    // The value behind a colon or a hyphen; `parent` is the column of what it belongs to.
    const value = (depth, parent, colon) => {
      const from = at;
      spaces();
      if (at > from || !colon) {
        if (at < lineEnd(at) && text[at] !== "#") return inline(depth, parent);
      } else if (at !== lineEnd(at)) no("a space is missing after the colon");
      at = from;
      rest(1);
      const end = at;
      const there = toContent();
      const left = column(at);
      if (there && left > parent) {
        if (!colon && !/^[\w"']/.test(text[at])) no();
        if (!colon) no();
        return /^- |^-$|^-\r?\n/.test(text.slice(at, at + 3)) || isName() ? collection(depth + 1, left) : inline(depth, parent);
      }
      if (there && colon && left === parent && /^-(\s|$)/.test(text.slice(at, at + 2))) return collection(depth + 1, left);
      at = end;
      return { kind: "text", start: from, end: from, value: null };
    };
    const isName = () => /^(["']?)[A-Za-z0-9][A-Za-z0-9_.-]*\1:(\s|$)/.test(text.slice(at, lineEnd(at)));
    const inline = (depth, parent) => {
      const first = text[at];
      let node;
      if (first === "{" || first === "[") node = flow(depth + 1, parent);
      else if (first === '"' || first === "'") node = quoted();
      else if (first === "|" || first === ">") return block(parent);
      else return plain(parent, false);
      rest(1);
      return node;
    };

    const collection = (depth, left) => {
      const list = /^-(\s|$)/.test(text.slice(at, at + 2));
      const node = { kind: list ? "list" : "map", start: at, flow: false, column: left, entries: [], items: [] };
      if (depth > 10) no();
      for (;;) {
        if (/^-(\s|$)/.test(text.slice(at, at + 2)) !== list) {
          if (list) break;
          no();
        }
        if (list) {
          const hyphen = at++;
          spaces();
          const item = isName() && at > hyphen + 1 ? collection(depth + 1, column(at)) : value(depth, left, false);
          if (item.kind === "text" && item.value === null) no("this entry of a list is empty", hyphen);
          if (/^-\s/.test(text.slice(item.start)) && item.kind === "list") no();
          node.items.push(item);
          node.end = item.end;
        } else {
          const entry = name(node);
          entry.node = value(depth, left, true);
          node.entries.push(entry);
          node.end = entry.node.end;
        }
        if (at > lineStart(at) && at < text.length && text.slice(at, lineEnd(at)).trim() && !/^ *#/.test(text.slice(at)))
          if (column(at) !== left || text.slice(lineStart(at), at).trim()) rest(2);
        if (!toContent() || column(at) < left) break;
        if (column(at) > left) no("this line begins in another column than those above");
      }
      return node;
    };

    if (HIDDEN.test(text)) no("there is a tab or an invisible character in this line", text.search(HIDDEN));
    if (new TextEncoder().encode(text).length > LIMIT) refuse("The file is too large.");
    if (!toContent()) refuse("The file is empty.");
    if (!isName()) no();
    const root = collection(1, column(at));
    if (toContent()) no("this line begins in another column than those above");
    return root;
  };

  const dataOf = (node) => {
    if (node.kind === "text") return node.value;
    if (node.kind === "list") return node.items.map(dataOf);
    const found = Object.create(null);
    for (const entry of node.entries) found[entry.name] = dataOf(entry.node);
    return found;
  };
