/* Guide me: one question after another. */
(() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const parts = all("[data-nav-ask]");
  const form = parts.at(-1)?.querySelector("form");
  if (!form) return;
  const { ask, stage } = form.elements;
  const show = () => {
    ask.value ||= form.lastChild.previousSibling.hidden ? "" : "all";
    for (const part of parts) part.hidden = part.dataset.navAsk !== (ask.value || "modality");
    let open = stage.value.replace("up-to-", "");
    for (const group of all(".nav-group")) {
      const shown = group.querySelectorAll("[data-nav-row]:not([hidden])").length;
      group.querySelector("b").textContent = shown;
      if (shown) open ||= group.dataset.stage;
      group.open = group.dataset.stage === open;
    }
  };
  for (const link of all("[data-value] > a")) {
    const choice = link.parentElement;
    const { navAsk, navThen } = choice.closest("section").dataset;
    const button = document.createElement("button");
    button.textContent = link.textContent;
    button.onclick = () => {
      form.elements[navAsk].value = choice.dataset.value;
      ask.value = navThen;
      form.onchange();
      parts.find((part) => !part.hidden).querySelector("h2").focus();
    };
    link.replaceWith(button);
    choice.hidden = false;
  }
  form.nextElementSibling.addEventListener("nav-shown", show);
  show();
})();
