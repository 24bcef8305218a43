/* Remember which folds the reader has opened: only those are printed. */
document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("summary");
  if (summary) summary.parentElement.classList.toggle("nav-opened", !summary.parentElement.open);
});

/* The filter of the portfolio. Its choice stands in the address, so that it can be shared;
   without this script the table is whole. */
(() => {
  const form = document.querySelector("form.nav-filter");
  if (!form) return;
  const rows = [...form.nextElementSibling.tBodies[0].rows];
  const chosen = new URLSearchParams(location.search);
  for (const field of form.querySelectorAll("select")) {
    const wanted = chosen.get(field.name);
    if ([...field.options].some((option) => option.value === wanted)) field.value = wanted;
  }
  const apply = (event) => {
    const wishes = [...new FormData(form)].filter(([, value]) => value);
    for (const row of rows) row.hidden = wishes.some(([name, value]) => row.dataset[name] !== value);
    const shown = rows.filter((row) => !row.hidden).length;
    form.querySelector("output").value = wishes.length ? `${shown} of ${rows.length} rows` : "";
    if (event) history.replaceState(null, "", (wishes.length ? "?" + new URLSearchParams(wishes) : location.pathname) + location.hash);
  };
  form.addEventListener("change", apply);
  form.hidden = false;
  apply();
})();
