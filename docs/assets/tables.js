/* Tables and lists that are sorted and filtered: see docs/architecture.md. */
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const plain = (node) => node.textContent.replace(/[\s¶]+/g, " ").trim();
  const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (place, name) => values[name]);
  const choice = (words, name, options) =>
    make("label", {}, words + " ", make("select", { name }, ...options.map(([value, text]) => new Option(text, value))));

  const begin = (table) => {
    const prefix = table.dataset.navTable && table.dataset.navTable + "-";
    const rows = all("tbody > tr:not([data-nav-more]), [data-nav-row]", table);
    const whole = (row) => (row.nextElementSibling?.matches("[data-nav-more]") ? [row, ...whole(row.nextElementSibling)] : [row]);
    const heads = [...(table.querySelector("thead")?.rows[0].cells ?? [])];
    const texts = new Map(rows.map((row) => [row, whole(row).map(plain).join(" ").toLowerCase()]));
    const cellIn = (row, head) => row.cells[heads.indexOf(head)];
    const valueIn = (row, head) => cellIn(row, head).dataset.value ?? plain(cellIn(row, head));
    const keyIn = (row, head) => cellIn(row, head).dataset.key ?? slug(valueIn(row, head));

    let form = table.previousElementSibling;
    const given = form?.matches("form.nav-filter");
    if (!given) {
      form = make("form", { className: "nav-filter", ariaLabel: _("Filter:") + " " + plain(table.querySelector("caption") ?? document.querySelector("h1")) });
      table.before(form);
    }
    for (const head of heads.filter((head) => head.dataset.navPick)) {
      const name = head.dataset.navPick;
      const found = new Map(rows.map((row) => [keyIn(row, head), valueIn(row, head)]).sort((a, b) => collator.compare(a[1], b[1])));
      for (const row of rows) row.dataset[name] = keyIn(row, head);
      if (found.size > 1) form.append(choice(plain(head), name, [["", _("all")], ...found]));
    }
    (form.querySelector("details > div") ?? form).append(make("label", {}, _("Contains") + " ", make("input", { type: "search", name: "text" })));
    const sortable = heads.filter((head) => head.dataset.navSort);
    const orders = sortable.flatMap((head) => [["", ""], ["-", _(", reversed")]].map(([sign, more]) => [sign + head.dataset.navSort, plain(head) + more]));
    form.append(choice(_("Sort by"), "sort", [["", _("as given")], ...orders]));
    Object.assign(form.elements.sort.parentElement, { className: "nav-sort", hidden: !sortable.length });
    const clear = make("button", { type: "button", textContent: _("Show all"), hidden: true });
    const said = make("output");
    form.append(...all(".nav-buttons", form), clear, said);
    form.hidden = !given && rows.length < 10; /* too few to filter */
    form.autocomplete = "off";

    const fields = [...form.elements].filter((field) => field.name);
    const valueOf = (field) => (field.disabled || (field.type === "checkbox" && !field.checked) ? "" : field.value.trim());
    const wordsOf = (field) => plain(field.parentElement.firstChild) || plain(field.parentElement);
    const shownAs = (field) =>
      wordsOf(field) + (field.type === "checkbox" ? "" : ": " + (field.selectedOptions?.[0].text ?? field.value.trim()));

    /* data-nav-with="modality a b": a field only where the other one says a or b. */
    const bind = () => {
      for (const label of all("[data-nav-with]", form)) {
        const [other, ...values] = label.dataset.navWith.split(" ");
        const field = label.querySelector("select");
        label.hidden = field.disabled = !values.includes(form.elements[other].value);
        if (label.hidden) field.value = "";
      }
    };

    const sizes = new Map();
    for (const row of rows) sizes.set(row.parentElement, (sizes.get(row.parentElement) ?? 0) + 1);
    let filtered = false;
    let sortedBy = "";
    const sort = () => {
      const wanted = form.elements.sort.value;
      if (wanted === sortedBy) return;
      sortedBy = wanted;
      const head = sortable.find((head) => head.dataset.navSort === wanted.replace(/^-/, ""));
      for (const other of sortable) other.ariaSort = null;
      const sorted = [...rows];
      if (head) {
        const sign = wanted.startsWith("-") ? -1 : 1;
        head.ariaSort = sign < 0 ? "descending" : "ascending";
        sorted.sort((a, b) => sign * collator.compare(valueIn(a, head), valueIn(b, head)));
      }
      const moved = sorted.map(whole);
      for (const [body, size] of sizes) body.append(...moved.splice(0, size).flat());
    };

    const apply = (leftOut = []) => {
      bind();
      sort();
      const wishes = fields.filter((field) => !["sort", "ask"].includes(field.name) && valueOf(field));
      const words = form.elements.text.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const hidden = wishes.some((field) =>
          field.name === "text"
            ? !words.every((word) => texts.get(row).includes(word))
            : !(row.dataset[field.name]?.split(" ").includes(valueOf(field)) ?? true),
        );
        for (const part of whole(row)) part.hidden = hidden;
      }
      const some = wishes.length > 0;
      if (some !== filtered)
        for (const fold of all(":scope > details", table)) fold.open = some;
      filtered = table.classList.toggle("nav-filtered", some);
      const shown = rows.filter((row) => !row.hidden).length;
      const what = table.dataset.navRows ?? _("rows");
      said.value = [
        some ? fill(_("%(shown)s of %(all)s %(rows)s. %(wishes)s."), { shown, all: rows.length, rows: what, wishes: wishes.map(shownAs).join("; ") }) : `${rows.length} ${what}.`,
        ...leftOut.map((pair) => fill(_("“%(pair)s” in the address is no choice here and was left out."), { pair })),
      ].join(" ");
      clear.hidden = !some;
      table.dispatchEvent(new Event("nav-shown"));
    };

    const read = () => {
      const address = new URLSearchParams(location.search);
      const leftOut = [];
      for (const field of fields) {
        const wanted = address.get(prefix + field.name) ?? "";
        if (field.type === "checkbox") field.checked = wanted === field.value;
        else if (field.type === "search" || [...field.options].some((option) => option.value === wanted)) field.value = wanted;
        else field.value = "";
        bind();
        if (wanted && valueOf(field) !== wanted.trim()) leftOut.push(`${prefix + field.name}=${wanted}`);
        else if (wanted) for (let fold = table.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      }
      apply(leftOut);
    };

    const write = () => {
      const address = new URLSearchParams(location.search);
      for (const field of fields) {
        address.delete(prefix + field.name);
        if (valueOf(field)) address.set(prefix + field.name, valueOf(field));
      }
      const query = String(address);
      const url = (query ? "?" + query : location.pathname) + location.hash;
      if (query !== location.search.slice(1))
        try {
          history.pushState(null, "", url);
        } catch {} /* refused for a page from disk, perhaps */
    };
    const changed = () => (apply(), write());

    for (const head of sortable) {
      const button = make("button", { type: "button" }, ...head.childNodes);
      button.onclick = () => {
        const name = head.dataset.navSort;
        form.elements.sort.value = { [name]: "-" + name, ["-" + name]: "" }[form.elements.sort.value] ?? name;
        changed();
      };
      head.append(button);
    }
    clear.onclick = () => {
      form.reset();
      changed();
      (form.querySelector("summary") ?? fields[0]).focus();
    };
    form.oninput = () => apply();
    form.onchange = changed;
    form.onsubmit = (event) => event.preventDefault();
    return read;
  };

  const readers = all("[data-nav-table]").map(begin);
  const readAll = () => readers.forEach((read) => read());
  readAll();
  addEventListener("popstate", readAll);
  addEventListener("beforeprint", () => {
    for (const place of all("[data-nav-address]")) place.textContent = location.href;
  });
  for (const button of all("[data-nav-print]")) button.onclick = () => print();
})();
