/* Warn where the day that a page was calculated for is long past. */
for (const place of document.querySelectorAll("[data-nav-day]"))
  place.lastElementChild.hidden = Date.now() - Date.parse(place.dataset.navDay) < 8 * 864e5;

/* Paper gets the folds that are open, and no heading over nothing. The theme opens all folds to print: look before it. */
(() => {
  const shut = "details:not(.nav-finding, .nav-findings, .nav-opened), form, script, [hidden], .nav-empty, .nav-screen";
  const prints = (node) =>
    node.nodeType === 3 ? node.data.trim() : node.nodeType === 1 && !node.matches(shut) && (node.matches("img, svg") || [...node.childNodes].some(prints));
  const look = () => {
    for (const fold of document.querySelectorAll("details")) fold.classList.toggle("nav-opened", fold.open);
    for (const heading of [...document.querySelectorAll("article :is(h2, h3)")].reverse()) {
      let next = heading.nextElementSibling;
      while (next && !next.matches("h1, h2, h3") && !prints(next)) next = next.nextElementSibling;
      const below = next && (!/^H/.test(next.tagName) || next.tagName > heading.tagName);
      heading.classList.toggle("nav-empty", heading.nextElementSibling !== null && !below);
    }
  };
  addEventListener("beforeprint", look, true);
})();

/* Beside each item in a project's lists, the way to the form, which needs scripts as well. */
for (const link of document.querySelectorAll(".nav-item-list li > a")) {
  const { navForm, navWord } = link.closest("[data-nav-form]").dataset;
  const way = document.createElement("a");
  way.className = "nav-again";
  way.textContent = navWord;
  way.href = navForm + link.href.replace(/.*areas\/([\w-]+).*#/, "&item=$1/");
  link.after(way);
}
