/* Terms of the glossary are explained on hover, focus and first tap. */
(() => {
  const about = { id: "nav-tip", className: "nav-tip md-typeset", role: "tooltip", hidden: true };
  const tip = document.body.appendChild(Object.assign(document.createElement("div"), about));
  let shown, waiting;
  const hide = () => {
    clearTimeout(waiting);
    if (!shown) return;
    shown.title = tip.textContent;
    shown.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  };
  const show = (term) => {
    clearTimeout(waiting);
    if (term === shown) return;
    hide();
    shown = term;
    tip.textContent = term.title;
    tip.lang = term.lang || "en";
    term.removeAttribute("title");
    term.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    const place = term.getClientRects()[0];
    const left = Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const below = place.bottom + tip.offsetHeight + 8 < innerHeight;
    tip.style.left = Math.max(8, left) + scrollX + "px";
    tip.style.top = (below ? place.bottom : place.top - tip.offsetHeight) + scrollY + "px";
  };
  const soon = (then) => {
    clearTimeout(waiting);
    waiting = setTimeout(then, 200);
  };
  for (const term of document.querySelectorAll(".nav-term")) {
    term.onpointerenter = (event) => event.pointerType === "mouse" && soon(() => show(term));
    term.onpointerleave = (event) => event.pointerType === "mouse" && soon(hide);
    term.onfocus = () => term.matches(":focus-visible") && show(term);
    term.onblur = hide;
    term.onclick = (event) => {
      if (event.pointerType !== "touch" || shown === term) return;
      event.preventDefault();
      show(term);
    };
  }
  tip.onpointerenter = () => clearTimeout(waiting);
  tip.onpointerleave = () => soon(hide);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("pointerdown", (event) => event.target !== tip && event.target !== shown && hide());
})();
