/* Reads a filled workbook (.xlsx) without any library: what macros/sheets/ does on the command line. Only cells that say
   something else than the hidden sheet are changes.

   NavigatorSheet.read(file, {sentences, words})  → promise of {about, names, answered, changes} or {refused}
   `sentences` say why a file is refused, by name, and `words` are those of lists in every language: change/sheet.js. */
var NavigatorSheet = (() => {
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const [ANSWERS, PROJECT, HIDDEN] = ["Answers", "Project", "Navigator"];
  const COLUMNS = { G: "status", H: "since", I: "evidence", J: "reviewed", K: "planned", L: "because", M: "note" };
  const FIRST = 4;
  const LIMIT = 24e6;

  class Refused extends Error {}
  const refuse = (name, places) => {
    throw Object.assign(new Refused(name), { places });
  };

  /* --- bytes → parts --- */

  const unzip = (bytes) => {
    if (bytes.length > 4e6) refuse("large");
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const word = (place) => view.getUint16(place, true);
    const long = (place) => view.getUint32(place, true);
    if (bytes.length > 8 && long(0) === 0xe011cfd0) refuse("old");
    if (bytes.length < 22 || word(0) !== 0x4b50) refuse("none");
    let end = bytes.length - 22;
    while (end >= 0 && long(end) !== 0x06054b50) end--;
    if (end < 0) refuse("damaged");
    const parts = new Map();
    const names = [];
    let [place, left, locked] = [long(end + 16), LIMIT, false];
    for (let number = word(end + 10); number > 0; number--) {
      if (long(place) !== 0x02014b50) refuse("damaged");
      const [size, more] = [word(place + 28), word(place + 30) + word(place + 32)];
      const name = new TextDecoder().decode(bytes.subarray(place + 46, place + 46 + size));
      names.push(name);
      parts.set(name, { method: word(place + 10), packed: long(place + 20), size: long(place + 24), at: long(place + 42) });
      locked ||= word(place + 8) & 1;
      left -= long(place + 24);
      place += 46 + size + more;
    }
    if (parts.has("mimetype") || parts.has("content.xml")) refuse("ods");
    if (names.some((name) => !name.includes("printerSettings") && (/vba/i.test(name) || name.endsWith(".bin")))) refuse("macro");
    if (names.some((name) => /externallink/i.test(name))) refuse("refers");
    if (locked) refuse("locked");
    if (names.length > 200 || parts.size < names.length || left < 0) refuse("more");
    if (!parts.has("xl/workbook.xml")) refuse("none");

    /* What a part says about its own size is not believed. */
    left = LIMIT;
    const xml = async (name) => {
      const part = parts.get(name) || refuse("damaged");
      if (long(part.at) !== 0x04034b50 || ![0, 8].includes(part.method)) refuse("damaged");
      const from = part.at + 30 + word(part.at + 26) + word(part.at + 28);
      let stream = new Blob([bytes.subarray(from, from + part.packed)]).stream();
      if (part.method) stream = stream.pipeThrough(new DecompressionStream("deflate-raw"));
      const reader = stream.getReader();
      const decoder = new TextDecoder("utf-8", { fatal: true });
      let text = "";
      let more = part.size;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        left -= value.length;
        more -= value.length;
        if (left < 0 || more < 0) {
          reader.cancel();
          refuse(more < 0 ? "damaged" : "more");
        }
        text += decoder.decode(value, { stream: true });
      }
      if (/<!DOCTYPE|<!ENTITY|\0/.test(text)) refuse("odd");
      const found = new DOMParser().parseFromString(text + decoder.decode(), "application/xml");
      return found.querySelector("parsererror") ? refuse("damaged") : found;
    };
    return { xml, has: (name) => parts.has(name) };
  };

  /* --- parts → cells --- */

  const all = (element, name) => [...element.getElementsByTagNameNS(MAIN, name)];
  const textOf = (element) =>
    all(element, "t")
      .filter((part) => part.parentNode.localName !== "rPh")
      .map((part) => part.textContent)
      .join("");
  const cellsOf = (sheet, strings) => {
    const cells = new Map();
    for (const element of all(sheet, "c")) {
      const name = element.getAttribute("r") || "";
      if (!/^[A-Z]{1,3}[1-9][0-9]{0,6}$/.test(name)) refuse("damaged");
      const kind = element.getAttribute("t") || "n";
      const given = all(element, "v")[0];
      let text = given ? given.textContent : "";
      let number = null;
      if (kind === "inlineStr") text = all(element, "is").map(textOf)[0] || "";
      else if (kind === "s") {
        if (!/^[0-9]{1,6}$/.test(text) || text >= strings.length) refuse("text", { at: name });
        text = strings[text];
      } else if (kind === "n" && /^[0-9]{1,9}(\.[0-9]{1,18})?$/.test(text)) number = +text;
      const formula = all(element, "f").length > 0;
      if (text || formula) cells.set(name, { text, number, formula });
    }
    return cells;
  };
  const workbook = async (bytes) => {
    const parts = unzip(bytes);
    const book = await parts.xml("xl/workbook.xml");
    const links = await parts.xml("xl/_rels/workbook.xml.rels");
    const targets = new Map([...links.documentElement.children].map((one) => [one.getAttribute("Id"), one.getAttribute("Target") || ""]));
    const shared = "xl/sharedStrings.xml";
    const strings = parts.has(shared) ? all(await parts.xml(shared), "si").map(textOf) : [];
    const sheets = new Map();
    for (const sheet of all(book, "sheet")) {
      const target = targets.get(sheet.getAttributeNS(LINKS, "id")) || "";
      const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      sheets.set(sheet.getAttribute("name"), cellsOf(await parts.xml(path), strings));
    }
    const early = all(book, "workbookPr").some((one) => /^(1|true)$/.test(one.getAttribute("date1904")));
    return { sheets, early };
  };

  /* --- cells → changes --- */

  const split = (name) => [name.replace(/[0-9]+$/, ""), +/[0-9]+$/.exec(name)[0]];
  const isDay = (text, whole) => {
    if (/^(19|20)\d\d-\d\d-\d\d$/.test(text)) {
      const day = new Date(`${text}T00:00:00Z`);
      return !isNaN(day) && day.toISOString().startsWith(text);
    }
    return !whole && /^(19|20)\d\d(-(0[1-9]|1[0-2]))?$/.test(text);
  };

  const key = (text) => text.normalize().toLowerCase();
  const filled = ({ sheets, early }, others) => {
    const kept = [];
    for (const [name, cell] of sheets.get(HIDDEN) ?? []) {
      const [letters, row] = split(name);
      if (cell.formula || letters.length > 1) refuse("hidden");
      (kept[row] ||= [])[letters.charCodeAt(0) - 65] = cell.text;
    }
    const rows = kept.filter(Boolean).map((row) => Array.from(row, (text) => text || ""));
    const called = { [ANSWERS]: ANSWERS, [PROJECT]: PROJECT };
    for (const [kind, name, words] of rows) if (kind === "sheet") called[name] = words ?? "";
    for (const sheet of [...Object.values(called), HIDDEN]) if (!sheets.has(sheet)) refuse("missing", { sheet });
    if (rows[0]?.join() !== "format,navigator-sheet 1") refuse("version");
    const [about, words, was] = [{}, new Map(), new Map()];
    for (const [field, list] of Object.entries(others)) for (const word in list) words.set(`${field} ${word}`, list[word]);
    for (const [kind, name, ...rest] of rows) {
      if (kind === "word") words.set(`${name} ${key(rest[0])}`, rest[1]);
      else if (kind === "was") was.set(name, Array.from({ length: 7 }, (_, number) => rest[number] || ""));
      else if (kind !== "format" && !rest.length) about[kind] = name;
    }
    const choices = new Set([...words.keys()].map((word) => word.split(" ")[0]));

    /* The rows of a sheet by the names in its hidden column; each is one that the hidden sheet knows. */
    const places = (sheet) => {
      const cells = sheets.get(called[sheet]);
      const known = [...was.keys()].filter((name) => (name.includes("/") && !name.startsWith("targets/")) === (sheet === ANSWERS));
      const found = new Map();
      for (const [name, cell] of cells) {
        const [letters, row] = split(name);
        if (letters !== "A" || row < FIRST) continue;
        const place = { at: name, sheet: called[sheet], name: cell.text };
        if (!known.includes(cell.text) || cell.formula) refuse("unnamed", place);
        if ([...found.values()].includes(cell.text)) refuse("twice", place);
        found.set(row, cell.text);
      }
      const gone = known.filter((name) => ![...found.values()].includes(name)).sort()[0];
      if (gone) refuse("gone", { name: gone, sheet: called[sheet] });
      for (const name of cells.keys()) {
        const [letters, row] = split(name);
        if ((sheet === PROJECT ? letters === "C" : COLUMNS[letters]) && row >= FIRST && !found.has(row)) refuse("beside", { at: name, sheet: called[sheet] });
      }
      return [...found].sort((one, other) => one[0] - other[0]);
    };

    const value = (sheet, at, field) => {
      const cell = sheets.get(called[sheet]).get(at);
      if (!cell) return "";
      let text = cell.text.trim().replace(/\s+/g, " ");
      const stop = (name) => refuse(name, { at, sheet: called[sheet], text: text.slice(0, 40), count: text.length, most: 600 });
      if (cell.formula) stop("formula");
      const meant = words.get(`${field} ${key(text)}`);
      if (meant !== undefined || !text) return meant || "";
      if (choices.has(field)) stop("word");
      if (/^(since|reviewed|planned|assessed|targets)$/.test(field)) {
        if (cell.number !== null && !(cell.number >= 1900 && cell.number < 2100 && Number.isInteger(cell.number)))
          text = new Date(Date.UTC(...(early ? [1904, 0, 1] : [1899, 11, 30])) + Math.floor(Math.min(cell.number, 2e5)) * 864e5)
            .toISOString()
            .slice(0, 10);
        if (/^(planned|targets)$/.test(field)) {
          if (/^\d{4}-\d\d-\d\d$/.test(text)) text = text.slice(0, 7);
          if (!/^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(text)) stop("month");
        } else if (!isDay(text, field === "assessed")) stop(field === "assessed" ? "day" : "date");
      } else if (text.length > 600) stop("long");
      return text;
    };

    const result = { about, names: [], answered: 0, changes: [] };
    for (const [row, name] of places(PROJECT)) {
      const before = was.get(name)[0];
      const now = value(PROJECT, `C${row}`, name.split("/")[0]);
      if (now !== before)
        result.changes.push({ path: name.split("/"), value: now || null, was: { value: before } });
    }
    for (const [row, name] of places(ANSWERS)) {
      const [before, now, fields] = [{}, {}, {}];
      Object.entries(COLUMNS).forEach(([letter, field], number) => {
        before[field] = was.get(name)[number];
        now[field] = value(ANSWERS, `${letter}${row}`, field);
        if (now[field] !== before[field]) fields[field] = now[field] || null;
      });
      result.names.push(name);
      result.answered += now.status ? 1 : 0;
      if (!Object.keys(fields).length) continue;
      if (!now.status && Object.values(now).some(Boolean)) refuse("empty", { at: `G${row}`, sheet: called[ANSWERS] });
      /* What does not fit a new status goes, unless its own cell was changed. */
      if ("status" in fields) {
        if (/^(met|not-applicable)$/.test(now.status) && before.planned && !("planned" in fields)) fields.planned = null;
        if (before.status === "not-applicable" && before.because && !("because" in fields)) fields.because = null;
      }
      const old = Object.fromEntries(Object.keys(fields).map((field) => [field, before[field]]));
      result.changes.push({ path: name.split("/"), fields, was: old });
    }
    return result;
  };

  const read = async (file, { sentences, words }) => {
    try {
      return filled(await workbook(new Uint8Array(await file.arrayBuffer())), words);
    } catch (error) {
      const [name, places] = error instanceof Refused ? [error.message, error.places ?? {}] : ["damaged", {}];
      return { refused: sentences[name].replace(/{(\w+)}/g, (all, place) => places[place] ?? all) };
    }
  };
  return { read };
})();
